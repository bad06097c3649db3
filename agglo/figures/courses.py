"""Series at length for drawings: their values in columns, so that a page makes no figure it does not say."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from agglo.figures.figure import SeriesInfo
from agglo.figures.reading import held_rows, moment_of
from agglo.figures.statements import ask
from agglo.figures.vocabulary import Dating, Evidence, Qualifier, State

Period = tuple[date | None, date | None]


class Apart(NamedTuple):
    """What a value that is not simply observed, exact and dated by its source says besides its number."""

    value_high: str | None
    state: int
    evidence: int
    qualifier: int
    dating: int
    obs_status: str


class Course(NamedTuple):
    """The figures of one series, oldest first, as columns of equal length: cheap by the thousand.

    `values` are the digits as they were written, None where there is no number; `apart` tells by position
    what is not a plain value. Without an entry there, a value is one.
    """

    series: SeriesInfo
    periods: tuple[Period, ...]
    values: list[str | None]
    apart: dict[int, Apart]

    def numbers(self, last: int) -> list[float | None]:
        """The last ones as floats, for a small drawing."""
        return [None if value is None else float(value) for value in self.values[-last:]]


_COLUMNS = (
    "o.period_start, o.period_end, o.value, o.value_high, o.state, o.evidence, o.qualifier, o.dating,"
    " o.obs_status"
)
# Dates, numbers and what is apart: one row a series, whatever its length. The rows come sorted, and
# PostgreSQL aggregates them as they come.
_COURSES = f"""
SELECT s.id, c.* FROM unnest(%(ids)s::bigint[]) s(id) CROSS JOIN LATERAL (
    SELECT array_agg(o.period_start)::text, array_agg(o.period_end)::text, array_agg(o.value)::text,
           json_agg(json_build_array(o.period_start, o.period_end, o.value_high::text, o.state, o.evidence,
                                     o.qualifier, o.dating, o.obs_status))
           FILTER (WHERE o.state <> {int(State.VALUE)} OR o.evidence <> {int(Evidence.OBSERVED)}
                   OR o.qualifier <> {int(Qualifier.EXACT)} OR o.dating <> {int(Dating.STATED)}
                   OR o.obs_status IN ('P', 'E'))::text
    FROM ({{rows}}) o
) c
"""  # noqa: S608


def courses(
    series: Iterable[SeriesInfo],
    *,
    last: int,
    known_on: date | datetime | None = None,
    user=None,
) -> dict[int, Course]:
    """What `reading.points` reads, in columns, by series id; a series without figures has none. One query."""
    infos = {info.id: info for info in series}
    if not infos:
        return {}
    moment = moment_of(known_on)
    rows = held_rows(_COLUMNS, past=moment is not None, last=True, user=user)
    found = ask(_COURSES.format(rows=rows), {"ids": list(infos), "moment": moment, "last": last})
    return {
        id_: _course(infos[id_], starts, ends, values, apart)
        for id_, starts, ends, values, apart in found
        if starts is not None
    }


def _course(series: SeriesInfo, starts: str, ends: str, values: str, apart: str | None) -> Course:
    periods = _periods(starts, ends)
    digits = [None if text == "NULL" else text for text in reversed(values[1:-1].split(","))]
    if apart is None:
        return Course(series, periods, digits, {})
    places = {period: place for place, period in enumerate(periods)}
    told = {places[_day(start), _day(end)]: Apart(*rest) for start, end, *rest in json.loads(apart)}
    return Course(series, periods, digits, told)


@lru_cache(maxsize=256)
def _periods(starts: str, ends: str) -> tuple[Period, ...]:
    """Read once for all the series that have the same periods."""
    pairs = zip(starts[1:-1].split(","), ends[1:-1].split(","), strict=True)
    return tuple((_day(start), _day(end)) for start, end in pairs)[::-1]


def _day(text: str | None) -> date | None:
    return None if text is None or text == "NULL" else date.fromisoformat(text)
