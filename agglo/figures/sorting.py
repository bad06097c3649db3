"""The last public value of a measure about each subject, as a query: PostgreSQL sorts subjects by it."""

from datetime import date, datetime

from agglo.figures.reading import moment_of
from agglo.figures.vocabulary import Review

_LATEST_VALUES = """
SELECT first.subject_id, CASE WHEN held.state = 0 THEN held.value END AS value
FROM (SELECT DISTINCT ON (s.subject_id) s.subject_id, s.id
      FROM figures_measure m JOIN figures_measureversion v ON v.measure_id = m.id
      JOIN figures_series s ON s.measure_version_id = v.id AND s.public
      JOIN figures_subject u ON u.id = s.subject_id AND u.scheme = %s
      JOIN figures_breakdown b ON b.id = s.breakdown_id AND b.key = ''
      WHERE m.code = %s ORDER BY s.subject_id, v.number DESC, s.rank, s.id) first
CROSS JOIN LATERAL ({held} ORDER BY o.period_start DESC, o.period_end DESC LIMIT 1) held
"""
_HELD = """SELECT o.state, o.value, o.period_start, o.period_end FROM figures_observation o
WHERE o.series_id = first.id AND o.review = %s"""


def latest_values(measure: str, scheme: str, known_on: date | datetime | None = None) -> tuple[str, list]:
    """(subject_id, value) of what `reading.latest` finds for anybody; no row where it finds nothing."""
    approved, moment = int(Review.APPROVED), moment_of(known_on)
    if moment is None:
        held, params = f"{_HELD} AND o.known_to IS NULL", [approved]
    else:
        opened = f"{_HELD} AND o.known_to IS NULL AND o.known_from <= %s"
        closed = f"{_HELD} AND o.known_to > %s AND o.known_from <= %s"
        held = f"SELECT o.* FROM ({opened} UNION ALL {closed}) o"  # noqa: S608
        params = [approved, moment, approved, moment, moment]
    return _LATEST_VALUES.format(held=held), [scheme, measure, *params]
