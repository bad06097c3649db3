"""From values to positions: round ticks, a linear scale, and the few labels a time axis has room for."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10

from .french import Number
from .periods import beginning, position, short_label

Tick = tuple[float, str, bool]  # position, label, kept on a phone


def nice_step(span: float, count: int) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts `span` in about `count` parts."""
    if span <= 0:
        return 1.0
    raw = span / count
    power = 10.0 ** floor(log10(raw))
    ratio = raw / power
    for nice in (1.0, 2.0, 2.5, 5.0):
        if ratio <= nice * 1.0000001:
            return nice * power
    return 10.0 * power


def nice_ticks(low: float, high: float, count: int = 4, whole: bool = False) -> list[float]:
    """Round values from just under `low` to just over `high`; `whole` refuses steps below one."""
    if high - low <= max(abs(low), abs(high)) * 1e-12 + 1e-300:
        pad = abs(low) * 0.1 if abs(low) > 1e-9 else 1.0
        low, high = low - pad, high + pad
    step = nice_step(high - low, count)
    if whole and step < 1:
        step = 1.0
    elif whole and step == 2.5:
        step = 5.0 if count < 4 else 2.0
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    if first == last:
        last += 1
    # Divided back from whole numbers: 0.1 + 0.2 would leave dust after the comma.
    inverse = round(1 / step) if step < 1 and abs(1 / step - round(1 / step)) < 1e-6 else 0
    return [i / inverse if inverse else i * step for i in range(first, last + 1)]


def tick_decimals(ticks: Sequence[float]) -> int:
    """How many decimals tell these ticks apart."""
    for decimals in range(6):
        if all(abs(tick - round(tick, decimals)) < 1e-9 * max(1.0, abs(tick)) for tick in ticks):
            return decimals
    return 6


class Vertical:
    """Values to pixels, downwards: the first tick at the bottom, the last at 0."""

    __slots__ = ("factor", "height", "low", "ticks")

    def __init__(self, ticks: list[float], height: float) -> None:
        self.ticks, self.height, self.low = ticks, height, ticks[0]
        self.factor = height / (ticks[-1] - ticks[0])

    def __call__(self, value: Number) -> float:
        return self.height - (float(value) - self.low) * self.factor


class Horizontal:
    """Periods by their date, or categories side by side, to thousandths of the width."""

    __slots__ = ("categories", "first", "last", "positions")

    def __init__(self, xs: Sequence[str | date]) -> None:
        days = [position(x) for x in xs]
        if not days or None in days:
            self.categories = True
            order = {x: float(i) for i, x in enumerate(dict.fromkeys(xs))}
        else:
            self.categories = False
            order = {x: day for x, day in zip(xs, days, strict=True) if day is not None}
        self.first, self.last = min(order.values(), default=0.0), max(order.values(), default=1.0)
        span = self.last - self.first
        factor = 1000 / span if span else 0.0
        self.positions = {x: (v - self.first) * factor if span else 500.0 for x, v in order.items()}

    def __call__(self, x: str | date) -> float | None:
        """Thousandths of the width; None outside the axis."""
        known = self.positions.get(x)
        if known is not None or self.categories:
            return known
        return self._at(position(x))

    def beginning(self, x: str | date) -> float | None:
        """Where a period starts, which is where a break stands; None outside the axis."""
        return self.positions.get(x) if self.categories else self._at(beginning(x))

    def _at(self, day: float | None) -> float | None:
        if day is None or not self.first <= day <= self.last:
            return None
        return (day - self.first) * 1000 / (self.last - self.first) if self.last > self.first else 500.0

    def ticks(self) -> list[Tick]:
        """Years when there are enough of them, the points' own names otherwise."""
        if not self.categories:
            first, last = date.fromordinal(int(self.first)).year, date.fromordinal(int(self.last)).year
            years = [(self(str(year)), year) for year in range(first, last + 1)]
            seen = [(x, year) for x, year in years if x is not None]
            if len(seen) >= 3:
                step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if len(seen) / s <= 10)
                shown = [(x, str(y)) for x, y in seen if y % step == 0]
                return thin(shown, len(shown), 4)
        named = [(place, short_label(x)) for x, place in self.positions.items()]
        longest = max((len(label) for _, label in named), default=1)
        return thin(named, max(2, 72 // (longest + 2)), max(2, 30 // (longest + 2)))


def thin(named: Sequence[tuple[float, str]], wide: int, narrow: int) -> list[Tick]:
    """Every k-th label counted back from the last, which always stays; fewer still on a phone."""
    count = len(named)
    every = max(1, ceil(count / wide))
    phone = every * max(1, ceil(count / every / narrow))
    return [
        (x, label, (count - 1 - i) % phone == 0)
        for i, (x, label) in enumerate(named)
        if (count - 1 - i) % every == 0
    ]


def spread(wanted: Sequence[float], gaps: Sequence[float], low: float, high: float) -> list[float]:
    """Moves labels apart: `gaps[i]` is the height of label i, the result keeps the order and stays in range.

    Labels that do not fit at all overflow downwards rather than cover each other.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed = [0.0] * len(wanted)
    floor_y = low
    for i in order:
        placed[i] = max(wanted[i], floor_y + gaps[i] / 2)
        floor_y = placed[i] + gaps[i] / 2
    ceiling = max(high, low + sum(gaps))
    for i in reversed(order):
        placed[i] = min(placed[i], ceiling - gaps[i] / 2)
        ceiling = placed[i] - gaps[i] / 2
    return placed
