"""How full a nursery was, month by month, and what became of those who left. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Lease:
    """[start, end[; no end while it runs."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Unit:
    """A room to let: its area, since when it exists, its leases, and the stretches it was in works."""

    square_metres: Decimal
    since: date
    leases: Sequence[Lease] = ()
    works: Sequence[Lease] = ()


def month_means(units: Sequence[Unit], year: int, month: int) -> tuple[Decimal, Decimal] | None:
    """(let, lettable) square metres, on average over the days of the month; None when nothing was lettable.

    A room in works is not lettable; one let twice over the same day counts once.
    """
    days = [date(year, month, 1) + timedelta(n) for n in range(calendar.monthrange(year, month)[1])]
    let = lettable = Decimal(0)
    for unit in units:
        open_days = [
            day for day in days if unit.since <= day and not any(one.covers(day) for one in unit.works)
        ]
        lettable += unit.square_metres * len(open_days)
        let += unit.square_metres * sum(any(one.covers(day) for one in unit.leases) for day in open_days)
    if not lettable:
        return None
    cents = Decimal("0.01")
    return (let / len(days)).quantize(cents), (lettable / len(days)).quantize(cents)


def months_back(day: date, count: int) -> list[tuple[int, int]]:
    """The last whole months before a day, oldest first."""
    last = day.year * 12 + day.month - 2
    months = (divmod(last - n, 12) for n in range(count - 1, -1, -1))
    return [(year, month + 1) for year, month in months]


def two_years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 2)
    except ValueError:
        return day.replace(year=day.year + 2, day=28)
