"""Rows of a file beside our records: added, changed, unchanged or refused, cell by cell. Writes nothing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from agglo.figures.text import search_key
from projects.models import Lot, Site, StandardImport, StandardRow

from . import STANDARDS, checking, defaults, persons, writing
from .declaring import Cells, Standard
from .persons import Known
from .placing import Places

ADDED, CHANGED, UNCHANGED, REFUSED = "added", "changed", "unchanged", "refused"
WORDS = {ADDED: "ajoutée", CHANGED: "changée", UNCHANGED: "inchangée", REFUSED: "refusée"}


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What accepting one row would do. `cells` are the file's, without the names of natural persons."""

    line: int
    key: str
    verdict: str
    cells: Cells
    differences: tuple[Difference, ...] = ()
    reasons: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    record: object = None
    row: StandardRow | None = None
    label: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.verdict]

    @property
    def name(self) -> str:
        return self.label or self.key


@dataclass(slots=True)
class Compared:
    proposals: list[Proposal] = field(default_factory=list)

    def of(self, verdict: str) -> list[Proposal]:
        return [one for one in self.proposals if one.verdict == verdict]

    @property
    def counts(self) -> list[tuple[str, int]]:
        return [(verdict, len(self.of(verdict))) for verdict in WORDS]


def without_persons(standard: Standard, cells: Cells, known: Known) -> tuple[Cells, list[str]]:
    """Natural persons are not kept: their names are emptied before anything else happens."""
    hidden = [name for name in standard.personal(cells, known) if cells.get(name, "") not in standard.missing]
    remarks = [
        "Le nom d’une personne physique n’est pas gardé, ni un nom qui pourrait en être un\u202f: "
        + ", ".join(sorted(hidden))
        + ". Pour une personne morale, écrivez sa forme (SA, SCI, commune…)."
    ]
    return {**cells, **dict.fromkeys(hidden, "")}, remarks if hidden else []


def _rows(standard: Standard, brought: StandardImport) -> list[dict]:
    """As they were brought, by today's rule about persons: a file may wait since an older one."""
    known, found = persons.known(), []
    for stored in brought.rows:
        cells, said = without_persons(standard, stored["cells"], known)
        found.append({**stored, "cells": cells, "remarks": [*stored.get("remarks", []), *said]})
    return found


def compare(brought: StandardImport, seen: checking.Seen = checking.unseen) -> Compared:
    """Every row of a file against what we hold today; a bounded number of queries."""
    standard = STANDARDS[brought.standard]
    held = _rows(standard, brought)
    rows = [(one["line"], one["cells"]) for one in held]
    wrong: dict[int, list[str]] = {}
    for fault in checking.faults(standard, rows, seen):
        if not (brought.lenient and fault.is_absence and fault.field != standard.key):
            wrong.setdefault(fault.line, []).append(str(fault))
    there = _Held(standard)
    found = []
    for stored in held:
        line, cells = stored["line"], stored["cells"]
        seen(len(rows))
        refusal = standard.refuses(cells) or stored.get("refused", "")
        reasons = [refusal] if refusal else wrong.get(line, [])
        if reasons:
            key = cells.get(standard.key, "")
            label = cells.get(standard.label, "")
            found.append(Proposal(line, key, REFUSED, cells, reasons=tuple(reasons), label=label))
        else:
            found.append(_proposal(standard, line, cells, stored["remarks"], there))
    return Compared(found)


def again(brought: StandardImport, lines: Collection[int], seen: checking.Seen) -> list[Proposal]:
    """Rows that the schema let pass, as they stand against our records now."""
    standard = STANDARDS[brought.standard]
    there = _Held(standard)
    found = []
    for stored in _rows(standard, brought):
        if stored["line"] in lines:
            seen(0)
            found.append(_proposal(standard, stored["line"], stored["cells"], stored["remarks"], there))
    return found


def _proposal(
    standard: Standard, line: int, cells: Cells, remarks: Iterable[str], there: "_Held"
) -> Proposal:
    key = cells[standard.key]
    row, record, how = there.find(key, cells)
    said = [
        *remarks,
        *how,
        *checking.remarks(standard, cells),
        *_unheld(standard, cells),
        *standard.notes(cells),
    ]
    said += there.placed(cells) if record is None else []
    ours = writing.row_of(standard, record or row, row).cells if record or row else {}
    differences = tuple(_differences(standard, ours, cells))
    if not ours:
        verdict = ADDED
    elif differences or row is None:
        verdict = CHANGED
    else:
        verdict = UNCHANGED
    return Proposal(
        line, key, verdict, cells, differences, (), tuple(said), record, row, cells[standard.label]
    )


def _differences(standard: Standard, ours: Mapping[str, str], theirs: Cells) -> Iterable[Difference]:
    """An empty cell never erases what our record holds."""
    mapped = standard.by_field
    for name in standard.fields:
        text, held = theirs.get(name, ""), ours.get(name, "")
        if text == held or (name in mapped and text in standard.missing) or name == standard.key:
            continue
        if ours or text:
            yield Difference(name, held, text)


def _unheld(standard: Standard, cells: Cells) -> Iterable[str]:
    for mapped in standard.mapped:
        cell = cells.get(mapped.field, "")
        if cell in standard.missing:
            continue
        try:
            mapped.as_.read(cell)
        except ValueError as error:
            yield f"{mapped.field} : {error} La cellule est gardée telle quelle."


class _Held:
    """Our records of one class, found by the identifier of a row, else by name and commune."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        rows = StandardRow.objects.filter(standard=standard.code)
        self.rows = {one.key: one for one in rows.select_related("occupancy__occupant")}
        self.places = Places(standard)
        self.records: dict[int, object] = {}
        if standard.record == "site":
            self.records = {one.pk: one for one in writing.sites(public=False)}
        elif standard.record == "lot":
            lots = Lot.objects.select_related("site__commune__subject")
            self.records = {one.pk: one for one in lots.prefetch_related("states", "site__standard_rows")}
        self.by_key = {defaults.key_of(standard, one): one for one in self.records.values()}
        self.by_name = {_named(one): one for one in self.records.values() if isinstance(one, Site)}
        self.taken = (
            {getattr(one, f"{standard.record}_id") for one in self.rows.values()} - {None}
            if (standard.record)
            else set()
        )

    def find(self, key: str, cells: Cells) -> tuple[StandardRow | None, object, list[str]]:
        row = self.rows.get(key)
        if row is not None:
            if self.standard.record == "occupancy":
                return row, row.occupancy, []
            record_id = getattr(row, f"{self.standard.record}_id", None) if self.standard.record else None
            return row, self.records.get(record_id), []
        record = self.by_key.get(key)
        if record is not None:
            return None, record, []
        name = cells.get("site_nom", "")
        commune = cells.get("comm_insee") or cells.get("site_comm_insee", "")
        near = self.by_name.get((search_key(name), commune)) if self.standard.record == "site" else None
        if near is not None and near.pk not in self.taken:
            return (
                None,
                near,
                [f"Rapprochée de « {near} » par son nom et sa commune : est-ce bien le même lieu ?"],
            )
        return None, None, []

    def placed(self, cells: Cells) -> list[str]:
        """What is said of a row that brings a new record."""
        return self.places.of(cells).remarks


def _named(site: Site) -> tuple[str, str]:
    return search_key(site.name), site.commune.code if site.commune else ""
