"""Reads the table that a commission hands out, as pasted: what each line says, and what cannot be read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Qualifier

ABOUT = {"env", "environ", "pres de", "autour de", "~", "≈"}
AT_LEAST = {"plus de", "au moins", ">", "≥", ">="}
AT_MOST = {"moins de", "au plus", "<", "≤", "<="}
HEADS = {"situation", "situations", "categorie", "categories", "statut", "type de solution", "effectifs"}
_NUMBER = re.compile(r"[-−]?\d[\d \u00a0\u202f.,]*")
_SPACES = re.compile(r"[ \u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Read:
    """One line understood: the category's code, or "total" or "base"."""

    code: str
    label: str
    count: int
    qualifier: int


@dataclass(frozen=True, slots=True)
class Refused:
    """One line that was not, and the sentence that says what to do."""

    line: int
    text: str
    why: str


def people(text: str, counted: str = "nombre de personnes") -> tuple[int, int]:
    """A number of people and how exact it is: « env. 40 » is about 40. Raises ValueError in French.

    `counted` is what the sentences ask for, where the number counts something else.
    """
    said = _SPACES.sub(" ", text).strip()
    found = _NUMBER.search(said)
    if found is None:
        raise ValueError(
            f"«\u202f{said}\u202f» n’est pas un nombre\u00a0: écrivez un {counted}, en chiffres."
        )
    if "%" in said:
        raise ValueError(f"«\u202f{said}\u202f» est un pourcentage\u00a0: écrivez le {counted}.")
    digits = found[0].strip().replace(" ", "")
    if digits[0] in "-−":
        raise ValueError(f"«\u202f{said}\u202f» est négatif\u00a0: un {counted} ne peut pas l’être.")
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", digits):
        raise ValueError(
            f"«\u202f{said}\u202f» est ambigu\u00a0: écrivez les milliers sans point ni virgule."
        )
    whole, _, rest = digits.replace(",", ".").partition(".")
    if rest.strip("0."):
        raise ValueError(f"«\u202f{said}\u202f» n’est pas entier\u00a0: écrivez un {counted} sans virgule.")
    before = search_key(said[: found.start()]).strip(" .") or said[: found.start()].strip()
    return int(whole), _qualifier(before)


def _qualifier(before: str) -> int:
    for words, meaning in (
        (ABOUT, Qualifier.ABOUT),
        (AT_LEAST, Qualifier.AT_LEAST),
        (AT_MOST, Qualifier.AT_MOST),
    ):
        if before in words:
            return meaning
    return Qualifier.EXACT


def read(text: str, names: dict[str, str]) -> tuple[list[Read], list[Refused]]:
    """Lines of a pasted table; `names` gives the code of each known writing, in lower case without accents.

    Columns of percentages are left aside; a heading, merged or not, is a line without number and is skipped.
    """
    found: list[Read] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in re.split(r"\t|;|\|| {2,}", line) if cell.strip()]
        if len(cells) == 1:
            cells = _parted(cells[0])
        values = [cell for cell in cells[1:] if re.search(r"\d", cell) and "%" not in cell]
        if not cells or not any(re.search(r"\d", cell) for cell in cells[1:]):
            continue
        label = cells[0]
        code = names.get(_name(label))
        if code is None and _is_heading(label):
            continue
        if code is None:
            refused.append(
                Refused(
                    number,
                    line,
                    f"La situation «\u202f{label}\u202f» n’est pas connue\u00a0: écrivez son nombre dans la"
                    " case qui convient, puis effacez cette ligne.",
                )
            )
        elif len(values) != 1:
            why = "un pourcentage seul" if not values else f"{len(values)} nombres"
            refused.append(
                Refused(number, line, f"La ligne porte {why}\u00a0: gardez un seul nombre de personnes.")
            )
        elif any(row.code == code for row in found):
            refused.append(
                Refused(number, line, f"«\u202f{label}\u202f» est donnée deux fois\u00a0: gardez-en une.")
            )
        else:
            try:
                found.append(Read(code, label, *people(values[0])))
            except ValueError as error:
                refused.append(Refused(number, line, str(error)))
    return found, refused


def _parted(cell: str) -> list[str]:
    """« CDI : 40 », « CDI 40 »: the name, then the number with the words before it."""
    match = re.match(
        r"(.*?)[\s:]+((?:env\.?|environ|plus de|au moins|moins de|[~≈<>≥≤])?\s*[-−]?\d[\d\s.,]*%?)$", cell
    )
    return [match[1].strip(" :"), match[2]] if match and match[1] else [cell]


def _is_heading(label: str) -> bool:
    """The title of the table or the head of its columns, whatever date they bear; a note on the source."""
    words = _name(label)
    return words in HEADS or words.startswith(("situation ", "situations ", "source", "tableau", "bilan "))


def _name(label: str) -> str:
    return search_key(_SPACES.sub(" ", label)).strip(" :*")


def known_names(categories: Iterable) -> dict[str, str]:
    """Every writing of every category, and of the total and the base."""
    names = {"total": "total", "total solutions": "total", "avec solution": "total", "base": "base"}
    names |= {"accompagnes": "base", "effectif": "base", "perimetre": "base", "ensemble": "base"}
    for one in categories:
        for writing in (one.code, one.name, *one.aliases.splitlines()):
            names[_name(writing)] = one.code
    return names
