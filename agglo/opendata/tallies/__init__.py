"""Figures counted from the records of other rooms: declared tallies, run like official data."""

from .declaring import made_here, of_registers, register_tally, tallies
from .tally import Counted, Entry, Tally, month_of

__all__ = ["Counted", "Entry", "Tally", "made_here", "month_of", "of_registers", "register_tally", "tallies"]
