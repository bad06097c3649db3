"""A tally: measures counted from records (sites, projects, cases), with the records that entered each count.

    Tally(
        code="sites", title="Sites inscrits au registre",
        measures=("registre-sites-industriels",),
        count=count_sites,     # date -> iterable of Counted
        stamp=last_change,     # differs when a record changed
    )

A count is never guessed: what cannot be counted (an area nobody gave) is left out, it is not zero.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

PREFIX = "registre-"  # of the datasets that tallies make


class Entry(NamedTuple):
    """One record that entered a count, as the public may read it: a confidential one names nobody."""

    words: str
    value: str = ""
    path: str = ""


class Counted(NamedTuple):
    """One figure. `period` is SDMX (`2026-11`, `2026`); `breakdown` a canonical key; `hidden` says that it
    is known but may not be shown (too few companies).
    """

    measure: str
    scheme: str
    code: str
    period: str
    value: Decimal | int | None
    entries: tuple[Entry, ...] = ()
    breakdown: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """`whole`: each count says every period again, so that a period left out is withdrawn; otherwise only
    the month under way is counted, and those before stay as they were. `version` goes up with the method.
    `public`: whether anybody may read its figures.
    """

    code: str
    title: str
    measures: tuple[str, ...]
    count: Callable[[date], Iterable[Counted]]
    stamp: Callable[[], str]
    whole: bool = False
    public: bool = True
    version: int = 1

    @property
    def dataset(self) -> str:
        return PREFIX + self.code


def month_of(day: date) -> str:
    """The month of a day, as SDMX writes it."""
    return f"{day:%Y-%m}"
