"""What may be shown: which cells to mask so that nobody is recognised, and an attack that proves it. Pure."""

from .attack import Interval, intervals, leaks
from .cells import LEGEND, SIGN, Cell, Rule, primary, shown
from .protect import Unprotectable, protect
from .relations import Rate, Relation, hierarchy, rates_as_bounds, table
from .releases import Release, leaks_of, protect_release

__all__ = [
    "LEGEND",
    "SIGN",
    "Cell",
    "Interval",
    "Rate",
    "Relation",
    "Release",
    "Rule",
    "Unprotectable",
    "hierarchy",
    "intervals",
    "leaks",
    "leaks_of",
    "primary",
    "protect",
    "protect_release",
    "rates_as_bounds",
    "shown",
    "table",
]
