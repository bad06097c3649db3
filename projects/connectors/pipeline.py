"""The pipeline of implantations, month by month: what it could bring, how much is decided (IND-07, IND-08).

Closed series: from one month to the next a difference would tell the size of a single case. The public page
of implantations shows what may be shown. Everybody who signs in reads them: what an NDA covers is in none,
nor is a year of a few cases.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from agglo.accounts.audit import trail_stamp
from agglo.opendata.tallies import Counted, Entry, Tally, month_of, register_tally
from projects.conversion_page import FEW
from projects.entries import EPCI
from projects.models import Prospect, WeightSet
from projects.pipeline import cohorts, portfolio_of
from projects.portfolio import Range
from projects.survival import at, curve, median_delay

RANGES = {
    "portefeuille-engage": "engaged",
    "portefeuille-pondere": "weighted",
    "portefeuille-pondere-sans-le-plus-gros": "without_largest",
    "portefeuille-tous": "every",
}
DECIDED, DELAY = "implantation-transformation", "implantation-delai-median"
TWO_YEARS, MONTH = 730, Decimal("30.4375")  # days


def count_pipeline(day: date) -> Iterator[Counted]:
    """The low and high ends of each reading, in jobs that cases could bring; never jobs created."""
    weights = WeightSet.objects.of_class().filter(since__lte=day).first()
    cases = Prospect.objects.attested().without_nda()
    if weights is None or not cases.exists():
        return
    held = portfolio_of(cases, weights, day)
    for measure, name in RANGES.items():
        yield from _ends(measure, getattr(held, name), month_of(day))


def _ends(measure: str, found: Range, month: str) -> Iterator[Counted]:
    low, high = found.rounded
    entries = (Entry("dossiers comptés, non nommés", str(found.cases)),)
    yield Counted(measure, *EPCI, month, low, entries, "BORNE=BASSE")
    if high is not None:
        yield Counted(measure, *EPCI, month, high, entries, "BORNE=HAUTE")


def count_conversion(day: date) -> Iterator[Counted]:
    """By year of qualification, once every case of the year could be followed for two years. Cases that are
    open are censored, lost ones compete.
    """
    for cohort in cohorts(Prospect.objects.attested().without_nda(), day):
        if len(cohort.lives) < FEW or (day - date(cohort.year, 12, 31)).days < TWO_YEARS:
            continue
        steps, year = curve(cohort.lives), str(cohort.year)
        entries = (Entry("dossiers qualifiés dans l’année, non nommés", str(len(cohort.lives))),)
        reached = at(steps, TWO_YEARS)
        if reached is not None:
            share = Decimal(str(round(100 * reached.decided.value, 4)))
            yield Counted(DECIDED, *EPCI, year, share, entries)
        median = median_delay(steps)
        if median is not None:
            yield Counted(DELAY, *EPCI, year, round(median / MONTH, 1), entries)


register_tally(
    Tally(
        code="portefeuille",
        title="Portefeuille d’implantations, emplois possibles",
        measures=tuple(RANGES),
        count=count_pipeline,
        stamp=trail_stamp,
        public=False,
    )
)
register_tally(
    Tally(
        code="transformation",
        title="Implantations : part décidée et délai, par année de qualification",
        measures=(DECIDED, DELAY),
        count=count_conversion,
        stamp=trail_stamp,
        whole=True,
        public=False,
    )
)
