"""What may be shown: which cells to mask so that nobody is recognised, and an attack that proves it. Pure."""

from .attack import Interval, intervals, leaks
from .cells import LEGEND, SIGN, Cell, Rule, primary, shown
from .protect import Unprotectable, protect
from .relations import Rate, Relation, hierarchy, rates_as_bounds, table

__all__ = [
    "LEGEND",
    "SIGN",
    "Cell",
    "Interval",
    "Rate",
    "Relation",
    "Rule",
    "Unprotectable",
    "hierarchy",
    "intervals",
    "leaks",
    "primary",
    "protect",
    "rates_as_bounds",
    "shown",
    "table",
]
