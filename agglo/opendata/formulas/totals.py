"""The total of a whole, added up from its parts where the source gives none: an EPCI from its communes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from agglo.figures.periods import sdmx_period

from .formula import Input, Missing, Result, is_ours, is_secret, is_usable, rounded
from .held import Held, Period, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of the figures of the parts of `whole` in its membership of the period's last day.

    Only for periods the source says nothing of the whole, and where every part has an exact value: a total
    with a hole would be too small, one with a secret would tell it. `parts(day)` gives codes of `scheme`.
    """

    measure: str
    label: str
    whole: Subject
    parts: Callable[[date], frozenset[str]]
    scheme: str = "COM"
    title: str = ""
    version: int = 1
    licence: str = "Licence Ouverte 2.0"

    @property
    def inputs(self) -> Mapping[str, Input]:
        return {"parts": Input(self.measure, self.label)}

    @property
    def words(self) -> str:
        return f"somme des communes\u00a0: {self.label}"

    def work_out(self, held: Held) -> Iterator[Result | Missing]:
        figures = held.figures(self.inputs["parts"])
        parts = [by for (scheme, _), by in figures.items() if scheme == self.scheme]
        given = {period for period, one in figures.get(self.whole, {}).items() if not is_ours(one)}
        for period in sorted({period for by in parts for period in by} - given):
            yield self.at(held, self.whole, period)

    def subjects(self, subject: Subject, period: Period) -> list[Subject]:
        """The parts of the whole on the last day of the period."""
        return [(self.scheme, code) for code in sorted(self.parts(period[1]))]

    def at(self, held: Held, subject: Subject, period: Period) -> Result | Missing:
        """The total of one period, or the codes of the parts it lacks."""
        when, figures = sdmx_period(*period), held.figures(self.inputs["parts"])
        wanted = self.subjects(subject, period)
        found = {part[1]: figures.get(part, {}).get(period) for part in wanted}
        lacking = tuple(
            code for code, one in found.items() if one is None or not (is_usable(one) or is_secret(one))
        )
        if lacking or not wanted:
            return Missing(*self.whole, when, lacking)
        used = {"parts": tuple(figure.id for figure in found.values())}
        if any(is_secret(figure) for figure in found.values()):
            return Result(*self.whole, when, None, used)
        return Result(*self.whole, when, rounded(sum(figure.value for figure in found.values())), used)
