"""The last public values about many subjects: what a table shows and is sorted by, and nothing else."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from agglo.figures.reading import moment_of
from agglo.figures.statements import ask
from agglo.figures.vocabulary import Review, State


class Cell(NamedTuple):
    """The last figure of a measure about a subject, as far as a table tells it: `reading.latest` in short."""

    measure: str
    subject_id: int
    value: Decimal | None
    state: int
    decimals: int

    @property
    def has_value(self) -> bool:
        return self.state == State.VALUE


# Of several accounts the first-ranked speaks, even when another one is later, or the only one with figures.
_LATEST = """
SELECT first.code, first.subject_id, held.value, held.state, first.decimals
FROM (SELECT DISTINCT ON (s.subject_id, v.measure_id) s.subject_id, s.id, v.code, v.decimals
      FROM (SELECT v.id, v.measure_id, v.number, v.decimals, m.code
            FROM figures_measureversion v JOIN figures_measure m ON m.id = v.measure_id
            WHERE m.code = ANY(%s) OFFSET 0) v
      {about}
      JOIN figures_breakdown b ON b.id = s.breakdown_id AND b.key = ''
      ORDER BY s.subject_id, v.measure_id, v.number DESC, s.rank, s.id) first
CROSS JOIN LATERAL ({held} ORDER BY o.period_start DESC, o.period_end DESC LIMIT 1) held
"""
_WHOLE = """JOIN figures_series s ON s.measure_version_id = v.id AND s.public
      AND EXISTS (SELECT 1 FROM figures_subject u WHERE u.id = s.subject_id AND u.scheme = %s)"""
# Pairs of a measure and a subject, each one look-up in the index of series: without OFFSET, PostgreSQL reads
# all the series of the measures.
_SOME = """CROSS JOIN unnest(%s::bigint[]) u(id)
      CROSS JOIN LATERAL (
          SELECT s.id, s.subject_id, s.breakdown_id, s.rank FROM figures_series s
          WHERE s.measure_version_id = v.id AND s.subject_id = u.id AND s.public OFFSET 0
      ) s"""
_HELD = """SELECT o.state, o.value, o.period_start, o.period_end FROM figures_observation o
WHERE o.series_id = first.id AND o.review = %s"""


def latest_values(measure: str, scheme: str, known_on: date | datetime | None = None) -> tuple[str, list]:
    """(subject_id, value) of the last figures about a whole scheme, as a query; no row without a figure."""
    held, params = _held(known_on)
    latest = _LATEST.format(about=_WHOLE, held=held)
    sql = f"SELECT l.subject_id, CASE WHEN l.state = {int(State.VALUE)} THEN l.value END AS value"
    return f"{sql} FROM ({latest}) l", [[measure], scheme, *params]


def latest_cells(
    measures: Iterable[str], subjects: Iterable[int], known_on: date | datetime | None = None
) -> dict[tuple[str, int], Cell]:
    """The last figure of each measure about each of these subjects, by (measure, id). One query."""
    held, params = _held(known_on)
    sql = _LATEST.format(about=_SOME, held=held)
    rows = ask(sql, [list(measures), list(subjects), *params])
    return {(row[0], row[1]): Cell._make(row) for row in rows}


def _held(known_on: date | datetime | None) -> tuple[str, list]:
    approved, moment = int(Review.APPROVED), moment_of(known_on)
    if moment is None:
        return f"{_HELD} AND o.known_to IS NULL", [approved]
    tail = " ORDER BY o.period_start DESC, o.period_end DESC LIMIT 1"
    opened = f"({_HELD} AND o.known_to IS NULL AND o.known_from <= %s{tail})"
    closed = f"({_HELD} AND o.known_to > %s AND o.known_from <= %s{tail})"
    sql = f"SELECT o.* FROM ({opened} UNION ALL {closed}) o"  # noqa: S608
    return sql, [approved, moment, approved, moment, moment]
