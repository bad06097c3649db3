"""Writes what was compared, and takes it back: the whole import in one transaction of its worker."""

from django.utils import timezone

from projects.models import Import
from projects.models.bulk import Change, State
from projects.work.pulse import Pulse

from .adding import add, take_away
from .changing import AFTER, BEFORE, put
from .sheets import SHEETS
from .staging import staged


def apply(row: Import, pulse: Pulse) -> dict[str, object]:
    """Rows whose record moved since the comparison are refused, the others are written. Raises Stopped."""
    sheet, done, late, new = SHEETS[row.sheet], 0, 0, 0
    for batch in staged(row, Change.CHANGED):
        pulse(done, row.writes)
        late += put(sheet, batch, AFTER, drafts_only=row.released_by_id is None)
        done += len(batch)
    changed = done - late
    for batch in staged(row, Change.ADDED):
        pulse(done, row.writes)
        new += add(sheet, batch)
        done += len(batch)
    counts = {"changed": changed, "added": new, "refused": row.refused + done - changed - new}
    return {"state": State.APPLIED, "applied_at": timezone.now(), "done": done, **counts}


def undo(row: Import, pulse: Pulse) -> dict[str, object]:
    """Every value as it was, but where somebody wrote since: those are left, and told. Raises Stopped."""
    sheet, done, kept = SHEETS[row.sheet], 0, 0
    for batch in staged(row, Change.ADDED):
        pulse(done, row.writes)
        kept += take_away(sheet, batch)
        done += len(batch)
    for batch in staged(row, Change.CHANGED):
        pulse(done, row.writes)
        kept += put(sheet, batch, BEFORE)
        done += len(batch)
    return {"state": State.UNDONE, "undone_at": timezone.now(), "done": done, "kept": kept}
