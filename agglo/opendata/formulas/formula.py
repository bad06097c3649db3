"""A formula: a measure worked out of others, subject by subject and period by period.

    Formula(
        measure="part-inscrits-longue-duree",
        inputs={
            "long": Input("demandeurs-emploi-abc-longue-duree", "inscrits depuis un an ou plus"),
            "all": Input("demandeurs-emploi-abc", "inscrits en catégories A, B, C"),
        },
        reckon=Ratio("long", "all", times=100),
    )

The first input leads: a result exists where it has a figure. A result is never guessed: where another input
is missing, approximate or not observed, there is none and the missing names are listed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from agglo.figures.figure import Figure
from agglo.figures.periods import sdmx_period
from agglo.figures.vocabulary import Evidence, Origin, Qualifier, State

from .held import Held, Period, Subject

DIGITS = Decimal("0.000001")
NOTHING_UNDER, TOO_SMALL = "dénominateur nul", "dénominateur trop petit pour un taux"
PAST_THE_WHOLE = "partie plus grande que son tout"
USABLE = (Evidence.OBSERVED, Evidence.ESTIMATED)

PREFIX = "calcul-"  # of the datasets that formulas make
TITLED = "Calcul\u00a0: "  # so are they named, unless the formula has a title

Values = Mapping[str, Decimal]


class Input(NamedTuple):
    """A named ingredient. `label` is French, for readers.

    `about`: a fixed subject (France, for a comparison) instead of the result's own. `last_known`: the most
    recent figure whose period ended by the end of the result's (a population, yearly, under a quarterly
    count). `window`: the sum of that many periods in a row, the last one being the result's. `accounts`: of
    several accounts all are read, the first-ranked speaking where two tell of one period; else only the
    first-ranked one, whole. `spans`: periods of any length are read too (a school year, several sessions).
    """

    measure: str
    label: str
    breakdown: str = ""
    about: Subject | None = None
    last_known: bool = False
    window: int = 1
    accounts: bool = False
    spans: bool = False


class Reckoning(Protocol):
    """Arithmetic on named values; None when there is no result (a denominator of zero)."""

    def __call__(self, values: Values) -> Decimal | None: ...

    def words(self, labels: Mapping[str, str]) -> str: ...


class Ratio(NamedTuple):
    """`over` ÷ `under` × `times`; none of fewer than `smallest` people, whose rate would say nothing.

    `part`: what is divided lies within what divides it. A part larger than its whole comes of two inputs
    that do not speak of the same thing (editions of two dates, two fields): there is no result.
    """

    over: str
    under: str
    times: int = 1
    smallest: int = 0
    part: bool = False

    def __call__(self, values: Values) -> Decimal | None:
        return None if self.why_not(values) else values[self.over] * self.times / values[self.under]

    def why_not(self, values: Values) -> str:
        """Why there is no result, in French; empty when there is one."""
        over, under = values[self.over], values[self.under]
        if not under:
            return NOTHING_UNDER
        if under < self.smallest:
            return TOO_SMALL
        return PAST_THE_WHOLE if self.part and over > under else ""

    def words(self, labels: Mapping[str, str]) -> str:
        times = f" × {self.times:,}".replace(",", " ") if self.times != 1 else ""
        least = f", à partir de {self.smallest} {labels[self.under]}" if self.smallest else ""
        return f"{labels[self.over]} ÷ {labels[self.under]}{times}{least}"


class Sum(NamedTuple):
    """The names in `plus` added up, those in `minus` taken away."""

    plus: tuple[str, ...]
    minus: tuple[str, ...] = ()

    def __call__(self, values: Values) -> Decimal | None:
        return sum((values[name] for name in self.plus), Decimal(0)) - sum(
            (values[name] for name in self.minus), Decimal(0)
        )

    def words(self, labels: Mapping[str, str]) -> str:
        added = " + ".join(labels[name] for name in self.plus)
        return " − ".join([added, *(labels[name] for name in self.minus)])


class Quotient(NamedTuple):
    """One ratio over another: a share here against the same share elsewhere."""

    here: Ratio
    there: Ratio

    def __call__(self, values: Values) -> Decimal | None:
        here, there = self.here(values), self.there(values)
        return None if here is None or not there else here / there

    def words(self, labels: Mapping[str, str]) -> str:
        return f"({self.here.words(labels)}) ÷ ({self.there.words(labels)})"


class Result(NamedTuple):
    """What a formula gives for one subject and period; `value` None says the source is confidential."""

    scheme: str
    code: str
    period: str
    value: Decimal | None
    used: dict[str, tuple[int, ...]]  # name of the input -> ids of the figures it was read from


class Missing(NamedTuple):
    """Where a formula has no result, and the inputs it lacks."""

    scheme: str
    code: str
    period: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """`version` goes up when the arithmetic changes, so that the same inputs are worked out again."""

    measure: str
    inputs: Mapping[str, Input]
    reckon: Reckoning
    title: str = ""
    version: int = 1
    licence: str = "Licence Ouverte 2.0"
    schemes: tuple[str, ...] | None = None  # kinds of subject it is worked out for; all by default

    @property
    def words(self) -> str:
        """The formula as a reader sees it."""
        return self.reckon.words({name: one.label for name, one in self.inputs.items()})

    def work_out(self, held: Held) -> Iterator[Result | Missing]:
        """Results and gaps, in the order of subjects and periods."""
        leading = next(iter(self.inputs))
        for subject, figures in sorted(held.figures(self.inputs[leading]).items()):
            if self.schemes is None or subject[0] in self.schemes:
                for period in sorted(figures):
                    yield self.at(held, subject, period)

    def subjects(self, subject: Subject, period: Period) -> list[Subject]:
        """Whose figures a result about `subject` is read from."""
        return sorted({subject, *(one.about for one in self.inputs.values() if one.about)})

    def at(self, held: Held, subject: Subject, period: Period) -> Result | Missing:
        """The result about one subject for one period, or what it lacks."""
        scheme, code = subject
        named, lacking, secret = {}, [], False
        for name, one in self.inputs.items():
            found = held.read(one, subject, period)
            secret = secret or any(is_secret(figure) for figure in found)
            if not found or not all(is_usable(figure) or is_secret(figure) for figure in found):
                lacking.append(name)
            named[name] = found
        when = sdmx_period(*period)
        if lacking:
            return Missing(scheme, code, when, tuple(lacking))
        used = {name: tuple(figure.id for figure in found) for name, found in named.items()}
        if secret:
            return Result(scheme, code, when, None, used)
        values = {name: sum(f.value for f in found) for name, found in named.items()}
        value = self.reckon(values)
        if value is None:
            why = self.reckon.why_not(values) if isinstance(self.reckon, Ratio) else NOTHING_UNDER
            return Missing(scheme, code, when, (why,))
        return Result(scheme, code, when, rounded(value), used)


def is_ours(figure: Figure) -> bool:
    """Worked out by a formula, and not given by a source."""
    return figure.series.dataset.startswith(PREFIX)


def is_usable(figure: Figure) -> bool:
    """Only an exact, observed, attested value enters a formula: "environ 40" stays words."""
    return (
        figure.has_value
        and figure.qualifier == Qualifier.EXACT
        and figure.evidence in USABLE
        and figure.origin != Origin.DEMO
    )


def is_secret(figure: Figure) -> bool:
    """Withheld at the source, or too small to be shown: what is worked out of it would give it away."""
    if figure.state == State.CONFIDENTIAL:
        return True
    return figure.has_value and 0 < figure.value < figure.series.min_count


def rounded(value: Decimal) -> Decimal:
    """Six decimals at most, so that the same inputs always give the same text."""
    text = value.quantize(DIGITS).normalize()
    return text.quantize(Decimal(1)) if text == text.to_integral_value() else text
