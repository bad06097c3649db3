"""What the ledger answers to an indicator: series, figures, former values, breaks, editions; a fixed
number of
queries whatever the number of figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from agglo.figures import reading
from agglo.figures.models import Break, Release
from agglo.figures.reading import Figure, SeriesInfo
from agglo.figures.vocabulary import Review
from agglo.indicators.models import Followed, Indicator
from agglo.opendata.formulas import official_behind

Period = tuple[date | None, date | None]
EPCI = ("EPCI", settings.EPCI_CODE)


class Former(NamedTuple):
    """What was held before about one period of a series."""

    series_id: int
    start: date
    end: date
    value: Decimal | None
    state: int
    known_to: datetime
    release_id: int


class Revision(NamedTuple):
    """One value that changed: before, after, when we learnt it, from which edition to which; `label` is what
    it counts.
    """

    label: str
    figure: Figure
    before: Former
    edition_before: str
    edition: str


@dataclass(slots=True)
class Answer:
    """Everything a page, a download or a chart says about an indicator, as known on a date (None: now)."""

    indicator: Indicator
    followed: list[Followed]
    known_on: date | None
    figures: dict[SeriesInfo, list[Figure]]
    former: dict[int, dict[Period, Former]] = field(default_factory=dict)
    breaks: list[Break] = field(default_factory=list)
    releases: dict[int, Release] = field(default_factory=dict)

    @property
    def has_data(self) -> bool:
        return any(self.figures.values())

    def of_measure(self, code: str) -> dict[SeriesInfo, list[Figure]]:
        return {info: rows for info, rows in self.figures.items() if info.measure == code and rows}

    @property
    def headline(self) -> Followed | None:
        """The first measure that has figures about the subject, else about anything."""
        subject = self.indicator.subject
        for wanted in (True, False):
            for one in self.followed:
                for info in self.of_measure(one.measure.code):
                    if not wanted or (info.scheme, info.code) == subject:
                        return one
        return None

    @property
    def attested(self) -> bool:
        """Dated statements, or what is worked out of nothing else, never joined by a line."""
        headline = self.headline
        if headline is None:
            return False
        told = {info.dataset for info in self.of_measure(headline.measure.code)}
        return not any(official_behind(dataset) for dataset in told)

    def main(self) -> list[Figure]:
        """Figures of the headline about the subject, oldest first: the first-ranked account, or every
        dated statement.
        """
        headline = self.headline
        if headline is None:
            return []
        rows = self.of_measure(headline.measure.code)
        about = [info for info in rows if (info.scheme, info.code) == self.indicator.subject] or list(rows)
        if self.attested:
            told = [figure for info in about for figure in rows[info]]
            return sorted(told, key=lambda f: (f.end or date.min, -f.series.rank, -f.id))
        return rows[min(about, key=lambda info: (info.rank, info.id))]

    def breaks_of(self, measure: str) -> list[Break]:
        return [b for b in self.breaks if b.measure.code == measure]

    def revisions(self) -> list[Revision]:
        """Values that changed, latest period first."""
        found = []
        labels = {one.measure.code: one.label for one in self.followed}
        for info, figures in self.figures.items():
            for figure in figures:
                before = self.former.get(info.id, {}).get((figure.start, figure.end))
                if before is not None and (before.value, before.state) != (figure.value, figure.state):
                    editions = (self.edition(before.release_id), self.edition(figure.release_id))
                    found.append(Revision(labels[info.measure], figure, before, *editions))
        return sorted(found, key=lambda r: (r.figure.end or date.min, r.figure.series.subject), reverse=True)

    def edition(self, release_id: int) -> str:
        release = self.releases.get(release_id)
        return release.edition if release else ""


def answer(
    indicator: Indicator, known_on: date | None = None, *, last: int | None = None, user=None
) -> Answer:
    """Six queries: what is followed, series, figures, former values, breaks, editions."""
    followed = list(indicator.followed.select_related("measure"))
    measures = [one.measure.code for one in followed]
    subjects = indicator.subjects + ([EPCI] if EPCI not in indicator.subjects else [])
    infos = reading.find_series(measures, subjects, user=user, every_account=True)
    rows = reading.points(infos, known_on=known_on, last=last, user=user)
    found = Answer(indicator, followed, known_on, {info: rows[info.id] for info in infos})
    found.former = former_values([info.id for info in infos if rows[info.id]], known_on)
    found.breaks = list(Break.objects.filter(measure__code__in=measures).select_related("measure"))
    used = {figure.release_id for figures in rows.values() for figure in figures}
    used |= {one.release_id for periods in found.former.values() for one in periods.values()}
    found.releases = Release.objects.select_related("dataset__source").in_bulk(used)
    return found


def former_values(series: Sequence[int], known_on: date | None = None) -> dict[int, dict[Period, Former]]:
    """The last value closed before the date, by series and period: what an earlier edition said. One
    query.
    """
    if not series:
        return {}
    sql = """
        SELECT DISTINCT ON (series_id, period_start, period_end)
               series_id, period_start, period_end, value, state, known_to, release_id
        FROM figures_observation
        WHERE series_id = ANY(%(series)s) AND known_to IS NOT NULL AND review = %(review)s
              AND (%(moment)s::timestamptz IS NULL OR known_to <= %(moment)s)
        ORDER BY series_id, period_start, period_end, known_to DESC
    """
    moment = reading.moment_of(known_on)
    found: dict[int, dict[Period, Former]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"series": list(series), "moment": moment, "review": int(Review.APPROVED)})
        for row in cursor.fetchall():
            one = Former(*row)
            found[one.series_id][one.start, one.end] = one
    return dict(found)
