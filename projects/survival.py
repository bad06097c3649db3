"""How many cases are decided, and after how long, when many are still open and others were lost. Pure.

Open cases are censored: what becomes of them is not known yet. A loss is no censoring, since a lost case
will not be decided: it is a competing end. So the share decided is the cumulative incidence (Aalen–Johansen),
never one minus Kaplan–Meier, which would have lost cases decided one day and so say too much. Kaplan–Meier
gives the share still open; open, decided and lost add up to all of them on any day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import exp, log, sqrt

NORMAL_95 = 1.959963984540054  # two-sided 95 % of the normal law
ROUNDING = 1e-12  # products of a few dozen binary fractions miss 0 and 1 by less


class End(IntEnum):
    OPEN = 0
    DECIDED = 1
    LOST = 2


@dataclass(frozen=True, slots=True)
class Followed:
    """One case: how many days it was followed, and how that ended."""

    days: int
    end: End


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the cohort from 0 to 1, and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Step:
    """From this day on. `at_risk` cases were still open just before."""

    day: int
    at_risk: int
    decided_then: int
    lost_then: int
    open: Share
    decided: Share
    lost: Share


def curve(followed: Iterable[Followed]) -> list[Step]:
    """A step a day on which something ended, from day 0; empty without cases."""
    cases = sorted(followed, key=lambda case: case.days)
    if not cases:
        return []
    ends: list[tuple[int, int, int, int]] = []  # day, at risk, decided, lost
    for day in sorted({case.days for case in cases if case.end != End.OPEN}):
        there = [case for case in cases if case.days == day]
        at_risk = sum(case.days >= day for case in cases)
        ends.append(
            (day, at_risk, sum(c.end == End.DECIDED for c in there), sum(c.end == End.LOST for c in there))
        )
    whole, none = Share(1.0, 1.0, 1.0), Share(0.0, 0.0, 0.0)
    steps = [Step(0, len(cases), 0, 0, whole, none, none)]
    for last in range(1, len(ends) + 1):
        day, at_risk, decided, lost = ends[last - 1]
        decided_share = _incidence([(n, d, x) for _, n, d, x in ends[:last]])
        lost_share = _incidence([(n, x, d) for _, n, d, x in ends[:last]])
        still = _kaplan_meier([(n, d + x) for _, n, d, x in ends[:last]])
        steps.append(Step(day, at_risk, decided, lost, still, decided_share, lost_share))
    return steps


def at(steps: Sequence[Step], day: int) -> Step | None:
    """The step that holds on that day."""
    return next((step for step in reversed(steps) if step.day <= day), None)


def median_delay(steps: Sequence[Step]) -> int | None:
    """Days until half of all the cases were decided; None when the curve never gets there."""
    return next((step.day for step in steps if step.decided.value >= 0.5 - 1e-12), None)


def followed_for(followed: Iterable[Followed]) -> int:
    """Days up to which the curve says anything: the longest follow-up."""
    return max((case.days for case in followed), default=0)


def _kaplan_meier(ends: Sequence[tuple[int, int]]) -> Share:
    """Product limit over (at risk, ended), its variance by Greenwood."""
    value, total = 1.0, 0.0
    for at_risk, ended in ends:
        value *= 1 - ended / at_risk
        total += ended / (at_risk * (at_risk - ended)) if at_risk > ended else float("inf")
    if value <= 0:
        return Share(0.0, 0.0, _upper_end(ends))
    return _log_log(value, value * sqrt(total))


def _upper_end(ends: Sequence[tuple[int, int]]) -> float:
    """Greenwood says nothing once nobody is left: the upper bound before stays."""
    return _kaplan_meier(ends[:-1]).high if len(ends) > 1 else 1.0


def _incidence(ends: Sequence[tuple[int, int, int]]) -> Share:
    """Aalen–Johansen over (at risk, of this end, of the other), its variance by the delta method."""
    still, value = 1.0, 0.0
    path: list[tuple[int, int, int, float, float]] = []
    for at_risk, mine, other in ends:
        value += still * mine / at_risk
        path.append((at_risk, mine, mine + other, still, value))
        still *= 1 - (mine + other) / at_risk
    variance = 0.0
    for at_risk, mine, ended, before, reached in path:
        gap = value - reached
        if at_risk > ended:
            variance += gap**2 * ended / (at_risk * (at_risk - ended))
        variance += before**2 * mine * (at_risk - mine) / at_risk**3
        variance -= 2 * gap * before * mine / at_risk**2
    return _log_log(value, sqrt(max(variance, 0.0)))


def _log_log(value: float, error: float) -> Share:
    """The 95 % interval on the scale of log(−log): it stays between 0 and 1."""
    if value <= ROUNDING or value >= 1 - ROUNDING:  # log(value) would be the rounding's, not the cohort's
        return Share(value, value, value)
    reach = NORMAL_95 * error / (value * log(value))
    return Share(value, exp(log(value) * exp(-reach)), exp(log(value) * exp(reach)))
