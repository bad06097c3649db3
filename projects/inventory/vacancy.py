"""The vacancy of a business park as article L. 318-8-2 of the code de l’urbanisme has it, on a day. Pure.

The law writes the ratio upside down (all units over vacant ones); the CNIG standard and practice read it as
vacant units over all units: 2 of 15 is 13.3 %. A unit is vacant when, on 1 January of the year, it has had no
activity subject to the CFE for two years and nobody has occupied it over the same two years.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

YEARS = 2


class Cfe(StrEnum):
    """What is known of the activity of a unit for the cotisation foncière des entreprises."""

    ACTIVE = "active"
    ENDED = "ended"
    NEVER = "never"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """One of four; « friche » is another question, asked of the ground and not of its use."""

    ACTIVE = "active"
    UNOCCUPIED = "unoccupied"
    VACANT = "vacant"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Stay:
    """[start, end[; None is not known for a start, not over for an end. `occupied` None: nobody knows."""

    start: date | None
    end: date | None
    occupied: bool | None

    def touches(self, first: date, last: date) -> bool:
        """Whether it holds on some day of [first, last]."""
        return (self.start is None or self.start <= last) and (self.end is None or self.end > first)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is known of one unité foncière. `area` in m²."""

    cfe: Cfe
    cfe_ended_on: date | None = None
    stays: tuple[Stay, ...] = ()
    area: Decimal | None = None
    brownfield: bool | None = None


def reference(day: date) -> date:
    """1 January of the year of taxation that the day lies in."""
    return date(day.year, 1, 1)


def standing(unit: Unit, day: date) -> Standing:
    """
    >>> gone = Unit(Cfe.ENDED, date(2023, 6, 30), (Stay(date(2023, 7, 1), None, False),))
    >>> standing(gone, date(2025, 5, 1)).value, standing(gone, date(2026, 5, 1)).value
    ('unoccupied', 'vacant')
    """
    today = _occupied(unit, day, day)
    if today or _subject_to_cfe(unit, day):
        return Standing.ACTIVE
    last = reference(day)
    first = date(last.year - YEARS, 1, 1)
    empty = _occupied(unit, first, last)
    if today is None:
        return Standing.UNKNOWN
    lately = unit.cfe == Cfe.ENDED and unit.cfe_ended_on > first
    if unit.cfe == Cfe.NEVER or lately or empty:
        return Standing.UNOCCUPIED
    return Standing.UNKNOWN if unit.cfe == Cfe.UNKNOWN or empty is None else Standing.VACANT


def _subject_to_cfe(unit: Unit, day: date) -> bool:
    return unit.cfe == Cfe.ACTIVE or (unit.cfe == Cfe.ENDED and unit.cfe_ended_on > day)


def _occupied(unit: Unit, first: date, last: date) -> bool | None:
    """Whether somebody was there on some day; None where a day is not told and nobody is known."""
    there = [stay for stay in unit.stays if stay.touches(first, last)]
    if any(stay.occupied for stay in there):
        return True
    told = sorted((stay for stay in there if stay.occupied is False), key=lambda stay: stay.start or date.min)
    reached = first
    for stay in told:
        if (stay.start or date.min) > reached:
            return None
        if stay.end is None:
            return False
        reached = max(reached, stay.end)
    return False if reached > last else None


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Units of a park by standing on a day, and their areas; nothing of it is estimated."""

    day: date
    units: dict[Standing, int]
    area: Decimal
    vacant_area: Decimal
    without_area: int
    brownfields: int

    @property
    def total(self) -> int:
        return sum(self.units.values())

    @property
    def vacant(self) -> int:
        return self.units[Standing.VACANT]

    @property
    def unknown(self) -> int:
        return self.units[Standing.UNKNOWN]

    @property
    def rate(self) -> Decimal | None:
        """Statutory: % of all units, in number. At least that much as long as some are unknown."""
        return percent(self.vacant, self.total)

    @property
    def area_rate(self) -> Decimal | None:
        """Another figure, of another unit: % of the area of units whose area is known."""
        return percent(self.vacant_area, self.area)


def percent(part, whole) -> Decimal | None:
    """One decimal; None when there is nothing to divide by."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1")) if whole else None


def vacancy(units: Iterable[Unit], day: date) -> Vacancy:
    counted = dict.fromkeys(Standing, 0)
    area, vacant_area, without, brownfields = Decimal(0), Decimal(0), 0, 0
    for unit in units:
        found = standing(unit, day)
        counted[found] += 1
        brownfields += unit.brownfield is True
        if unit.area is None:
            without += 1
        else:
            area += unit.area
            vacant_area += unit.area if found == Standing.VACANT else 0
    return Vacancy(day, counted, area, vacant_area, without, brownfields)
