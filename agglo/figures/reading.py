"""Reading the ledger: latest, series, comparison, history, all of them *as known on* a date, set-based."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db import connection
from django.utils import timezone

from agglo.figures.figure import Figure, SeriesInfo
from agglo.figures.finding import KNOWN_SERIES, find_series
from agglo.figures.statements import ask
from agglo.figures.vocabulary import Review

Key = tuple[str, str, str]  # measure code, scheme, code of the subject


def moment_of(known_on: date | datetime | None) -> datetime | None:
    """The last instant of the day asked for, in the portal's time zone; None means now."""
    if known_on is None or isinstance(known_on, datetime):
        return known_on
    return timezone.make_aware(datetime.combine(known_on, time.max))


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
    bounds = {"ids": list(infos), "moment": moment, "last": last, "start": start, "end": end}
    limits = []
    if start is not None:
        limits.append("o.period_end >= %(start)s")
    if end is not None:
        limits.append("o.period_start <= %(end)s")
    rows = held_rows(COLUMNS, past=moment is not None, last=bool(last), limits=limits, user=user)
    sql = f"SELECT s.id, o.* FROM unnest(%(ids)s::bigint[]) s(id) CROSS JOIN LATERAL ({rows}) o"  # noqa: S608
    result: dict[int, list[Figure]] = {id_: [] for id_ in infos}
    for row in ask(sql, bounds):
        result[row[0]].append(Figure._make((*row[1:], infos[row[0]])))
    for figures in result.values():
        figures.sort(key=_by_period)
    return result


def held_rows(columns: str, *, past: bool, last: bool, limits: Sequence[str] = (), user=None) -> str:
    """SQL of what is held about the series `s.id`, now or at %(moment)s; the %(last)s ones, latest first."""
    shown = [] if _signed_in(user) else [f"o.review = {int(Review.APPROVED)}"]
    tail = " ORDER BY o.period_start DESC, o.period_end DESC LIMIT %(last)s" if last else ""

    def rows(*interval: str) -> str:
        where = " AND ".join(["o.series_id = s.id", *interval, *shown, *limits])
        return f"SELECT {columns} FROM figures_observation o WHERE {where}{tail}"  # noqa: S608

    if not past:
        return rows("o.known_to IS NULL")
    opened = rows("o.known_to IS NULL", "o.known_from <= %(moment)s")
    closed = rows("o.known_to > %(moment)s", "o.known_from <= %(moment)s")
    # Each index gives its last ones, and of both only the last ones leave PostgreSQL.
    return f"SELECT o.* FROM (({opened}) UNION ALL ({closed})) o{tail}"  # noqa: S608


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
            f"{KNOWN_SERIES} WHERE s.id = %s AND (s.public OR %s)",
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
