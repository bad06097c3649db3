"""A figure in French words and signs: the number with what qualifies it, or why there is none."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from agglo.charts import french
from agglo.charts.marks import QUALIFIERS, STATES, Mark
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Dating, Evidence, Origin, Qualifier, State

MARKS = {
    Evidence.OBSERVED: Mark.OBSERVED,
    Evidence.COMMITTED: Mark.COMMITTED,
    Evidence.ANNOUNCED: Mark.ANNOUNCED,
    Evidence.POTENTIAL: Mark.POTENTIAL,
    Evidence.ESTIMATED: Mark.ESTIMATED,
    Evidence.TARGET: Mark.TARGET,
}
EMPTY = {
    State.MISSING: "missing",
    State.NOT_APPLICABLE: "na",
    State.NOT_YET_PUBLISHED: "pending",
    State.CONFIDENTIAL: "masked",
}
QUALIFIED = {
    Qualifier.EXACT: "",
    Qualifier.ABOUT: "about",
    Qualifier.AT_LEAST: "at_least",
    Qualifier.AT_MOST: "at_most",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """`sign` is drawn before `number`, `spoken` says it; `unit` is its symbol, `counted` its words."""

    number: str
    sign: str
    spoken: str
    unit: str
    counted: str
    mark: Mark
    date: str
    absent: bool
    demo: bool

    def __str__(self) -> str:
        """« environ 40 projets », « 9,2 % », « n.d. (non disponible) »: for titles, CSV and sentences."""
        if self.absent:
            return self.spoken
        unit = self.unit or self.counted
        return f"{self.spoken}{self.number}{french.SPACE}{unit}" if unit else f"{self.spoken}{self.number}"


# What is no quantity: a place in an order, a month of the year.
PLACES = {
    "ecole-rang-national": lambda place: "1er" if place == 1 else f"{place}e",
    "ecole-ouverture": lambda month: french.MONTHS[month - 1],
}


def word(figure: Figure) -> Wording:
    """Signs and words of one figure; a demonstration figure says so, an inferred date says so."""
    info = figure.series
    mark = MARKS[Evidence(figure.evidence)]
    if mark is Mark.OBSERVED and figure.provisional:
        mark = Mark.PROVISIONAL
    counted = info.counted_unit
    number, sign, spoken = "", "", ""
    if not figure.has_value:
        number, spoken = STATES[EMPTY[State(figure.state)]]
    elif figure.qualifier == Qualifier.BETWEEN:
        low, high = (french.number(value, info.decimals) for value in (figure.value, figure.value_high))
        number = f"{low} à {high}"
        spoken = "entre "
    else:
        number = french.number(figure.value, info.decimals)
        sign, spoken = QUALIFIERS[QUALIFIED[Qualifier(figure.qualifier)]]
        if abs(figure.value) < 2 and info.counted_unit_one:
            counted = info.counted_unit_one
        if info.measure in PLACES:
            number, counted = PLACES[info.measure](int(figure.value)), ""
    return Wording(
        number=number,
        sign=sign,
        spoken=spoken,
        unit=info.symbol,
        counted="" if counted == info.symbol else counted,
        mark=mark,
        date=date_words(figure),
        absent=not figure.has_value,
        demo=figure.origin == Origin.DEMO,
    )


def sign_of(qualifier: int) -> str:
    """What is drawn before a number that its source gives so: « ≈ » for « environ »."""
    return QUALIFIERS[QUALIFIED.get(Qualifier(qualifier), "")][0]


def date_words(figure: Figure) -> str:
    """« T4 2025 », « 16 septembre 2020 », « vers T1 2022 (date déduite) », « date inconnue »."""
    return period_words(figure.dating, figure.start, figure.end)


@lru_cache(maxsize=8192)
def period_words(dating: int, start: date | None, end: date | None) -> str:
    if dating == Dating.UNKNOWN or (start is None and end is None):
        return "date inconnue"
    label = french.period_label(start, end)
    return f"{label} (date déduite)" if dating == Dating.INFERRED else label
