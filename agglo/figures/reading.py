"""Reading the ledger: latest, series, comparison, history, all of them *as known on* a date, set-based."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db import connection
from django.utils import timezone

from agglo.figures.figure import Figure, SeriesInfo
from agglo.figures.vocabulary import Review

Key = tuple[str, str, str]  # measure code, scheme, code of the subject


def moment_of(known_on: date | datetime | None) -> datetime | None:
    """The last instant of the day asked for, in the portal's time zone; None means now."""
    if known_on is None or isinstance(known_on, datetime):
        return known_on
    return timezone.make_aware(datetime.combine(known_on, time.max))


SERIES = """
SELECT s.id, m.code, v.number, v.name, v.counted_unit, v.counted_unit_one, v.symbol, v.decimals, v.kind,
       v.direction, v.territory_rule, dv.name, v.min_count, u.id, u.scheme, u.code, u.name, u.kind_label,
       u.path, b.key, d.id, d.code, d.title, src.name, s.rank
FROM {start}
JOIN figures_breakdown b ON b.id = s.breakdown_id
JOIN figures_dataset d ON d.id = s.dataset_id
JOIN figures_source src ON src.id = d.source_id
LEFT JOIN LATERAL (SELECT name FROM figures_measureversion WHERE measure_id = v.denominator_id
                   ORDER BY number DESC LIMIT 1) dv ON true
"""
ANY_SERIES = """
figures_series s
JOIN figures_measureversion v ON v.id = s.measure_version_id
JOIN figures_measure m ON m.id = v.measure_id
JOIN figures_subject u ON u.id = s.subject_id
"""
# Measures and subjects are few and found first; each pair of them is then one look-up in the series' index.
_PAIRS = """
(SELECT v.* FROM figures_measure m JOIN figures_measureversion v ON v.measure_id = m.id
 WHERE m.code = ANY(%s) OFFSET 0) v
JOIN figures_measure m ON m.id = v.measure_id
CROSS JOIN (SELECT u.* FROM unnest(%s::text[], %s::text[]) p(scheme, code)
            JOIN figures_subject u ON u.scheme = p.scheme AND u.code = p.code OFFSET 0) u
JOIN figures_series s ON s.measure_version_id = v.id AND s.subject_id = u.id
"""


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
    where: list[str] = []
    if subjects is not None:
        pairs = list(subjects)
        start, params = _PAIRS, [list(measures), [p[0] for p in pairs], [p[1] for p in pairs]]
    else:
        start, params = ANY_SERIES, [list(measures)]
        where.append("m.code = ANY(%s)")
    if breakdowns is not None:
        where.append("b.key = ANY(%s)")
        params.append(list(breakdowns))
    if not getattr(user, "is_authenticated", False):
        where.append("s.public")
    limits = f"WHERE {' AND '.join(where)}" if where else ""
    sql = f"{SERIES.format(start=start)} {limits} ORDER BY v.number DESC, s.rank, s.id"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found = [SeriesInfo._make(row) for row in cursor.fetchall()]
    if every_account:
        return found
    first: dict[tuple, SeriesInfo] = {}
    for info in found:
        first.setdefault((info.measure, info.subject_id, info.breakdown), info)
    return list(first.values())


COLUMNS = (
    "o.id, o.period_start, o.period_end, o.value, o.value_high, o.state, o.evidence, o.qualifier, o.dating,"
    " o.origin, o.obs_status, o.reason, o.known_from, o.known_to, o.release_id, o.quotation_id"
)


def points(
    series: Sequence[SeriesInfo],
    *,
    last: int | None = None,
    start: date | None = None,
    end: date | None = None,
    known_on: date | datetime | None = None,
    user=None,
) -> dict[int, list[Figure]]:
    """Figures of these series by series id, oldest first; only the `last` ones of each if asked. One query.

    The open figures are read from one partial index and, for a past date, the closed ones from another,
    so that the cost follows the number of figures returned and not the size of the ledger.
    """
    infos = {info.id: info for info in series}
    if not infos:
        return {}
    moment = moment_of(known_on)
    limits, bounds = [], {"ids": list(infos), "moment": moment, "last": last, "start": start, "end": end}
    if not getattr(user, "is_authenticated", False):
        limits.append(f"o.review = {int(Review.APPROVED)}")
    if start is not None:
        limits.append("o.period_end >= %(start)s")
    if end is not None:
        limits.append("o.period_start <= %(end)s")
    extra = "".join(f" AND {limit}" for limit in limits)
    tail = " ORDER BY o.period_start DESC, o.period_end DESC LIMIT %(last)s" if last else ""
    base = f"SELECT {COLUMNS} FROM figures_observation o WHERE o.series_id = s.id"  # noqa: S608
    rows = f"({base} AND o.known_to IS NULL{extra}"
    if moment is not None:
        rows += " AND o.known_from <= %(moment)s"
        rows += f"{tail}) UNION ALL ({base} AND o.known_to > %(moment)s AND o.known_from <= %(moment)s{extra}"
    rows += f"{tail})"
    sql = f"SELECT s.id, o.* FROM unnest(%(ids)s::bigint[]) s(id) CROSS JOIN LATERAL ({rows}) o"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, bounds)
        fetched = cursor.fetchall()
    result: dict[int, list[Figure]] = {id_: [] for id_ in infos}
    for row in fetched:
        result[row[0]].append(Figure._make((*row[1:], infos[row[0]])))
    for id_, figures in result.items():
        figures.sort(key=_by_period)
        if last and len(figures) > last:
            result[id_] = figures[-last:]
    return result


def _by_period(figure: Figure) -> tuple:
    return (figure.start or date.max, figure.end or date.max)


def latest(
    measures: Iterable[str],
    subjects: Iterable[tuple[str, str]] | None = None,
    *,
    known_on: date | datetime | None = None,
    user=None,
) -> dict[Key, Figure]:
    """The last figure of each measure about each subject, by (measure, scheme, code). Two queries."""
    series = find_series(measures, subjects, user=user)
    found = points(series, last=1, known_on=known_on, user=user)
    return {(s.measure, s.scheme, s.code): found[s.id][0] for s in series if found[s.id]}


_HELD = """
(SELECT o.state, o.value, o.period_start, o.period_end FROM figures_observation o
 WHERE o.series_id = first.id AND {interval} AND o.review = %s
 ORDER BY o.period_start DESC, o.period_end DESC LIMIT 1)
"""
_LATEST_VALUE = """
(SELECT CASE WHEN held.state = 0 THEN held.value END
 FROM (SELECT s.id FROM figures_measure m JOIN figures_measureversion v ON v.measure_id = m.id
       JOIN figures_series s ON s.measure_version_id = v.id AND s.subject_id = figures_subject.id AND s.public
       JOIN figures_breakdown b ON b.id = s.breakdown_id AND b.key = ''
       WHERE m.code = %s ORDER BY v.number DESC, s.rank, s.id LIMIT 1) first
 CROSS JOIN LATERAL ({held}) held ORDER BY held.period_start DESC, held.period_end DESC LIMIT 1)
"""


def latest_value_sql(measure: str, known_on: date | datetime | None = None) -> tuple[str, list]:
    """The public value that `latest` finds, as an expression on a row of figures_subject: to sort by it."""
    approved, moment = int(Review.APPROVED), moment_of(known_on)
    if moment is None:
        return _LATEST_VALUE.format(held=_HELD.format(interval="o.known_to IS NULL")), [measure, approved]
    opened = _HELD.format(interval="o.known_to IS NULL AND o.known_from <= %s")
    closed = _HELD.format(interval="o.known_to > %s AND o.known_from <= %s")
    held = f"{opened} UNION ALL {closed}"
    return _LATEST_VALUE.format(held=held), [measure, moment, approved, moment, moment, approved]


def series(
    measures: Iterable[str],
    subjects: Iterable[tuple[str, str]] | None = None,
    *,
    last: int | None = None,
    start: date | None = None,
    end: date | None = None,
    known_on: date | datetime | None = None,
    user=None,
) -> dict[Key, list[Figure]]:
    """The figures of each measure about each subject, oldest first. Two queries."""
    infos = find_series(measures, subjects, user=user)
    found = points(infos, last=last, start=start, end=end, known_on=known_on, user=user)
    return {(s.measure, s.scheme, s.code): found[s.id] for s in infos}


def compare(
    measure: str,
    subjects: Iterable[tuple[str, str]] | None,
    period: tuple[date, date] | None = None,
    *,
    known_on: date | datetime | None = None,
    user=None,
) -> list[Figure]:
    """One measure over several subjects at one period: the given one, else the last most of them have."""
    infos = find_series([measure], subjects, user=user)
    if period is not None:
        rows = points(infos, start=period[0], end=period[1], known_on=known_on, user=user)
        return [f for found in rows.values() for f in found if (f.start, f.end) == period]
    rows = points(infos, last=8, known_on=known_on, user=user)
    counts: dict[tuple, int] = {}
    for found in rows.values():
        for figure in found:
            counts[(figure.start, figure.end)] = counts.get((figure.start, figure.end), 0) + 1
    if not counts:
        return []
    most = max(counts.values())
    chosen = max((p for p, n in counts.items() if n == most), key=lambda p: p[1] or date.min)
    return [f for found in rows.values() for f in found if (f.start, f.end) == chosen]


def read_figure(observation_id: int, *, user=None) -> Figure | None:
    """One figure by its id, open or closed; None when it does not exist or is not for this reader."""
    sql = f"SELECT {COLUMNS}, o.series_id, o.review FROM figures_observation o WHERE o.id = %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, [observation_id])
        row = cursor.fetchone()
        if row is None:
            return None
        cursor.execute(
            f"{SERIES.format(start=ANY_SERIES)} WHERE s.id = %s AND (s.public OR %s)",
            [row[-2], _signed_in(user)],
        )
        info = cursor.fetchone()
    if info is None or (row[-1] != Review.APPROVED and not _signed_in(user)):
        return None
    return Figure(*row[:-2], SeriesInfo(*info))


def history(figure: Figure, *, user=None) -> list[Figure]:
    """Everything ever held about the same series and period, oldest knowledge first. One query."""
    sql = (
        f"SELECT {COLUMNS} FROM figures_observation o WHERE o.series_id = %s"  # noqa: S608
        " AND o.period_start IS NOT DISTINCT FROM %s AND o.period_end IS NOT DISTINCT FROM %s"
        " AND (o.review = %s OR %s) ORDER BY o.known_from"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [figure.series.id, figure.start, figure.end, int(Review.APPROVED), _signed_in(user)]
        )
        return [Figure(*row, figure.series) for row in cursor.fetchall()]


def _signed_in(user) -> bool:
    return bool(getattr(user, "is_authenticated", False))


def stamp() -> str:
    """Changes whenever a transaction that touched the ledger commits; what page caches and ETags hang on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), max(id) FROM figures_change")
        return "{}-{}".format(*cursor.fetchone())
