"""What lots add up to: how much can be used, is used, is for sale, was sold. Pure, in square metres.

A sum exists only where every lot that enters it has an area and a known state: with a hole it would be too
small.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from projects.models.ground import LotState

Works, Sale, Use = LotState.Works, LotState.Sale, LotState.Use
SERVICED = (Works.SERVICED, Works.READY)
AVAILABLE = (Sale.FOR_SALE, Sale.CONDITIONS)
TAKEN = (Use.OCCUPIED, Use.TEMPORARY)


@dataclass(frozen=True, slots=True)
class State:
    since: date
    works: str
    sale: str
    use: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A lot with its area (None when not known) and its states, oldest first."""

    square_metres: Decimal | None
    states: Sequence[State]

    def at(self, day: date) -> State | None:
        past = [state for state in self.states if state.since <= day]
        return past[-1] if past else None


def usable(plots: Iterable[Plot], day: date) -> list[Plot] | None:
    """Lots that may be occupied: not impossible to build on, not kept from sale. None when one is unknown."""
    found = []
    for plot in plots:
        state = plot.at(day)
        if state is None or state.use == Use.UNKNOWN:
            return None
        if state.works != Works.NOT_POSSIBLE and state.sale != Sale.NOT_FOR_SALE:
            found.append(plot)
    return found


def occupied(plots: Iterable[Plot], day: date) -> list[Plot]:
    return [plot for plot in plots if (state := plot.at(day)) and state.use in TAKEN]


def available(plots: Iterable[Plot], day: date) -> list[Plot]:
    """Serviced and for sale: an option or a reservation is not available."""
    return [
        plot
        for plot in plots
        if (state := plot.at(day)) and state.works in SERVICED and state.sale in AVAILABLE
    ]


def sold_between(plots: Iterable[Plot], start: date, end: date) -> list[Plot]:
    """Lots whose first sale falls in ]start, end]."""
    found = []
    for plot in plots:
        sales = [state.since for state in plot.states if state.sale == Sale.SOLD]
        if sales and start < sales[0] <= end:
            found.append(plot)
    return found


def area(plots: Iterable[Plot]) -> Decimal | None:
    """None when the area of one of them is not known."""
    areas = [plot.square_metres for plot in plots]
    return None if None in areas else sum(areas, Decimal(0))
