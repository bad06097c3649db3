"""What a worker does with a file of a standard, in which state, and where that leaves it."""

from projects.models import StandardImport
from projects.work import carrying

from .deciding import BACK
from .importing import stage, take_back, write

State = StandardImport.State
WORK = carrying.Work(
    StandardImport,
    acts={State.READING: stage, State.WRITING: write, State.UNDOING: take_back},
    stopped=BACK,
    failed=BACK | {State.READING: State.FAILED},
)


def carry_on(key: int) -> StandardImport | None:
    return carrying.carry_on(WORK, key)


def sweep() -> dict[str, int]:
    return carrying.sweep(WORK)
