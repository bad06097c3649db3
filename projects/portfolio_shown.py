"""The portfolio and the counts by stage that one reader may see: no aggregate gives a hidden case away.

A total beside the cases that a reader knows tells, by subtraction, what the hidden ones add up to. So hidden
cases count only when there are enough of them and none dominates; what an NDA covers is always hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from agglo.disclosure.cells import COMPANIES
from projects.models import Prospect, WeightSet
from projects.models.prospect_step import PIPELINE, ProspectStage
from projects.pipeline import case_of, one_class
from projects.portfolio import Case, Portfolio, Range, portfolio

STEP = 10  # jobs


@dataclass(frozen=True, slots=True)
class Shown:
    """`without_largest` may be withheld: subtracted, it would give a hidden case away. `left_out`: hidden
    cases are not counted. `step` rounds the ranges outwards, so that sums of several do not isolate one case.
    """

    portfolio: Portfolio
    weights: WeightSet
    stages: list[tuple[ProspectStage, int]]
    shows_largest: bool
    left_out: bool
    step: int
    demo: bool

    def bounds(self, one: Range, step: int = 1) -> tuple[int, int | None]:
        """Whole jobs, let out to round numbers when hidden cases are counted in."""
        return outward(*one.rounded, max(step, self.step))

    @property
    def rows(self) -> list[tuple[str, str, Range]]:
        """(key, words, Range) in the order of reading."""
        told = self.portfolio
        found = [
            ("engaged", "Engagés seulement", told.engaged),
            ("weighted", "Pondéré par les chances déclarées", told.weighted),
        ]
        if self.shows_largest:
            found.append(("without_largest", "Pondéré, sans le plus gros dossier", told.without_largest))
        return [*found, ("every", "Tous, si tous aboutissaient", told.every)]


def shown_to(user, *, demo: bool = False, day: date | None = None) -> Shown | None:
    """None when there is no case, or no weight was declared yet. Five queries."""
    day = day or timezone.localdate()
    rows = Prospect.objects.demo() if demo else Prospect.objects.attested()
    weights = WeightSet.objects.in_force(day, demo=demo)
    found = [one for one in one_class(rows.with_stage(day).select_related("pool")) if one.stage in PIPELINE]
    if weights is None or not found:
        return None
    readable = set(rows.counted_for(user).values_list("pk", flat=True))
    held = weights.by_stage
    seen = [case_of(one, held) for one in found if one.pk in readable]
    hidden = [case_of(one, held) for one in found if one.pk not in readable]
    parts = ([case for case in hidden if case.engaged is firm] for firm in (True, False))
    safe = all(hides(part) for part in (hidden, *parts))
    told = portfolio([*seen, *hidden] if safe else seen)
    stages = [one.stage for one in found if safe or one.pk in readable]
    return Shown(
        portfolio=told,
        weights=weights,
        stages=[(stage, stages.count(stage)) for stage in PIPELINE],
        shows_largest=told.largest is not None and told.largest in seen,
        left_out=not safe,
        step=STEP if hidden and safe else 1,
        demo=demo,
    )


def outward(low: int, high: int | None, step: int) -> tuple[int, int | None]:
    """(72, 81) by ten is (70, 90)."""
    return low // step * step, None if high is None else -(-high // step) * step


def hides(cases: Iterable[Case]) -> bool:
    """Whether the sum of these cases tells nothing of one of them: none at all, or three and no giant."""
    bulks = [case.bulk for case in cases if case.is_said and case.share]
    if not bulks:
        return True
    return len(bulks) >= COMPANIES.smallest and max(bulks) <= COMPANIES.share * sum(bulks)
