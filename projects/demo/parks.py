"""Land units of the fictional business parks, who occupied them, and rounds of their inventory."""

from datetime import date
from decimal import Decimal
from random import Random

from projects.demo.sites import TOLD
from projects.inventory.adopting import adopt
from projects.models import InventoryRound, LandUnit, Organisation, RoundPark, Site, UnitStay

UNITS, VACANT = 15, 2  # the example of the standard: 13.3 %
ADOPTED, COMING = 6, 3  # parks of the adopted round, of the one under consultation
EMPTY_SINCE = date(2021, 9, 1)


def inventories(rng: Random, sites: list[Site], companies: list[Organisation]) -> None:
    """Fifteen units a park; the first park has two vacant ones."""
    parks = [site for site in sites if site.kind == Site.Kind.PARK]
    units = [unit for rank, park in enumerate(parks) for unit in _units(rng, rank, park, companies)]
    LandUnit.objects.bulk_create(units)
    UnitStay.objects.bulk_create([stay for unit in units for stay in _stays(rng, unit, companies)])
    if parks:
        _rounds(parks)


def _units(rng: Random, rank: int, park: Site, companies: list[Organisation]) -> list[LandUnit]:
    vacant = VACANT if rank == 0 else rng.randrange(0, 4)
    found = []
    for number in range(1, UNITS + 1):
        empty, kind = number <= vacant, rng.choice(LandUnit.Owner.values)
        named = kind in (LandUnit.Owner.PUBLIC, LandUnit.Owner.LEGAL)
        known = rank == 0 or rng.random() < 0.9
        found.append(
            LandUnit(
                park=park,
                code=f"uf-{number:02d}",
                parcels=[f"99999000ZZ{number:04d}"],
                square_metres=Decimal(rng.randrange(800, 20_000)),
                owner_kind=kind,
                owner=rng.choice(companies) if named else None,
                built=rng.random() < 0.8,
                brownfield=empty and rng.random() < 0.5,
                cfe="ended" if empty else "active" if known else "unknown",
                cfe_ended_on=EMPTY_SINCE if empty else None,
                **TOLD,
            )
        )
    return found


def _stays(rng: Random, unit: LandUnit, companies: list[Organisation]) -> list[UnitStay]:
    start = date(rng.randrange(2005, 2019), 1, 1)
    if unit.cfe == "unknown":
        return []
    end = EMPTY_SINCE if unit.cfe == "ended" else None
    found = [
        UnitStay(unit=unit, use="occupied", occupant=rng.choice(companies), start=start, end=end, **TOLD)
    ]
    if end:
        found.append(UnitStay(unit=unit, use="empty", start=end, **TOLD))
    return found


def _rounds(parks: list[Site]) -> None:
    for name, chosen, consulted in (
        ("Inventaire fictif 2024", parks[:ADOPTED], (date(2024, 3, 4), date(2024, 4, 3))),
        ("Inventaire fictif en cours", parks[ADOPTED : ADOPTED + COMING], (None, None)),
    ):
        opened = InventoryRound.objects.create(
            name=name,
            opened_on=date(2024, 1, 15),
            consultation_start=consulted[0],
            consultation_end=consulted[1],
            **TOLD,
        )
        RoundPark.objects.bulk_create(RoundPark(round=opened, park=park) for park in chosen)
        if consulted[1]:
            adopt(opened, date(2024, 6, 28), "délibération fictive 2024/000")
