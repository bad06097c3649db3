"""The pipeline as ranges of jobs: engaged only, weighted, all, and weighted without the largest. Pure.

None of these is a number of jobs created: they are what cases under study could bring, if they settle.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from projects.jobs import allotted

# Beyond this share of the weighted jobs, one case alone decides what the portfolio says.
HEAVY = Fraction(1, 3)


@dataclass(frozen=True, slots=True)
class Case:
    """`low` alone: at least; `high` alone: at most; neither: nobody said. `weight` from 0 to 1.

    Cases of one pool are about the same jobs; `share` is our part of them, None when no agreement fixes it.
    """

    code: str
    engaged: bool
    weight: Fraction
    low: int | None
    high: int | None
    pool: str = ""
    share: Fraction | None = Fraction(1)

    @property
    def is_said(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def bulk(self) -> int:
        """The most it may bring as far as anybody said."""
        return max(self.low or 0, self.high or 0)


@dataclass(frozen=True, slots=True)
class Range:
    """Jobs from `low` to `high`, of so many cases; `high` is None when one of them has no upper bound."""

    low: Fraction
    high: Fraction | None
    cases: int

    @property
    def rounded(self) -> tuple[int, int | None]:
        return _half_up(self.low), None if self.high is None else _half_up(self.high)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """`unsaid` cases have no number of jobs; `aside` ones are shared with nobody's agreement: none is a zero.

    `repeated` cases are about jobs that a firmer case of the same pool already stands for.
    """

    engaged: Range
    weighted: Range
    every: Range
    without_largest: Range
    largest: Case | None
    largest_share: Fraction | None
    cases: int
    unsaid: int
    aside: int
    repeated: int

    @property
    def is_concentrated(self) -> bool:
        return self.largest_share is not None and self.largest_share > HEAVY


def portfolio(cases: Iterable[Case]) -> Portfolio:
    """Give it attested cases, or demonstration ones, never both; open ones, a paused one has no place."""
    given = list(cases)
    aside = [case for case in given if case.share is None]
    unsaid = [case for case in given if case.share is not None and not case.is_said]
    said = [case for case in given if case.share is not None and case.is_said]
    kept = _once(said)
    largest = max(kept, key=lambda case: (_pull(case), case.code), default=None)
    pull = sum(_pull(case) for case in kept)
    return Portfolio(
        engaged=_range(case for case in kept if case.engaged),
        weighted=_range(kept, weighted=True),
        every=_range(kept),
        without_largest=_range((case for case in kept if case is not largest), weighted=True),
        largest=largest,
        largest_share=_pull(largest) / pull if largest is not None and pull else None,
        cases=len(given),
        unsaid=len(unsaid),
        aside=len(aside),
        repeated=len(said) - len(kept),
    )


def ours(jobs: int | None, share: Fraction | None) -> int | None:
    return None if jobs is None else allotted(jobs, share)


def _pull(case: Case) -> Fraction:
    return case.weight * (ours(case.bulk, case.share) or 0)


def _once(cases: list[Case]) -> list[Case]:
    """The firmest case of each pool, then the largest, stands for all of them."""
    best: dict[str, Case] = {}
    for case in cases:
        key = f"pool {case.pool}" if case.pool else f"case {case.code}"
        if key not in best or _rank(case) > _rank(best[key]):
            best[key] = case
    return list(best.values())


def _rank(case: Case) -> tuple:
    return case.engaged, case.weight, case.bulk, case.code


def _range(cases: Iterable[Case], *, weighted: bool = False) -> Range:
    low, high, count, bounded = Fraction(0), Fraction(0), 0, True
    for case in cases:
        factor = case.weight if weighted else Fraction(1)
        low += factor * (ours(case.low, case.share) or 0)
        bounded = bounded and (case.high is not None or not factor)
        high += factor * (ours(case.bulk, case.share) or 0)
        count += 1
    return Range(low, high if bounded else None, count)


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))
