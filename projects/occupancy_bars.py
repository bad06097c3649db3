"""Occupants of a site laid along one axis of years, so that who came after whom is seen. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Bar:
    """From `x` over `width`, in hundredths of the axis; open where no start is known or no end has come."""

    row: object
    x: float
    width: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Axis:
    first: int
    last: int
    bars: list[Bar]


def laid_out(rows: Iterable, today: date) -> Axis | None:
    """None when no start is known: there is then nothing to place anything by."""
    rows = list(rows)
    starts = [row.start for row in rows if row.start]
    if not starts:
        return None
    first, last = min(starts).year, max([today, *(row.end for row in rows if row.end)]).year
    begin, whole = date(first, 1, 1), (date(last + 1, 1, 1) - date(first, 1, 1)).days

    def at(day: date) -> float:
        return 100 * (day - begin).days / whole

    bars = []
    for row in rows:
        x, end = at(row.start or begin), at(row.end or today)
        bars.append(Bar(row, round(x, 2), round(max(end - x, 0.8), 2), row.start is None, row.end is None))
    return Axis(first, last, bars)
