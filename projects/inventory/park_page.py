"""What the pages of business parks say: vacancy on a day, the inventory in force, the next one due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from projects.models import InventoryRound, LandUnit, RoundPark, Site

from . import rounds, vacancy


@dataclass(frozen=True, slots=True)
class Park:
    """One park on one day. `counts` is None as long as nobody listed its units, or may not read them yet."""

    site: Site
    counts: vacancy.Vacancy | None
    adopted: RoundPark | None
    open: InventoryRound | None
    open_step: rounds.Step | None
    due: rounds.Due

    @property
    def adopted_rate(self):
        row = self.adopted
        return vacancy.percent(row.vacant, row.units) if row and row.units else None


def parks(published: bool) -> QuerySet[Site]:
    """With all that a line about a park shows; a bounded number of queries whatever their number."""
    found = Site.objects.filter(kind=Site.Kind.PARK).select_related("commune__subject")
    counted = RoundPark.objects.select_related("round").order_by("-round__opened_on", "-round_id")
    return (found.published() if published else found).prefetch_related(
        Prefetch("land_units", queryset=LandUnit.objects.prefetch_related("stays")),
        Prefetch("counted_in", queryset=counted),
    )


def is_adopted(site: Site, day: date) -> bool:
    """From its first act on, what its units say is public: before it, they are being listed and consulted."""
    return any(row.round.step(day) == rounds.Step.ADOPTED for row in site.counted_in.all())


def read(site: Site, day: date, *, public: bool = False) -> Park:
    """Expects a site of `parks`. A round counts from the day of its act on. The `public` reads no unit of a
    park whose inventory was never adopted.
    """
    units = list(site.land_units.all()) if not public or is_adopted(site, timezone.localdate()) else []
    rows = [row for row in site.counted_in.all() if row.round.opened_on <= day]
    adopted = [row for row in rows if row.round.step(day) == rounds.Step.ADOPTED]
    adopted.sort(key=lambda row: row.round.adopted_on, reverse=True)
    current = next((row.round for row in rows if row.round.step(day) != rounds.Step.ADOPTED), None)
    last = adopted[0] if adopted else None
    return Park(
        site,
        vacancy.vacancy((unit.told() for unit in units), day) if units else None,
        last,
        current,
        current.step(day) if current else None,
        rounds.due(last.round.adopted_on if last else None, day),
    )


def one(site: Site, day: date) -> Park:
    """As the public reads it."""
    return read(parks(published=False).get(pk=site.pk), day, public=True)


def owners(site: Site) -> list[tuple[str, int]]:
    """Units by owner. Companies and private persons are one line: so few persons would be recognised."""
    kinds = [unit.owner_kind for unit in site.land_units.all()]
    private = (LandUnit.Owner.LEGAL, LandUnit.Owner.NATURAL)
    return [
        ("personne publique", kinds.count(LandUnit.Owner.PUBLIC)),
        ("société ou particulier", sum(kind in private for kind in kinds)),
        ("non connu", kinds.count(LandUnit.Owner.UNKNOWN)),
    ]
