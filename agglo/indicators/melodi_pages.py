"""How Insee Melodi is asked: which territories, page after page, the long file, and what its errors mean.

A refusal or an empty answer is explained by the `range` of the dataset, the list of the codes it knows: a
renamed dimension or code is then named, with what stands in its place.
"""

import json
from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings

from agglo.figures.models import Subject
from agglo.indicators import melodi
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, RefreshError, WrongAnswer

BASE_URL = "https://api.insee.fr/melodi"
SCHEMES = {level: level for level in ("COM", "EPCI", "ZE2020", "DEP", "REG", "FRANCE")}
LEVELS = tuple(SCHEMES)
PAGE_SIZE = 10_000
MOST_PAGES = 200
ALL_COMMUNES = 100_000


class Refused(FinalError):
    """Melodi refuses the request itself: a dimension, a code or the dataset has another name."""


def places(levels: Iterable[str] = LEVELS) -> list[str]:
    """GEO values to ask for: every territory above communes that we hold, and the communes of our EPCI."""
    above = [level for level in levels if level != "COM"]
    held = Subject.objects.filter(scheme__in=above).order_by("scheme", "code").values_list("scheme", "code")
    asked = [f"{scheme}-{code}" for scheme, code in held]
    return [*asked, f"EPCI-{settings.EPCI_CODE}*COM"] if "COM" in levels else asked


def fetch_pages(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every page of the question, for all our territories."""
    yield from pages(door, declaration, places(), PAGE_SIZE)


def fetch_communes(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """One page for the communes of our EPCI, so that their sum can be trusted; one for the levels above."""
    yield from pages(door, declaration, [f"EPCI-{settings.EPCI_CODE}*COM"], ALL_COMMUNES)
    above = places([level for level in LEVELS if level in ("DEP", "REG", "FRANCE")])
    if above:
        yield from pages(door, declaration, above, ALL_COMMUNES)


def fetch_whole(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """All our territories on one page, so that a sum of communes knows whether the source gives the total."""
    yield from pages(door, declaration, places(), ALL_COMMUNES)


def pages(door: Door, declaration: Declaration, geo: list[str], size: int) -> Iterator[Answer]:
    """Follows `paging.next` while there is one; stops on an empty or last page.

    What was read must be what the service counted, each observation once. The door refuses a `next` that
    leads to another host.
    """
    asked = {"GEO": geo, "idTerritoire": "TRUE", "maxResult": size, "totalCount": "TRUE"}
    asked |= declaration.params
    try:
        answer = door.get(declaration.path, asked)
    except Refused as error:
        _explain_codes(door, declaration)
        raise error from None
    seen: set[int] = set()
    count, read = None, 0
    for _ in range(MOST_PAGES):
        rows = melodi.observations(answer)
        paging = answer.json().get("paging") or {}
        count = paging.get("count", count)
        _remember(seen, rows, answer.url)
        read += len(rows)
        if not read:
            _explain_codes(door, declaration)
        yield answer
        following = paging.get("next")
        if not rows or not following or paging.get("isLast") is True:
            _check_whole(read, count, size, len(rows), following, answer.url)
            return
        answer = door.get(following)
    raise WrongAnswer(f"La réponse a plus de {MOST_PAGES} pages\u00a0: le service boucle.", declaration.path)


def _remember(seen: set[int], rows: list[dict], url: str) -> None:
    """Raises WrongAnswer when a page says again what an earlier one said."""
    keys = {hash(json.dumps([row.get("dimensions"), row.get("attributes")], sort_keys=True)) for row in rows}
    if seen & keys:
        raise WrongAnswer(
            "Le service répète des observations d’une page à l’autre\u00a0: la pagination est défaillante.",
            url,
        )
    seen |= keys


def _check_whole(read: int, count: object, size: int, last: int, following: str | None, url: str) -> None:
    """Raises WrongAnswer when rows are missing: fewer than counted, or a full page with nothing after it."""
    cut = count is None and not following and last >= size
    if cut or (isinstance(count, int) and read != count):
        known = f"sur {count} annoncées" if isinstance(count, int) else "et aucune suite annoncée"
        raise WrongAnswer(
            f"La réponse est incomplète\u00a0: {read} observations reçues, {known}. Rien n’a été lu.", url
        )


def _explain_codes(door: Door, declaration: Declaration) -> None:
    """Raises WrongAnswer when a dimension or a code we ask for is not in the range of the dataset."""
    dataset = declaration.path.rpartition("/")[2]
    try:
        known = codes(door.get(f"range/{dataset}", expect="json"))
    except RefreshError:
        return  # the range is a help, not a condition
    if words := unknown_codes(declaration.params, known):
        raise WrongAnswer(f"Le jeu {dataset} n’a plus {words}. La déclaration du jeu est à revoir.")


def codes(answer: Answer) -> dict[str, set[str]]:
    """Dimension -> its codes, as `range` gives them. Raises WrongAnswer when it is not a range."""
    body = answer.json()
    entries = body.get("range") if isinstance(body, dict) else None
    if not isinstance(entries, list):
        raise WrongAnswer("La liste des codes du jeu est illisible.", str(body)[:200])
    return {
        entry["concept"]["code"]: {str(value["code"]) for value in entry.get("values", ())}
        for entry in entries
    }


def unknown_codes(params: Mapping[str, object], known: Mapping[str, set[str]]) -> str:
    """« la modalité ACTIVITY=BE (il a : …) » for the first thing asked that the dataset does not know."""
    for name, value in params.items():
        if name not in known:
            return f"la dimension {name} (il a\u00a0: {', '.join(sorted(known))})"
        for code in [value] if isinstance(value, str) else value:
            if code not in known[name]:
                return f"la modalité {name}={code} (il a\u00a0: {', '.join(sorted(known[name])[:20])})"
    return ""


def fetch_file(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The long file of a dataset: its name changes every year, the catalogue gives the one in force."""
    entry = door.get(f"catalog/{declaration.path}", expect="json").json()
    products = entry.get("product") if isinstance(entry, dict) else None
    if not isinstance(products, list):
        raise WrongAnswer("L’entrée du catalogue n’a pas de liste de fichiers.", str(entry)[:200])
    whole = [p for p in products if str(p.get("id", "")).startswith(declaration.path) and "CSV_FR" in p["id"]]
    if not whole:
        raise WrongAnswer(
            f"Le catalogue ne propose plus de fichier complet pour {declaration.path}.", str(products)[:300]
        )
    newest = max(whole, key=lambda product: product["id"])
    yield door.get(newest["accessURL"], conditional=True)


def explain(status: int, body: str) -> FinalError | None:
    """Melodi answers 500 in plain text for a dataset it does not know: trying again would change nothing."""
    if status == 500 and "erreur inattendue" in body:
        return FinalError(
            "Melodi ne connaît pas ce jeu de données, ou l’a renommé\u00a0:"
            " vérifiez son nom dans le catalogue de l’Insee."
        )
    if status == 400:
        return Refused("Melodi refuse la demande\u00a0: une dimension ou un jeu de données a changé de nom.")
    return None
