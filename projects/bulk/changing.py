"""Values into records that exist: forwards when an import is applied, backwards when it is undone."""

from collections.abc import Iterable

from django.utils import timezone

from agglo.charts.french import SPACE
from projects.models import BulkRow
from projects.models.bulk import Change, Outcome

from .cells import same
from .columns import PUBLISHED, STAMP, Sheet
from .comparing import Held, held_by_pk
from .records import save, set_values

BEFORE, AFTER = 0, 1
FIELDS = ["change", "reasons", "given", "record_id", "outcome", "note"]
PUBLIC_SINCE = (
    "Cette fiche est devenue publique depuis la comparaison\u00a0: rapportez la ligne, une autre personne"
    " la relira."
)
GONE = "Ce que cette cellule désigne a été supprimé."


def put(sheet: Sheet, rows: list[BulkRow], side: int, *, drafts_only: bool = False) -> int:
    """Values of one side into records that still hold the other; returns how many no longer do.

    With `drafts_only`, a record that became public since the comparison is left: nobody read its line.
    """
    pks = {one.record_id for one in rows}
    records = {one.pk: one for one in sheet.model._base_manager.select_for_update().filter(pk__in=pks)}
    held = held_by_pk(sheet, pks)
    linked = linked_to(sheet, rows, side)
    ready, fields = [], set()
    for one in rows:
        now = held.get(one.record_id)
        moved = [
            name for name, pair in one.cells.items() if now is None or _differs(now, name, pair[1 - side])
        ]
        gone = lost(one, linked, side)
        if drafts_only and now is not None and records[one.record_id].published:
            refuse(one, [{"column": PUBLISHED, "value": one.given.get(PUBLISHED, ""), "why": PUBLIC_SINCE}])
            continue
        if moved or gone:
            _leave(one, moved, gone, now, side)
            continue
        record = records[one.record_id]
        fields |= set_values(sheet, record, {name: pair[side] for name, pair in one.cells.items()}, linked)
        one.outcome = Outcome.APPLIED if side == AFTER else Outcome.UNDONE
        ready.append(record)
    if ready:
        save(sheet, ready, fields, timezone.now())
    BulkRow.objects.bulk_update(rows, FIELDS, batch_size=500)
    return len(rows) - len(ready)


def linked_to(sheet: Sheet, rows: Iterable[BulkRow], side: int) -> dict[str, dict[str, int]]:
    """By column that names other records: their keys, by what the file calls them."""
    found = {}
    for column in sheet.linked():
        asked = {one.cells[column.name][side] for one in rows if column.name in one.cells} - {""}
        found[column.name] = sheet.references[column.name](asked) if asked else {}
    return found


def lost(one: BulkRow, linked: dict[str, dict[str, int]], side: int) -> list[str]:
    """Columns that name a record which is no longer there."""
    cells = {name: pair[side] for name, pair in one.cells.items() if name in linked}
    return [name for name, text in cells.items() if text and text not in linked[name]]


def refuse(one: BulkRow, reasons: list[dict[str, str]]) -> None:
    one.change, one.reasons = Change.REFUSED, reasons


def _differs(now: Held, name: str, expected: str) -> bool:
    return same(now.told[name]) != same(expected)


def _leave(one: BulkRow, moved: list[str], gone: list[str], now: Held | None, side: int) -> None:
    deleted = "Cette fiche a été supprimée depuis."
    if side == BEFORE:
        said = ", ".join(dict.fromkeys([*moved, *gone]))
        one.outcome = Outcome.KEPT
        one.note = (
            f"Modifié depuis l’import{SPACE}: {said}. Cette fiche n’a pas été touchée." if now else deleted
        )
        return
    why = "Modifié par quelqu’un depuis la comparaison." if now else deleted
    told = now.told if now else {}
    refuse(
        one,
        [{"column": n, "value": one.cells[n][AFTER], "why": why, "now": told.get(n, "")} for n in moved]
        + [{"column": n, "value": one.cells[n][AFTER], "why": GONE} for n in gone if n not in moved],
    )
    if now and STAMP in one.given:
        one.given = one.given | {STAMP: now.stamp}
