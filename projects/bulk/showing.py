"""A compared line as a person reads it: which record, which cells, before and after, or why not."""

from dataclasses import dataclass

from django.urls import reverse

from projects.models import BulkRow
from projects.models.bulk import Change, Outcome

from .columns import Sheet

PAGES = {"sites": "projects:site_sheet", "projets": "projects:steer"}


@dataclass(frozen=True, slots=True)
class Cell:
    """`before` is None where there was nothing before, `why` only where the cell is refused."""

    column: str
    before: str | None
    after: str
    why: str = ""
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    line: int
    title: str
    key: str
    href: str
    change: str
    badge: str
    cells: list[Cell]
    outcome: str
    note: str


def row_of(sheet: Sheet, one: BulkRow) -> Shown:
    there = one.record_id is not None and one.outcome != Outcome.UNDONE
    return Shown(
        line=one.line,
        title=one.title or one.key or "sans nom",
        key=one.key,
        href=reverse(PAGES[sheet.code], args=[one.key]) if there and one.key else "",
        change=one.get_change_display(),
        badge={Change.ADDED: "badge--ok", Change.REFUSED: "badge--late"}.get(Change(one.change), ""),
        cells=_refused(one) if one.change == Change.REFUSED else _cells(sheet, one),
        outcome=Outcome(one.outcome).label if one.outcome else "",
        note=one.note,
    )


def _cells(sheet: Sheet, one: BulkRow) -> list[Cell]:
    """In the order of the columns: a JSON object keeps none."""
    order = [column.name for column in sheet.columns if column.name in one.cells]
    new = one.change == Change.ADDED
    return [Cell(name, None if new else one.cells[name][0], one.cells[name][1]) for name in order]


def _refused(one: BulkRow) -> list[Cell]:
    """What was written stands beside the reason, unless the reason quotes it."""
    return [
        Cell(
            reason["column"],
            None,
            "" if reason["value"] and reason["value"][:40] in reason["why"] else reason["value"] or "vide",
            reason["why"],
            reason.get("now"),
        )
        for reason in one.reasons
    ]
