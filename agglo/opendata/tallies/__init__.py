"""Figures counted from the records of other rooms: declared tallies, run like official data."""

from .declaring import register_tally, tallies
from .tally import Counted, Entry, Tally, month_of

__all__ = ["Counted", "Entry", "Tally", "month_of", "register_tally", "tallies"]
