"""The figures on a drawing: one by one with all they say, or plain values in columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import overload

from .french import Number
from .marks import Mark


@dataclass(slots=True)
class Point:
    """One figure on the drawing.

    `x` is a period (« 2021 », « 2021-S1 », « 2021-T4 », « 2021-10 », a date) or the name of a category.
    `state` is "value", or why there is none: "missing" n.d., "na" —, "pending" à paraître, "masked" s.
    `low`/`high` bound an interval; `revised_from` is what an earlier edition said; `perimeter` names what the
    number is a part of; `qualifier` is "", "about", "at_least" or "at_most"; `total` makes a step of a
    waterfall stand on zero.
    """

    x: str | date
    value: Number | None = None
    label: str = ""
    low: Number | None = None
    high: Number | None = None
    mark: Mark = Mark.OBSERVED
    note: str = ""
    state: str = "value"
    revised_from: Number | None = None
    perimeter: str = ""
    qualifier: str = ""
    url: str | None = None
    total: bool = False


class Trace(Sequence[Point]):
    """Observed, exact numbers that say nothing else: drawn from their columns.

    `digits` are the numbers as they were written, `values` the same as floats, for the drawing alone. A
    point is made when somebody looks at it; what says more than its number is a list of points instead.
    """

    __slots__ = ("digits", "values", "xs")

    def __init__(self, xs: Sequence[str], digits: Sequence[str]) -> None:
        if len(xs) != len(digits) or not xs:
            raise ValueError("a trace has one number a period")
        self.xs, self.digits = xs, digits
        self.values = [float(number) for number in digits]

    def __len__(self) -> int:
        return len(self.xs)

    @overload
    def __getitem__(self, index: int) -> Point: ...

    @overload
    def __getitem__(self, index: slice) -> list[Point]: ...

    def __getitem__(self, index: int | slice) -> Point | list[Point]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        return Point(x=self.xs[index], value=Decimal(self.digits[index]))
