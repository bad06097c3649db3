"""Kinds of columns: each reads a cell as one canonical text, and turns that text into a value and back. Pure.

`clean` raises ValueError with the sentence that a person reads beside the refused cell.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from agglo.charts.french import SPACE
from agglo.figures.text import search_key

from .cells import same, tidy

_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ERRORS = (
    "#N/A",
    "#REF!",
    "#NAME?",
    "#NOM?",
    "#VALUE!",
    "#VALEUR!",
    "#DIV/0!",
    "#NUM!",
    "#NOMBRE!",
    "#NULL!",
)


def quoted(text: str) -> str:
    return f"«\u202f{text[:40]}{'…' if len(text) > 40 else ''}\u202f»"


@dataclass(frozen=True, slots=True)
class Text:
    longest: int | None = None

    def clean(self, text: str) -> str:
        text = tidy(text)
        if text in _ERRORS:
            raise ValueError(f"{quoted(text)} est une erreur de votre tableur, pas une valeur.")
        if self.longest and len(text) > self.longest:
            raise ValueError(f"{len(text)} signes{SPACE}; au plus {self.longest}.")
        return text

    def text(self, value: object) -> str:
        return "" if value is None else tidy(str(value))

    def value(self, text: str) -> object:
        return text

    @property
    def words(self) -> str:
        return f"texte, au plus {self.longest} signes" if self.longest else "texte"


@dataclass(frozen=True, slots=True)
class Slug(Text):
    longest: int | None = 64

    def clean(self, text: str) -> str:
        text = Text.clean(self, text)
        if text and not _SLUG.match(text):
            raise ValueError(f"{quoted(text)} n’est pas un repère{SPACE}: minuscules, chiffres et tirets.")
        return text

    @property
    def words(self) -> str:
        return "repère : minuscules, chiffres et tirets"


@dataclass(frozen=True, slots=True)
class Choice(Text):
    """One word of a list, written as screens write it; codes, capitals and accents are forgiven."""

    choices: tuple[tuple[str, str], ...] = ()

    def clean(self, text: str) -> str:
        text = Text.clean(self, text)
        if not text:
            return ""
        meanings = _meanings(self.choices)
        if meant := meanings.get(text) or meanings.get(search_key(text)):
            return meant
        allowed = ", ".join(label for _, label in self.choices)
        raise ValueError(f"{quoted(text)} n’est pas dans la liste{SPACE}: {allowed}.")

    def text(self, value: object) -> str:
        return dict(self.choices).get(str(value), "") if value is not None else ""

    def value(self, text: str) -> object:
        return next((code for code, label in self.choices if label == text), "")

    @property
    def words(self) -> str:
        return "un de : " + ", ".join(label for _, label in self.choices)


@cache
def _meanings(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Label by every way to write it; worked out once, a file asks for it at every line."""
    found: dict[str, str] = {}
    for code, label in choices:
        found.setdefault(search_key(label), label)
        found.setdefault(search_key(code), label)
    for _, label in choices:
        found.setdefault(label, label)  # as we write it ourselves, which most lines do
    return found


@dataclass(frozen=True, slots=True)
class YesNo(Text):
    def clean(self, text: str) -> str:
        text = Text.clean(self, text)
        word = text if text in ("oui", "non") else search_key(text)
        if word in ("oui", "o", "vrai", "true", "1", "x"):
            return "oui"
        if word in ("non", "n", "faux", "false", "0", ""):
            return "non"
        raise ValueError(f"{quoted(text)}{SPACE}: écrivez oui ou non.")

    def text(self, value: object) -> str:
        return "oui" if value else "non"

    def value(self, text: str) -> object:
        return text == "oui"

    @property
    def words(self) -> str:
        return "oui ou non"


@dataclass(frozen=True, slots=True)
class Number(Text):
    """A number with at most so many decimals, between two bounds; more decimals are rounded."""

    places: int = 0
    low: Decimal = Decimal("-1e12")
    high: Decimal = Decimal("1e12")

    def clean(self, text: str) -> str:
        text = Text.clean(self, text)
        bare = _BLANKS.sub("", text).replace(",", ".")
        if not bare:
            return ""
        try:
            number = Decimal(bare)
            if not number.is_finite():
                raise InvalidOperation
        except InvalidOperation:
            raise ValueError(
                f"{quoted(text)} n’est pas un nombre{SPACE}: écrivez par exemple 50,53."
            ) from None
        if not self.low <= number <= self.high:
            raise ValueError(
                f"{self.text(number)} est hors de {self.text(self.low)} à {self.text(self.high)}."
            )
        return self.text(number)

    def text(self, value: object) -> str:
        if value is None:
            return ""
        number = round(Decimal(str(value)), self.places)
        written = f"{number:f}"
        return (written.rstrip("0").rstrip(".") if "." in written else written).replace(".", ",")

    def value(self, text: str) -> object:
        return Decimal(text.replace(",", ".")) if text else None

    @property
    def words(self) -> str:
        return f"nombre, de {self.text(self.low)} à {self.text(self.high)}"


@dataclass(frozen=True, slots=True)
class Reference(Text):
    """The code of another record; whether it exists is asked of the database, many at once."""

    what: str = ""

    def clean(self, text: str) -> str:
        return same(Text.clean(self, text))

    def unknown(self, text: str) -> str:
        return f"{quoted(text)} n’est pas {self.what}."

    @property
    def words(self) -> str:
        return self.what


def choices(pairs: Iterable[tuple[object, object]]) -> Choice:
    return Choice(choices=tuple((str(code), str(label)) for code, label in pairs))
