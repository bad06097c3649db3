"""Reads the source tree and says where the house is not kept: who names whom, lengths, names, templates.

Pure functions of a folder, so that the tests can plant a fault in a copy and see it caught.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

APPS = {
    "accounts": "agglo/accounts",
    "charts": "agglo/charts",
    "disclosure": "agglo/disclosure",
    "figures": "agglo/figures",
    "opendata": "agglo/opendata",
    "territory": "agglo/territory",
    "indicators": "agglo/indicators",
    "projects": "projects",
    "employment": "employment",
    "portal": "agglo/portal",
}
# Who may name whom. A dotted name opens one module only: the gates stand in front of every view, the audit
# trail behind every table, so they are open to all that have some.
_BELOW_PAGES = {"opendata", "figures", "territory", "charts", "disclosure", "accounts"}
MAY_NAME: dict[str, set[str]] = {
    "accounts": set(),
    "charts": set(),
    "disclosure": set(),
    "figures": {"charts", "disclosure", "accounts.audit", "accounts.attribution"},
    "opendata": {"figures", "accounts.audit", "accounts.attribution"},
    "territory": {"figures", "opendata", "charts", "accounts.gates", "accounts.audit"},
    "indicators": _BELOW_PAGES,
    "projects": _BELOW_PAGES,
    "employment": _BELOW_PAGES | {"projects"},
    "portal": set(APPS) - {"portal"},
}
# What every room with pages may name, and so the templates they share.
SHARED_TEMPLATES_MAY_NAME = {"charts", "figures"}
WIRING = {"settings", "urls", "celery", "schedule", "wsgi", "asgi"}
FORBIDDEN_NAMES = {"utils", "helpers", "services", "managers", "misc", "common"}
LONGEST = 300

_APP = "|".join(APPS)
_IN_STRINGS = [
    re.compile(rf"^(?:agglo\.)?({_APP})\.([A-Za-z]\w*)"),  # "territory.Territory", "agglo.portal.context"
    re.compile(rf"^({_APP}):[a-z]"),  # reverse("indicators:detail")
    re.compile(rf"^({_APP})/[\w/.-]+\.\w+$"),  # "portal/home.html"
]
_IN_TEMPLATES = [
    re.compile(rf"""\{{%-?\s*(?:include|extends)\s+["']({_APP})/"""),
    re.compile(rf"""\{{%-?\s*url\s+["']({_APP}):"""),
    re.compile(rf"""\{{%-?\s*load\s+[^%]*\b({_APP})\b"""),
]
_INLINE = [
    (re.compile(r"<style\b", re.I), "style element"),
    (re.compile(r"\sstyle\s*=", re.I), "style attribute"),
    (
        re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/(?:ld\+)?json)", re.I),
        "inline script",
    ),
    (re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I), "event attribute"),
    (re.compile(r"javascript:", re.I), "javascript: address"),
]


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def _python(root: Path, folder: str) -> Iterator[Path]:
    return (path for path in sorted((root / folder).rglob("*.py")) if path.is_file())


def _allowed(app: str, target: str, module: str) -> bool:
    return target == app or target in MAY_NAME[app] or f"{target}.{module}" in MAY_NAME[app]


def _named(node: ast.AST, package: list[str]) -> Iterator[str]:
    """Full dotted names of the modules that one statement imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = package[: len(package) - node.level + 1] if node.level else []
        module = ".".join([*base, *([node.module] if node.module else [])])
        yield from (f"{module}.{alias.name}" for alias in node.names)


def _target(dotted: str) -> tuple[str, str] | None:
    """The app that a dotted name lies in, with the module named there."""
    parts = dotted.split(".")
    if parts[0] == "agglo" and len(parts) > 1:
        parts = parts[1:]
    elif parts[0] not in ("projects", "employment"):
        return None
    return (
        (parts[0], parts[1] if len(parts) > 1 else "") if parts[0] in APPS | dict.fromkeys(WIRING) else None
    )


def imports(root: Path) -> Iterator[Fault]:
    """Imports that the table does not allow, and any import of the wiring by an app."""
    for app, folder in APPS.items():
        for path in _python(root, folder):
            package = list(path.relative_to(root).parent.parts)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for dotted in _named(node, package):
                    found = _target(dotted)
                    if found and not (found[0] in APPS and _allowed(app, *found)):
                        yield Fault(str(path.relative_to(root)), node.lineno, f"{app} imports {dotted}")


def strings(root: Path) -> Iterator[Fault]:
    """Strings that name another app's model, address, template or module against the table."""
    for app, folder in APPS.items():
        for path in _python(root, folder):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                for named, module in _named_in_string(node):
                    if not _allowed(app, named, module):
                        what = f"{app} names {named} in {ast.unparse(node)[:60]}"
                        yield Fault(str(path.relative_to(root)), node.lineno, what)


def accessors(root: Path, given: dict[str, dict[str, str]]) -> Iterator[Fault]:
    """Ways back to a higher app (`subject.territory`, `filter(territory__code=…)`) used below it.

    `given`: for each app, the accessors that other apps' foreign keys gave its models, with those apps.
    """
    for app, folder in APPS.items():
        above = {
            name: source
            for owner, names in given.items()
            if owner == app or owner in MAY_NAME[app]
            for name, source in names.items()
            if not _allowed(app, source, "")
        }
        for path in _python(root, folder) if above else ():
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                word = _word(node)
                if word in above:
                    what = f"{app} goes back up to {above[word]} through {word!r}"
                    yield Fault(str(path.relative_to(root)), getattr(node, "lineno", 0), what)


def _word(node: ast.AST) -> str:
    """The first name of a path that a statement follows: an attribute, an argument, a lookup in a string."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.keyword) and "__" in (node.arg or ""):
        return node.arg.split("__")[0]
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.match(r"\w+__\w", node.value):
        return node.value.split("__")[0]
    return ""


def _named_in_string(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        for pattern in _IN_STRINGS:
            if match := pattern.match(node.value):
                yield match[1], match[2] if match.lastindex == 2 else ""
    elif (
        isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("get_model", "get_app_config")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and node.args[0].value in APPS
    ):
        yield node.args[0].value, ""


def templates(root: Path) -> Iterator[Fault]:
    """Templates that include, extend, load or link to an app above their own; shared ones name little."""
    for path, text in _templates(root):
        room = path.relative_to(root / "templates").parts[0]
        for pattern in _IN_TEMPLATES:
            for match in pattern.finditer(text):
                named = match[1]
                # Linking to the login or to one's account needs no more than the gates do.
                linked = {named, f"{named}.gates"} if "url" in match[0] else {named}
                may = MAY_NAME[room] | {room} if room in APPS else SHARED_TEMPLATES_MAY_NAME
                if linked & may:
                    continue
                yield Fault(str(path.relative_to(root)), _line(text, match), f"{room} names {named}")


def inline(root: Path) -> Iterator[Fault]:
    """Styles and scripts written inside templates, which the Content-Security-Policy refuses."""
    for path, text in _templates(root):
        for pattern, what in _INLINE:
            for match in pattern.finditer(text):
                yield Fault(str(path.relative_to(root)), _line(text, match), what)


def _templates(root: Path) -> Iterator[tuple[Path, str]]:
    for path in sorted((root / "templates").rglob("*.html")):
        yield path, path.read_text(encoding="utf-8")


def _line(text: str, match: re.Match) -> int:
    return text.count("\n", 0, match.start()) + 1


def names(root: Path) -> Iterator[Fault]:
    """Modules and folders named after nothing in particular."""
    for folder in APPS.values():
        for path in _python(root, folder):
            if bad := FORBIDDEN_NAMES & {path.stem, path.parent.name}:
                yield Fault(str(path.relative_to(root)), 1, f"named {bad.pop()!r}: name it after the act")


def lengths(root: Path, longer: dict[str, str]) -> Iterator[Fault]:
    """Files past three hundred lines without an entry saying why, and entries that are no longer needed."""
    past = {}
    for folder in ("agglo", "projects", "employment", "tests", "bench"):
        for path in _python(root, folder):
            if "migrations" not in path.parts:
                count = len(path.read_text(encoding="utf-8").splitlines())
                if count > LONGEST:
                    past[str(path.relative_to(root))] = count
    for path, count in past.items():
        if path not in longer:
            yield Fault(path, count, "past 300 lines: which second responsibility crept in?")
    for path in longer.keys() - past.keys():
        yield Fault(path, 0, "no longer past 300 lines: take its entry away")
