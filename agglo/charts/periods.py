"""Where a period stands on a time axis: « 2021 », « 2021-S1 », « 2021-T4 », « 2021-10 », « 2021-10-16 »."""

from datetime import date, timedelta
from functools import lru_cache

from .french import axis_label, period_label

Period = tuple[date, date]


@lru_cache(maxsize=8192)
def parse(x: str | date) -> Period | None:
    """First and last day of the period, both included; None when the text names a category, not a period."""
    if isinstance(x, date):
        return x, x
    year_text, _, rest = x.partition("-")
    if len(year_text) != 4 or not year_text.isdigit() or year_text == "0000":
        return None
    year = int(year_text)
    if not rest:
        return date(year, 1, 1), date(year, 12, 31)
    if len(rest) == 2 and rest[0] in "TQS" and rest[1].isdigit():
        length = 6 if rest[0] == "S" else 3
        last = int(rest[1]) * length
        return (date(year, last - length + 1, 1), _month_end(year, last)) if 0 < last <= 12 else None
    try:
        if len(rest) == 2:
            return date(year, int(rest), 1), _month_end(year, int(rest))
        day = date.fromisoformat(x)
    except ValueError:
        return None
    return day, day


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else date.max
    return following - timedelta(1) if following != date.max else following


@lru_cache(maxsize=8192)
def position(x: str | date) -> float | None:
    """Middle of the period in days, so that a year and its quarters line up; None for a category."""
    period = parse(x)
    return None if period is None else (period[0].toordinal() + period[1].toordinal()) / 2


@lru_cache(maxsize=8192)
def beginning(x: str | date) -> float | None:
    """First day of the period: where a break takes effect; None for a category."""
    period = parse(x)
    return None if period is None else float(period[0].toordinal())


@lru_cache(maxsize=8192)
def long_label(x: str | date) -> str:
    """« T4 2021 », « décembre 2024 »; a category stands for itself."""
    period = parse(x)
    return str(x) if period is None else period_label(*period)


@lru_cache(maxsize=8192)
def short_label(x: str | date) -> str:
    """« T4 2021 », « déc. 2024 »; a category stands for itself."""
    period = parse(x)
    return str(x) if period is None else axis_label(*period)
