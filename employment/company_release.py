"""What may be shown of the companies born of a plan, each publication read beside all that came before it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from agglo.disclosure import Cell, Relation, Release, Unprotectable, protect_release
from agglo.disclosure.cells import COMPANIES

from .models import FrozenMask, HelpedCompany, RedundancyPlan

BORN, REACHED = "pse-entreprises-immatriculees", "pse-entreprises-agees-3-ans"
CHECKED, ACTIVE = "pse-entreprises-trois-ans", "pse-entreprises-actives-3-ans"


@dataclass(frozen=True, slots=True)
class Told:
    """Counts by measure at a day; what a reader may take away from another is counted too."""

    day: date
    counts: dict[str, int]

    @property
    def release(self) -> tuple[list[Cell], list[Relation]]:
        born, reached, checked, active = (self.counts[one] for one in (BORN, REACHED, CHECKED, ACTIVE))
        rests = {"younger": born - reached, "unchecked": reached - checked, "closed": checked - active}
        # How many lived is masked before how many were looked at.
        cells = [Cell(BORN, born, cost=9), Cell(REACHED, reached, cost=5), Cell(CHECKED, checked, cost=3)]
        cells += [Cell(ACTIVE, active), *(Cell(name, count) for name, count in rests.items())]
        ties = [
            Relation.of(BORN, [REACHED, "younger"]),
            Relation.of(REACHED, [CHECKED, "unchecked"]),
            Relation.of(CHECKED, [ACTIVE, "closed"]),
        ]
        return cells, ties


def told(plan: RedundancyPlan, moment: datetime) -> Told:
    """Of companies approved by that moment; birthdays count up to its day."""
    today = timezone.localdate(moment)
    rows = HelpedCompany.objects.in_force(moment).filter(plan=plan, registered_on__isnull=False)
    companies = list(rows)
    days = [day for one in companies for day in (one.checked_on, one.registered_on) if day]
    days += [one.third_year for one in companies if one.reached_three(today)]
    known = [one.active_at_three for one in companies]
    counts = {
        BORN: len(companies),
        # A company that closed before is known never to have been three.
        REACHED: sum(
            one.reached_three(today) or state is not None for one, state in zip(companies, known, strict=True)
        ),
        CHECKED: sum(state is not None for state in known),
        ACTIVE: sum(state is True for state in known),
    }
    return Told(max(days), counts)


def released(plan: RedundancyPlan) -> list[tuple[FrozenMask, Told]]:
    """Each publication with its mask, oldest first; its numbers are read from the records of its time."""
    held = FrozenMask.objects.filter(plan=plan, release=_name(plan)).order_by("at", "pk")
    return [(mask, told(plan, mask.at)) for mask in held]


def publish(plan: RedundancyPlan, now: datetime) -> tuple[Told, set[str]]:
    """What is told now and the measures to mask. A publication that says something new freezes its mask.

    Nothing more than before is ever shown of numbers that cannot be protected: all of them are masked then.
    """
    new, before = told(plan, now), released(plan)
    if before and before[-1][1] == new:
        return new, set(before[-1][0].mask)
    releases = [Release(*one.release, frozenset(mask.mask)) for mask, one in before]
    try:
        # A number masked before and unchanged since stays masked; one that grew enough may be told.
        mask = protect_release([*releases, Release(*new.release)], len(releases), COMPANIES)
    except Unprotectable:
        mask = dict.fromkeys((cell.key for cell in new.release[0]), None)
    words = {str(key): why.value if why else "D" for key, why in mask.items()}
    FrozenMask.objects.create(plan=plan, release=_name(plan), mask=words, at=now)
    return new, set(words)


def _name(plan: RedundancyPlan) -> str:
    return f"entreprises:{plan.slug}"
