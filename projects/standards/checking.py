"""Rows against the official Table Schema, by frictionless, each fault as a French sentence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from projects.bulk.cells import FORMULA

from .declaring import Cells, Standard

SHOWN = 60  # characters of a refused cell that a sentence repeats
Seen = Callable[[int], None]


def unseen(number: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    line: int
    column: int
    field: str
    why: str
    is_absence: bool = False

    def __str__(self) -> str:
        where = f"colonne {self.column} ({self.field}) : " if self.field else ""
        return f"{where}{self.why}"


class _Lines:
    """Rows as frictionless asks for them; it would take what `seen` raises for a fault of the data."""

    def __init__(self, standard: Standard, rows: Sequence[tuple[int, Cells]], seen: Seen) -> None:
        self.standard, self.rows, self.seen = standard, rows, seen
        self.raised: Exception | None = None

    def __call__(self) -> Iterator[list[str]]:
        yield list(self.standard.fields)
        try:
            for number, (_, cells) in enumerate(self.rows):
                self.seen(number)
                yield [cells.get(name, "") for name in self.standard.fields]
        except Exception as error:
            self.raised = error


def faults(standard: Standard, rows: Sequence[tuple[int, Cells]], seen: Seen = unseen) -> list[Fault]:
    """All that the schema refuses, in the order of the file. Empty when the rows are valid. `seen` is told of
    each row, and may stop all by raising.
    """
    from frictionless import Resource, Schema  # a second to import: only when a file is read

    lines = _Lines(standard, rows, seen)
    report = Resource(data=lines, schema=Schema.from_descriptor(standard.schema)).validate(
        limit_errors=100_000
    )
    if lines.raised is not None:
        raise lines.raised
    found = []
    for error in report.flatten(["rowNumber", "fieldName", "type", "note"]):
        position, name, kind, note = error
        if position is None:
            raise ValueError(f"{kind}: {note}")
        line, cells = rows[position - 2]
        found.append(_said(standard, line, cells, name or "", kind, note or ""))
    for line, cells in rows:
        found += [
            _formula(standard, line, name) for name in standard.fields if is_formula(cells.get(name, ""))
        ]
        found += [_negative(standard, line, name, cells[name]) for name in _below_zero(standard, cells)]
    return sorted(set(found))


def is_formula(cell: str) -> bool:
    """A spreadsheet would run it. Signed numbers and telephone numbers are no formula."""
    return cell.startswith(FORMULA) and not (cell[0] in "+-" and cell[1:2].isdigit())


def _below_zero(standard: Standard, cells: Cells) -> Iterator[str]:
    """Areas, counts, distances and prices: the schemas take any number for them."""
    for name, rule in standard.described.items():
        said = cells.get(name, "").strip()
        if rule["type"] in ("number", "integer") and said.startswith("-") and said.strip("-0."):
            yield name


def _negative(standard: Standard, line: int, name: str, cell: str) -> Fault:
    why = f"« {cell[:SHOWN]} » est plus petit que zéro\u202f: vérifiez ce nombre, ou laissez la cellule vide."
    return Fault(line, standard.fields.index(name) + 1, name, why)


def _formula(standard: Standard, line: int, name: str) -> Fault:
    why = "le texte commence par un signe de formule, qu’un tableur exécuterait. Retirez-le."
    return Fault(line, standard.fields.index(name) + 1, name, why)


def _said(standard: Standard, line: int, cells: Cells, name: str, kind: str, note: str) -> Fault:
    if kind == "primary-key":
        if cells.get(standard.key, "") in standard.missing:
            return Fault(line, standard.fields.index(standard.key) + 1, standard.key, "l’identifiant manque.")
        why = f"l’identifiant « {cells[standard.key]} » est déjà sur une autre ligne."
        return Fault(line, standard.fields.index(standard.key) + 1, standard.key, why)
    column = standard.fields.index(name) + 1 if name else 0
    cell = cells.get(name, "")[:SHOWN]
    rule = standard.described.get(name, {})
    match kind, note.split('"')[1] if '"' in note else "":
        case "constraint-error", "required":
            return Fault(line, column, name, "la cellule est vide, le standard l’exige.", True)
        case "constraint-error", "enum":
            words = ", ".join(rule["constraints"]["enum"])
            why = f"« {cell} » n’est pas un mot du standard. Possibles : {words}."
        case "constraint-error", _:
            why = f"« {cell} » n’a pas la forme attendue, par exemple « {rule.get('example', '')} »."
        case "type-error", _:
            why = f"« {cell} » n’est pas {_kind(rule)}, par exemple « {rule.get('example', '')} »."
        case _:
            why = f"cellule refusée par le schéma ({kind})."
    return Fault(line, column, name, why)


KINDS = {
    "date": "une date écrite AAAA-MM-JJ",
    "year": "une année",
    "integer": "un nombre entier",
    "number": "un nombre (le point sépare les décimales)",
    "geojson": "une géométrie GeoJSON",
    "geopoint": "un point « longitude, latitude »",
    "uri": "une adresse web",
    "email": "une adresse électronique",
}


def _kind(rule: dict) -> str:
    if rule.get("type") == "date" and rule.get("format") == "%Y":
        return KINDS["year"]
    return KINDS.get(rule.get("format", ""), KINDS.get(rule.get("type", ""), "du type attendu"))


def remarks(standard: Standard, cells: Cells) -> list[str]:
    """Words outside the lists that the official schema names without checking them: kept, and said."""
    return [
        f"{name} : « {cells[name][:SHOWN]} » n’est pas dans la liste du standard ; gardé tel quel."
        for name, rule in standard.described.items()
        if "enum" in rule and cells.get(name, "") not in (*standard.missing, *rule["enum"])
    ]
