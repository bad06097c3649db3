"""Business nurseries: how full over twelve months, and who of those who left stayed (FOR-03, FOR-04)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.charts import french
from agglo.figures.vocabulary import Origin
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, register_tally
from projects.entries import EPCI, entry
from projects.leases import Lease, Unit, month_means, months_back, two_years_after
from projects.models import Departure, Lot, LotState, Occupancy, Site

LET, LETTABLE = "pepiniere-surface-louee", "pepiniere-surface-louable"
LEFT, STAYED = "pepiniere-sorties", "pepiniere-sorties-restees"
MONTHS = 36
IN_WORKS = (LotState.Works.NOT_POSSIBLE, LotState.Works.RAW, LotState.Works.SERVICING)


def count_nurseries(day: date) -> Iterator[Counted]:
    """Means of each month, then leavers by the year they left, once two years have passed."""
    for site in Site.objects.published().attested().filter(kind=Site.Kind.NURSERY).select_related("subject"):
        yield from _months(site, day)
    yield from _leavers(day)


def _months(site: Site, day: date) -> Iterator[Counted]:
    lots = list(site.lots.exclude(origin=Origin.DEMO).prefetch_related("states", "occupancies"))
    if not lots or any(lot.square_metres is None or not lot.states.all() for lot in lots):
        return
    units = [_unit(lot, day) for lot in lots]
    for year, month in months_back(day, MONTHS):
        means = month_means(units, year, month)
        if means is not None:
            for measure, value in zip((LET, LETTABLE), means, strict=True):
                named = (entry(site, f"{len(units)} cellules, {french.quantity(value, 'm²', 0)} en moyenne"),)
                yield Counted(measure, "SITE", site.subject.code, f"{year}-{month:02}", value, named)


def _unit(lot: Lot, day: date) -> Unit:
    states, works = list(lot.states.all()), []
    for state, after in zip(states, [*states[1:], None], strict=True):
        if state.works in IN_WORKS:
            works.append(Lease(state.since, after.since if after else None))
    leases = [Lease(one.start, one.end) for one in lot.occupancies.all() if one.start]
    return Unit(lot.square_metres, states[0].since, tuple(leases), tuple(works))


def _leavers(day: date) -> Iterator[Counted]:
    """An occupant that changed rooms has not left; a year with one nobody looked up has no count of stays."""
    years: dict[int, list[Occupancy]] = defaultdict(list)
    ended = Occupancy.objects.filter(site__kind=Site.Kind.NURSERY, end__isnull=False, site__published=True)
    ended = ended.exclude(origin=Origin.DEMO).exclude(site__origin=Origin.DEMO)
    here = set(
        Occupancy.objects.filter(site__kind=Site.Kind.NURSERY, end__isnull=True).values_list(
            "site_id", "occupant_id"
        )
    )
    last: dict[tuple[int, int], Occupancy] = {}
    for one in ended.select_related("departure").order_by("end", "pk"):
        last[one.site_id, one.occupant_id] = one
    for who, one in last.items():
        if who not in here and two_years_after(date(one.end.year, 12, 31)) <= day:
            years[one.end.year].append(one)
    for year, gone in sorted(years.items()):
        yield Counted(LEFT, *EPCI, str(year), len(gone), (Entry("baux terminés", str(len(gone))),))
        outcomes = [_outcome(one) for one in gone]
        if Departure.Outcome.UNKNOWN not in outcomes:
            stayed = outcomes.count(Departure.Outcome.HERE)
            yield Counted(STAYED, *EPCI, str(year), stayed, (Entry("en activité ici", str(stayed)),))


def _outcome(one: Occupancy) -> str:
    """What was found two years after the end; a look taken too early says nothing."""
    found = getattr(one, "departure", None)
    if found is None or (
        found.outcome == Departure.Outcome.HERE and found.checked_on < two_years_after(one.end)
    ):
        return Departure.Outcome.UNKNOWN
    return found.outcome


register_tally(
    Tally(
        code="pepinieres",
        title="Pépinières d’entreprises : baux et sorties",
        measures=(LET, LETTABLE, LEFT, STAYED),
        count=count_nurseries,
        stamp=trail_stamp,
        whole=True,
    )
)
register_formula(
    Formula(
        measure="pepiniere-taux-occupation",
        inputs={
            "let": Input(LET, "surface louée, moyenne de douze mois", window=12),
            "lettable": Input(LETTABLE, "surface louable, moyenne de douze mois", window=12),
        },
        reckon=Ratio("let", "lettable", times=100),
    )
)
register_formula(
    Formula(
        measure="pepiniere-part-restees",
        inputs={
            "stayed": Input(STAYED, "entreprises sorties et restées"),
            "left": Input(LEFT, "entreprises sorties"),
        },
        reckon=Ratio("stayed", "left", times=100),
    )
)
