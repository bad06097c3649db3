"""Business nurseries: how full over twelve months, and who of those who left stayed (FOR-03, FOR-04)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
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
    every: list[Unit] | None = []
    nurseries = Site.objects.published().attested().filter(kind=Site.Kind.NURSERY).select_related("subject")
    for site in nurseries:
        units = _units(site)
        every = None if units is None or every is None else [*every, *units]
        yield from _months(("SITE", site.subject.code), units, day, entry(site))
    yield from _months(EPCI, every, day, *map(entry, nurseries))
    yield from _leavers(day)


def _units(site: Site) -> list[Unit] | None:
    """Rooms to let; None when one has no area or no state."""
    lots = list(site.lots.exclude(origin=Origin.DEMO).prefetch_related("states", "occupancies"))
    if not lots or any(lot.square_metres is None or not lot.states.all() for lot in lots):
        return None
    return [_unit(lot) for lot in lots]


def _months(where, units: list[Unit] | None, day: date, *named: Entry) -> Iterator[Counted]:
    for year, month in months_back(day, MONTHS) if units else ():
        means = month_means(units, year, month)
        if means is not None:
            for measure, value in zip((LET, LETTABLE), means, strict=True):
                yield Counted(measure, *where, f"{year}-{month:02}", value, named)


def _unit(lot: Lot) -> Unit:
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
        reckon=Ratio("let", "lettable", times=100, part=True),
    )
)
register_formula(
    Formula(
        measure="pepiniere-part-restees",
        inputs={
            "stayed": Input(STAYED, "entreprises sorties et restées"),
            "left": Input(LEFT, "entreprises sorties"),
        },
        reckon=Ratio("stayed", "left", times=100, part=True),
    )
)
