"""The six-year clock of an inventory: thirty days of consultation, an act, the next one due. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
CONSULTATION = timedelta(days=30)
YEARS = 6
SOON = timedelta(days=183)
FIRST_DUE = date(2023, 8, 22)  # law of 22 August 2021: within two years


class Step(StrEnum):
    PREPARED = "prepared"
    CONSULTED = "consulted"
    TO_ADOPT = "to_adopt"
    ADOPTED = "adopted"


class Clock(StrEnum):
    IN_TIME = "in_time"
    SOON = "soon"
    LATE = "late"


def step(start: date | None, end: date | None, adopted: date | None, day: date) -> Step:
    if adopted is not None and adopted <= day:
        return Step.ADOPTED
    if start is None or day < start:
        return Step.PREPARED
    return Step.TO_ADOPT if end is not None and day > end else Step.CONSULTED


def long_enough(start: date, end: date) -> bool:
    """Both days are days of consultation: the 1st to the 30th are thirty."""
    return end - start + DAY >= CONSULTATION


def next_due(adopted: date) -> date:
    """Six years to the day; 29 February becomes the 28th."""
    try:
        return adopted.replace(year=adopted.year + YEARS)
    except ValueError:
        return adopted.replace(year=adopted.year + YEARS, day=28)


@dataclass(frozen=True, slots=True)
class Due:
    on: date
    clock: Clock


def due(last_adopted: date | None, day: date) -> Due:
    """When the next inventory of a park is due; without any, since the law's first date."""
    on = next_due(last_adopted) if last_adopted else FIRST_DUE
    if day > on:
        return Due(on, Clock.LATE)
    return Due(on, Clock.SOON if on - day <= SOON else Clock.IN_TIME)
