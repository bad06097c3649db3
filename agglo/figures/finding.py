"""Finding series: which ones speak of these measures and subjects, with what a page says about them."""

from collections.abc import Iterable

from django.db import connection

from agglo.figures.figure import SeriesInfo
from agglo.figures.statements import ask

_DEFINED = """
SELECT v.id, m.code, v.number, v.name, v.counted_unit, v.counted_unit_one, v.symbol, v.decimals, v.kind,
       v.direction, v.territory_rule, v.min_count,
       (SELECT d.name FROM figures_measureversion d WHERE d.measure_id = v.denominator_id
        ORDER BY d.number DESC LIMIT 1) AS denominator
FROM figures_measureversion v JOIN figures_measure m ON m.id = v.measure_id
"""
_SERIES = """
SELECT s.id, v.code, v.number, v.name, v.counted_unit, v.counted_unit_one, v.symbol, v.decimals, v.kind,
       v.direction, v.territory_rule, v.denominator, v.min_count, u.id, u.scheme, u.code, u.name,
       u.kind_label, u.path, b.key, d.id, d.code, d.title, d.source, s.rank
FROM {start}
JOIN figures_breakdown b ON b.id = s.breakdown_id
JOIN (SELECT d.id, d.code, d.title, src.name AS source FROM figures_dataset d
      JOIN figures_source src ON src.id = d.source_id OFFSET 0) d ON d.id = s.dataset_id
"""
# For series that are named by their ids: what they measure is looked up one by one.
KNOWN_SERIES = _SERIES.format(
    start=f"""figures_series s JOIN ({_DEFINED}) v ON v.id = s.measure_version_id
    JOIN figures_subject u ON u.id = s.subject_id"""
)
# Measures and subjects are few and found first, once each; a pair of them is one look-up in the index of
# series. Found apart, they also leave the planner few tables to put in order: it cost as much as reading.
_MEASURED = f"WITH v AS MATERIALIZED ({_DEFINED} WHERE m.code = ANY(%s))"
_ABOUT = """, u AS MATERIALIZED (
    SELECT u.id, u.scheme, u.code, u.name, u.kind_label, u.path
    FROM unnest(%s::text[], %s::text[]) p(scheme, code)
    JOIN figures_subject u ON u.scheme = p.scheme AND u.code = p.code)
"""
_PAIRS = "v CROSS JOIN u JOIN figures_series s ON s.measure_version_id = v.id AND s.subject_id = u.id"
_ANY = """v JOIN figures_series s ON s.measure_version_id = v.id
JOIN figures_subject u ON u.id = s.subject_id"""


def find_series(
    measures: Iterable[str],
    subjects: Iterable[tuple[str, str]] | None = None,
    breakdowns: Iterable[str] | None = ("",),
    *,
    user=None,
    every_account: bool = False,
) -> list[SeriesInfo]:
    """Series of these measures (any subject, unless (scheme, code) pairs are given), in one query.

    Of several accounts of the same thing only the first-ranked is returned, unless `every_account`.
    Without a signed-in user, only public series.
    """
    sql, params, where = _MEASURED, [list(measures)], []
    if subjects is not None:
        pairs = list(subjects)
        sql += _ABOUT + _SERIES.format(start=_PAIRS)
        params += [[p[0] for p in pairs], [p[1] for p in pairs]]
    else:
        sql += _SERIES.format(start=_ANY)
    if breakdowns is not None:
        where.append("b.key = ANY(%s)")
        params.append(list(breakdowns))
    if not getattr(user, "is_authenticated", False):
        where.append("s.public")
    limits = f"WHERE {' AND '.join(where)}" if where else ""
    sql += f" {limits} ORDER BY v.number DESC, s.rank, s.id"
    if subjects is not None:
        found = [SeriesInfo._make(row) for row in ask(sql, params)]
    else:
        # How many series there are depends on the measures: planned for these.
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            found = [SeriesInfo._make(row) for row in cursor.fetchall()]
    if every_account:
        return found
    first: dict[tuple, SeriesInfo] = {}
    for info in found:
        first.setdefault((info.measure, info.subject_id, info.breakdown), info)
    return list(first.values())
