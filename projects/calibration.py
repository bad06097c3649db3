"""Were past weights right? What each weight promised beside what came true. Pure.

Only cases whose end is known are judged; those still open are counted apart, they may yet settle or be lost.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from projects.survival import NORMAL_95

FEW = 10  # below so many known ends, a share says nothing


@dataclass(frozen=True, slots=True)
class Forecast:
    """On the day it reached a stage, a case had this weight; `settled` is None as long as it is open."""

    weight: Fraction
    stage: int
    settled: bool | None


@dataclass(frozen=True, slots=True)
class Class:
    """Forecasts of one weight; `share` and its Wilson interval are None when no end is known."""

    weight: Fraction
    stages: tuple[int, ...]
    forecasts: int
    known: int
    settled: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def is_few(self) -> bool:
        return self.known < FEW

    @property
    def verdict(self) -> str:
        if self.is_few:
            return "trop peu de dossiers pour juger"
        if self.low <= self.weight <= self.high:
            return "rien ne contredit ce poids"
        return "trop élevé" if self.weight > self.high else "trop faible"


@dataclass(frozen=True, slots=True)
class Calibration:
    """`brier` is the mean squared gap, 0 at best; `constant` that of always saying the share observed."""

    classes: list[Class]
    known: int
    still_open: int
    brier: float | None
    constant: float | None

    @property
    def is_few(self) -> bool:
        return self.known < FEW


def calibration(forecasts: Iterable[Forecast]) -> Calibration:
    given = list(forecasts)
    groups: dict[Fraction, list[Forecast]] = {}
    for one in given:
        groups.setdefault(one.weight, []).append(one)
    known = [one for one in given if one.settled is not None]
    rate = Fraction(sum(one.settled for one in known), len(known)) if known else None
    return Calibration(
        [_class(weight, groups[weight]) for weight in sorted(groups)],
        len(known),
        len(given) - len(known),
        float(sum((one.weight - one.settled) ** 2 for one in known) / len(known)) if known else None,
        float(rate * (1 - rate)) if rate is not None else None,
    )


def _class(weight: Fraction, forecasts: list[Forecast]) -> Class:
    known = [one for one in forecasts if one.settled is not None]
    settled = sum(one.settled for one in known)
    share, low, high = wilson(settled, len(known)) if known else (None, None, None)
    stages = tuple(sorted({one.stage for one in forecasts}))
    return Class(weight, stages, len(forecasts), len(known), settled, share, low, high)


def wilson(hits: int, count: int) -> tuple[float, float, float]:
    """(share, low, high) at 95 %. Raises ValueError without any case."""
    if count < 1:
        raise ValueError("no case")
    share, squared = hits / count, NORMAL_95**2
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    reach = NORMAL_95 * sqrt(share * (1 - share) / count + squared / (4 * count**2)) / (1 + squared / count)
    return share, max(0.0, middle - reach), min(1.0, middle + reach)
