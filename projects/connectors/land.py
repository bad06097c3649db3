"""Land of business parks and platforms: occupied, available, sold; jobs on it (IND-11, IND-12, IND-15)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from agglo.accounts.audit import trail_stamp
from agglo.figures.vocabulary import Evidence, Qualifier
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, month_of, register_tally
from projects.areas import area_words, to_hectares
from projects.entries import EPCI, entry
from projects.job_table import job_table
from projects.lots import Plot, State, area, available, occupied, sold_between, usable
from projects.models import JobClaim, Lot, Site

USABLE, TAKEN = "site-surface-commercialisable", "site-surface-occupee"
STOCK, PACE, JOBS = "foncier-disponible", "foncier-cession-annuelle", "site-emplois-presents"
YEARS = 5
SOLD_ON_LAND = (Site.Kind.PARK, Site.Kind.PLATFORM)


def count_land(day: date) -> Iterator[Counted]:
    """By site, and for the whole where every park is known."""
    month, parks, described = month_of(day), {}, {}
    for site, plots in _plots().items():
        where = ("SITE", site.subject.code)
        can = usable(plots, day)
        if can is not None and area(can) is not None:
            described[site] = can
            yield from _said(USABLE, where, month, can, site)
            yield from _said(TAKEN, where, month, occupied(can, day), site)
        if site.kind in SOLD_ON_LAND:
            parks[site] = plots
            yield from _said(STOCK, where, month, available(plots, day), site)
            yield from _pace(where, month, plots, day, site)
    if parks:
        every = [plot for plots in parks.values() for plot in plots]
        yield from _said(STOCK, EPCI, month, available(every, day), *parks)
        yield from _pace(EPCI, month, every, day, *parks)
    if described:
        every = [plot for plots in described.values() for plot in plots]
        yield from _said(USABLE, EPCI, month, every, *described)
        yield from _said(TAKEN, EPCI, month, occupied(every, day), *described)
    yield from _jobs(month, set(described))


def _plots() -> dict[Site, list[Plot]]:
    found: dict[Site, list[Plot]] = defaultdict(list)
    lots = Lot.objects.filter(site__in=Site.objects.published().attested())
    for lot in lots.select_related("site__subject").prefetch_related("states").order_by("site__slug", "code"):
        states = [State(one.since, one.works, one.sale, one.use) for one in lot.states.all()]
        found[lot.site].append(Plot(lot.square_metres, states))
    return found


def _said(measure: str, where, month: str, plots: list[Plot], *sites: Site) -> Iterator[Counted]:
    total = area(plots)
    if total is not None:
        count = f"{len(plots)} lots, {area_words(total)}"
        yield Counted(measure, *where, month, to_hectares(total), _named(sites, count))


def _pace(where, month: str, plots: list[Plot], day: date, *sites: Site) -> Iterator[Counted]:
    """Hectares a year over the last five years; nothing sold gives no pace, not a stock for ever."""
    sold = sold_between(plots, _years_before(day, YEARS), day)
    total = area(sold)
    if total:
        yearly = (to_hectares(total) / Decimal(YEARS)).quantize(Decimal("0.0001"))
        yield Counted(PACE, *where, month, yearly, _named(sites, f"{len(sold)} lots vendus en {YEARS} ans"))


def _named(sites: tuple[Site, ...], words: str) -> tuple[Entry, ...]:
    return (entry(sites[0], words),) if len(sites) == 1 else tuple(entry(site) for site in sites)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def _jobs(month: str, described: set[Site]) -> Iterator[Counted]:
    """Jobs that a named counterpart confirmed, each once, as last confirmed in each pool; for the whole
    where each site whose lots are described has some.
    """
    present_at: dict[Site, int] = {}
    for site in Site.objects.published().attested().filter(pools__isnull=False).distinct():
        claims = JobClaim.objects.attested().filter(
            pool__site=site, evidence=Evidence.OBSERVED, qualifier=Qualifier.EXACT, confirmed_on__isnull=False
        )
        table = job_table(claims)
        if table and not table.aside and not table.doubts:
            present_at[site] = sum(one.count.net + one.count.transferred for one in table.counts)
            named = (entry(site, f"{sum(one.count.claims for one in table.counts)} déclarations confirmées"),)
            yield Counted(JOBS, "SITE", site.subject.code, month, present_at[site], named)
    if described and described <= present_at.keys():
        jobs = sum(present_at[site] for site in described)
        yield Counted(JOBS, *EPCI, month, jobs, tuple(map(entry, sorted(described, key=str))))


register_tally(
    Tally(
        code="foncier",
        title="Foncier d’activité et emplois des sites, selon le registre",
        measures=(USABLE, TAKEN, STOCK, PACE, JOBS),
        count=count_land,
        stamp=trail_stamp,
    )
)


def ratio(measure: str, over: Input, under: Input, times: int = 1) -> None:
    register_formula(
        Formula(measure=measure, inputs={"over": over, "under": under}, reckon=Ratio("over", "under", times))
    )


OCCUPIED = Input(TAKEN, "surface occupée")
ratio("site-taux-occupation", OCCUPIED, Input(USABLE, "surface utile commercialisable"), 100)
ratio("site-densite-emploi", Input(JOBS, "emplois présents"), OCCUPIED)
ratio("foncier-annees-de-stock", Input(STOCK, "foncier disponible"), Input(PACE, "cessions par an"))
