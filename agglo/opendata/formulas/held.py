"""The figures formulas are worked out of, read once for all of them and looked up by subject and period."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from agglo.figures.figure import Figure
from agglo.figures.models import Break
from agglo.figures.periods import frequency
from agglo.figures.reading import find_series, points

if TYPE_CHECKING:
    from .formula import Input

Subject = tuple[str, str]
Period = tuple[date, date]
ONE_DAY = timedelta(days=1)


class Held:
    """What the ledger holds of the measures of some inputs, now or as known at `moment`; about all
    subjects unless some are given. Three queries.
    """

    def __init__(
        self,
        inputs: Iterable["Input"],
        moment: datetime | None = None,
        subjects: Iterable[Subject] | None = None,
    ) -> None:
        inputs = list(inputs)
        measures = sorted({one.measure for one in inputs})
        several = {one.measure for one in inputs if one.accounts}
        self._spanning = {one.measure for one in inputs if one.spans}
        found = find_series(
            measures,
            subjects,
            sorted({one.breakdown for one in inputs}),
            every_account=bool(several),
        )
        self._first: dict[tuple[str, str, Subject], int] = {}
        for info in found:
            self._first.setdefault((info.measure, info.breakdown, (info.scheme, info.code)), info.id)
        first = set(self._first.values())
        read = [info for info in found if info.measure in several or info.id in first]
        self._by_input: dict[tuple[str, str, bool, bool], dict[Subject, dict[Period, Figure]]] = {}
        for figures in filter(None, points(read, known_on=moment).values()):
            self._keep(figures)
        self._breaks: dict[str, list[date]] = {}
        for measure, on in Break.objects.filter(measure__code__in=measures).values_list(
            "measure__code", "on"
        ):
            self._breaks.setdefault(measure, []).append(on)

    def _keep(self, figures: list[Figure]) -> None:
        """Of one account, for inputs that read every account and, of the first-ranked, for the others too."""
        info = figures[0].series
        subject = (info.scheme, info.code)
        first = self._first[info.measure, info.breakdown, subject] == info.id
        dated = {(f.start, f.end): f for f in figures if f.start and f.end}
        regular = {span: f for span, f in dated.items() if frequency(*span) != "_"}
        for accounts in (True, False) if first else (True,):
            for spans in (False, True) if info.measure in self._spanning else (False,):
                subjects = self._by_input.setdefault((info.measure, info.breakdown, accounts, spans), {})
                held = subjects.setdefault(subject, {})
                subjects[subject] = (dated if spans else regular) | held

    def figures(self, one: "Input") -> dict[Subject, dict[Period, Figure]]:
        """All figures of an input, by subject then period."""
        return self._by_input.get((one.measure, one.breakdown, one.accounts, one.spans), {})

    def read(self, one: "Input", subject: Subject, period: Period) -> list[Figure]:
        """The figures that make an input of a result; empty when one of them is missing."""
        held = self.figures(one).get(one.about or subject, {})
        if one.window > 1:
            return self._window(one, held, period)
        if one.last_known:
            before = [span for span in held if span[1] <= period[1]]
            return [held[max(before, key=lambda span: span[1])]] if before else []
        return [held[period]] if period in held else []

    def _window(self, one: "Input", held: dict[Period, Figure], period: Period) -> list[Figure]:
        """Periods in a row, back from the last one; none across a break, where they do not add up."""
        by_end = {span[1]: span for span in held if frequency(*span) == frequency(*period)}
        found, end = [], period[1]
        while len(found) < one.window:
            if end not in by_end:
                return []
            span = by_end[end]
            found.append(held[span])
            end = span[0] - ONE_DAY
        first = found[-1].start
        crossed = any(first < on <= period[1] for on in self._breaks.get(one.measure, ()))
        return [] if crossed else found[::-1]
