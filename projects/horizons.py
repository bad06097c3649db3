"""Jobs announced beside jobs confirmed 12, 24 and 36 months later, by year of announcement. Pure.

Jobs of a pool are counted once: its largest announcement of a year stands for the others. What nobody has
confirmed around the horizon is unknown: neither zero, nor left out of the announced jobs without a word.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from agglo.figures.vocabulary import Qualifier
from projects.jobs import qualified, realised

HORIZONS = (12, 24, 36)  # months
AROUND = timedelta(days=183)  # how far from the horizon an observation still speaks of it


@dataclass(frozen=True, slots=True)
class Announced:
    """`number` jobs of a pool, said on a day; `number` is our part of them."""

    pool: str
    on: date
    number: int
    qualifier: int = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class Seen:
    """Jobs of a pool confirmed by a named counterpart, on the day they were there."""

    on: date
    number: int
    qualifier: int = Qualifier.EXACT


@dataclass(frozen=True, slots=True)
class AtHorizon:
    """Of pools whose horizon has passed: `due` jobs announced; `known` ones have an observation, `seen`.

    Each `_is` says what the words of the sources do to its sum: « environ » stays.
    """

    months: int
    due: int
    known: int
    seen: int
    pools: int
    pools_known: int
    not_yet: int
    due_is: Qualifier = Qualifier.EXACT
    known_is: Qualifier = Qualifier.EXACT
    seen_is: Qualifier = Qualifier.EXACT
    left_is: Qualifier = Qualifier.EXACT  # due, and not known

    @property
    def percent(self) -> float | None:
        """Of the jobs whose fate is known; None when none is."""
        return realised(self.known, self.seen) if self.pools_known else None


@dataclass(frozen=True, slots=True)
class Cohort:
    """Jobs first announced in one year."""

    year: int
    announced: int
    pools: int
    horizons: tuple[AtHorizon, ...]
    qualifier: Qualifier = Qualifier.EXACT


def cohorts(said: Iterable[Announced], seen: Mapping[str, Sequence[Seen]], today: date) -> list[Cohort]:
    """A pool belongs to the year of its first announcement, with the largest number of that year."""
    first: dict[str, Announced] = {}
    for one in sorted(said, key=lambda one: (one.on, -one.number)):
        held = first.setdefault(one.pool, one)
        if one.on.year == held.on.year and one.number > held.number:
            first[one.pool] = Announced(one.pool, held.on, one.number, one.qualifier)
    years: dict[int, list[Announced]] = {}
    for one in first.values():
        years.setdefault(one.on.year, []).append(one)
    return [
        Cohort(
            year,
            sum(one.number for one in years[year]),
            len(years[year]),
            tuple(_at(months, years[year], seen, today) for months in HORIZONS),
            qualified(one.qualifier for one in years[year]),
        )
        for year in sorted(years)
    ]


def _at(months: int, said: list[Announced], seen: Mapping[str, Sequence[Seen]], today: date) -> AtHorizon:
    due = [one for one in said if after(one.on, months) <= today]
    found = {one.pool: nearest(seen.get(one.pool, ()), after(one.on, months)) for one in due}
    known = [one for one in due if found[one.pool] is not None]
    return AtHorizon(
        months,
        sum(one.number for one in due),
        sum(one.number for one in known),
        sum(found[one.pool].number for one in known),
        len(due),
        len(known),
        len(said) - len(due),
        qualified(one.qualifier for one in due),
        qualified(one.qualifier for one in known),
        qualified(found[one.pool].qualifier for one in known),
        qualified(one.qualifier for one in due if found[one.pool] is None),
    )


def nearest(seen: Sequence[Seen], day: date) -> Seen | None:
    """The observation closest to that day, the later of two, of one day the one of the most jobs; None when
    none is near enough.
    """
    near = [one for one in seen if abs(one.on - day) <= AROUND]
    return min(near, key=lambda one: (abs(one.on - day), -one.on.toordinal(), -one.number), default=None)


def after(day: date, months: int) -> date:
    """The same day so many months later; the last of February for the 29th."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
