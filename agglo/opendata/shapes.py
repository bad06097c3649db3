"""What the first bytes of an answer look like, so that a web page is never taken for data."""

from agglo.opendata.errors import WrongAnswer

NAMES = {
    "json": "du JSON",
    "csv": "un fichier CSV",
    "zip": "une archive zip",
    "xlsx": "un classeur xlsx",
    "xml": "du XML",
}


def check_shape(head: bytes, expect: str, content_type: str, url: str) -> None:
    """Raises WrongAnswer when an answer that starts with `head` cannot be what was expected."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise WrongAnswer("Le service a envoyé une réponse vide.", url)
    wanted = NAMES.get(expect)
    if wanted is None or _looks(start, expect):
        return
    if is_html(start):
        raise WrongAnswer(
            f"Une page web est arrivée à la place de ce qui était attendu ({wanted})\u00a0: le service est"
            " sans doute en maintenance, ou l’adresse a changé.",
            f"{url}\u202f; {content_type}\u202f; {start[:200]!r}",
        )
    raise WrongAnswer(
        f"La réponse n’est pas {wanted}.", f"{url}\u202f; {content_type}\u202f; {start[:200]!r}"
    )


def is_html(start: bytes) -> bool:
    return start[:200].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _looks(start: bytes, expect: str) -> bool:
    packed = start.startswith((b"PK", b"\x1f\x8b"))
    match expect:
        case "json":
            return start[:1] in b"[{"
        case "zip" | "xlsx":
            return start.startswith(b"PK")
        case "xml":
            return start.startswith(b"<") and not is_html(start)
        case "csv":
            return packed or (start[:1] not in b"<{[" and b"\x00" not in start)
    return True
