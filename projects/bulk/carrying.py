"""What a worker does with an import: compares it, writes it, takes it back."""

from projects.models import Import
from projects.models.bulk import State
from projects.work import carrying

from .staging import stage
from .writing import apply, undo

STOPPED = {State.READING: State.CANCELLED, State.APPLYING: State.READY, State.UNDOING: State.APPLIED}
WORK = carrying.Work(
    Import,
    acts={State.READING: stage, State.APPLYING: apply, State.UNDOING: undo},
    stopped=STOPPED,
    failed=STOPPED | {State.READING: State.FAILED},
)


def carry_on(import_id: int) -> Import | None:
    return carrying.carry_on(WORK, import_id)


def sweep() -> dict[str, int]:
    return carrying.sweep(WORK)
