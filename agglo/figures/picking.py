"""Figures taken by their ids, whatever series they belong to, and the one that followed each."""

from collections.abc import Iterable

from django.db import connection

from agglo.figures.figure import Figure, SeriesInfo
from agglo.figures.finding import KNOWN_SERIES
from agglo.figures.reading import COLUMNS
from agglo.figures.vocabulary import Review


def pick(ids: Iterable[int]) -> dict[int, Figure]:
    """The public figures of these ids, open or closed. Two queries whatever the number."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, o.series_id FROM figures_observation o"  # noqa: S608
            " WHERE o.id = ANY(%s) AND o.review = %s",
            [wanted, int(Review.APPROVED)],
        )
        rows = cursor.fetchall()
        cursor.execute(
            f"{KNOWN_SERIES} WHERE s.id = ANY(%s) AND s.public",
            [list({row[-1] for row in rows})],
        )
        series = {row[0]: SeriesInfo(*row) for row in cursor.fetchall()}
    return {row[0]: Figure(*row[:-1], series[row[-1]]) for row in rows if row[-1] in series}


_NEXT = """
SELECT o.id, n.id FROM figures_observation o
CROSS JOIN LATERAL (
    SELECT n.id FROM figures_observation n
    WHERE n.series_id = o.series_id AND n.period_start IS NOT DISTINCT FROM o.period_start
      AND n.period_end IS NOT DISTINCT FROM o.period_end AND n.known_from >= o.known_to AND n.review = %s
    ORDER BY n.known_from LIMIT 1
) n
WHERE o.id = ANY(%s) AND o.known_to IS NOT NULL
"""


def successors(ids: Iterable[int]) -> dict[int, int]:
    """For each closed figure, the id of what took its place; absent when it was withdrawn. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [int(Review.APPROVED), list(ids)])
        return dict(cursor.fetchall())
