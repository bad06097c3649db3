"""Why a figure took the place of another: of a count of our own records, no source said anything."""

from agglo.figures.vocabulary import Reason
from agglo.opendata.tallies import made_here, of_registers

REGISTER_MOVED = "le registre a changé"
# What a run says of any figure that moved.
BY_SOURCE = (Reason.SOURCE_REVISED, Reason.WITHDRAWN)


def why(dataset: str, reason: int) -> str:
    """The reason in words, for a figure of the dataset of this code."""
    moved = reason in BY_SOURCE and made_here(dataset) and dataset in of_registers()
    return REGISTER_MOVED if moved else Reason(reason).label
