"""Periods as the official services write them, turned into inclusive days."""

import calendar
import re
from datetime import date
from functools import lru_cache

_PERIOD = re.compile(
    r"^(?P<year>\d{4})"
    r"(?:-?(?:[TQ](?P<quarter>[1-4])|S(?P<half>[12])|M?(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?$"
)


def parse_period(text: str) -> tuple[date, date]:
    """First and last day of a SDMX period: 2023, 2021-T4, 2021-Q4, 2021-S1, 2021-12, 2021-12-31, or any two
    days as `sdmx_period` writes them: 2022-09-01/2025-08-31.

    Raises ValueError, in French, when the text is none of these.
    """
    if "/" in text:
        opening, _, closing = text.partition("/")
        start, end = parse_period(opening)[0], parse_period(closing)[1]
        if end < start:
            raise ValueError(f"période illisible\u00a0: «\u202f{text}\u202f»")
        return start, end
    match = _PERIOD.match(text.strip())
    if match is None:
        raise ValueError(f"période illisible\u00a0: «\u202f{text}\u202f»")
    year = int(match["year"])
    if match["quarter"]:
        last = 3 * int(match["quarter"])
        return _months(year, last - 2, last)
    if match["half"]:
        last = 6 * int(match["half"])
        return _months(year, last - 5, last)
    if match["day"]:
        day = _day(text, year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        month = int(match["month"])
        _day(text, year, month, 1)
        return _months(year, month, month)
    return date(year, 1, 1), date(year, 12, 31)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _day(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"période illisible\u00a0: «\u202f{text}\u202f»") from None


@lru_cache(maxsize=8192)
def frequency(start: date, end: date) -> str:
    """SDMX FREQ of an inclusive period: A, S, Q, M, D, or `_` for any other length."""
    if start == end:
        return "D"
    if start.day != 1 or end.day != calendar.monthrange(end.year, end.month)[1]:
        return "_"
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    aligned = (start.month - 1) % months == 0
    return {1: "M", 3: "Q", 6: "S", 12: "A"}.get(months, "_") if aligned else "_"


@lru_cache(maxsize=8192)
def sdmx_period(start: date, end: date) -> str:
    """The period as SDMX writes it, with the French T for quarters; `start/end` when it has no short form."""
    match frequency(start, end):
        case "A":
            return f"{start.year}"
        case "S":
            return f"{start.year}-S{1 + start.month // 7}"
        case "Q":
            return f"{start.year}-T{1 + (start.month - 1) // 3}"
        case "M":
            return f"{start:%Y-%m}"
        case "D":
            return start.isoformat()
    return f"{start.isoformat()}/{end.isoformat()}"
