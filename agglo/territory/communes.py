"""What the pages say of communes: populations as known on a day, and where each stands in the EPCI."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agglo.figures import arithmetic, reading
from agglo.figures.models import Measure
from agglo.figures.reading import Figure
from agglo.opendata.declaration import Declaration, declared
from agglo.territory.map import Value
from agglo.territory.models import Kind, Territory
from agglo.territory.population import MUNICIPALE

NEAREST = 6


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One line of the list. `change` is in percent since the period before, None when there is none."""

    code: str
    name: str
    sort_key: str
    href: str
    zone: str
    postcodes: str
    figure: Figure | None
    change: Decimal | None

    @property
    def population(self) -> Decimal | None:
        return self.figure.value if self.figure else None

    @property
    def year(self) -> int | None:
        return self.figure.end.year if self.figure else None

    @property
    def value(self) -> Value:
        """For the map: the number, or why there is none."""
        if self.figure is None or not self.figure.has_value:
            return "n.d."
        return self.figure.value


def rows(communes: Iterable[Territory], day: date | None) -> list[CommuneRow]:
    """Communes (with their zone) and their last two populations; two queries beside that of `communes`."""
    communes = list(communes)
    found = reading.series([MUNICIPALE], [(t.kind, t.code) for t in communes], last=2, known_on=day)
    return [_row(commune, found.get((MUNICIPALE, commune.kind, commune.code), [])) for commune in communes]


def _row(commune: Territory, figures: list[Figure]) -> CommuneRow:
    change = arithmetic.change(*figures).percent if len(figures) == 2 else None
    return CommuneRow(
        code=commune.code,
        name=commune.name,
        sort_key=commune.subject.search_key,
        href=commune.subject.path,
        zone=commune.zone_name or "",
        postcodes=commune.postcodes,
        figure=figures[-1] if figures else None,
        change=change,
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a commune stands in the EPCI, at one period: its share of the population, its rank."""

    share: Decimal
    rank: int
    of: int
    year: int


def standing(code: str, everywhere: list[CommuneRow]) -> Standing | None:
    """None when the commune, or part of the others, has no value at one same period."""
    figures = [row.figure for row in everywhere if row.figure is not None and row.figure.has_value]
    own = next((f for f in figures if f.series.code == code), None)
    if own is None or len(figures) < len(everywhere) or len({(f.start, f.end) for f in figures}) > 1:
        return None
    total = arithmetic.add_up(figures).value
    rank = 1 + sum(1 for f in figures if f.value > own.value)
    return Standing(100 * own.value / total, rank, len(figures), own.end.year)


def nearest(commune: Territory, others: Iterable[Territory]) -> list[Territory]:
    """The closest communes by their centres: what can be said before contours tell the neighbours."""
    placed = [t for t in others if t.pk != commune.pk and t.latitude is not None]
    if commune.latitude is None:
        return []
    return sorted(
        placed,
        # A degree of longitude is about 0.636 degree of latitude here.
        key=lambda t: (
            (t.latitude - commune.latitude) ** 2 + ((t.longitude - commune.longitude) * Decimal("0.636")) ** 2
        ),
    )[:NEAREST]


def figures_of(code: str, day: date | None) -> list[list[Figure]]:
    """Every public series about the whole commune, oldest first, population in front; three queries."""
    codes = list(
        Measure.objects.filter(
            versions__series__subject__scheme=Kind.COMMUNE,
            versions__series__subject__code=code,
            versions__series__public=True,
        )
        .distinct()
        .values_list("code", flat=True)
    )
    found = reading.series(codes, [(Kind.COMMUNE.value, code)], last=12, known_on=day)
    held = [figures for figures in found.values() if figures]
    return sorted(held, key=lambda f: (f[0].series.measure != MUNICIPALE, f[0].series.name))


def yet_to_come(held: list[list[Figure]]) -> list[Declaration]:
    """Declared datasets about communes that have said nothing of this one yet."""
    there = {figures[0].series.dataset for figures in held}
    return [
        d
        for d in declared().values()
        if d.measures and Kind.COMMUNE in d.schemes.values() and d.code not in there
    ]
