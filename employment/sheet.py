"""The closure sheet of a plan: at each date everybody in exactly one outcome, unknown included."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agglo.figures.figure import Figure
from agglo.figures.models import Observation
from agglo.figures.picking import pick
from agglo.figures.reading import moment_of
from agglo.figures.vocabulary import Qualifier
from agglo.figures.wording import sign_of

from .models import FollowUp, RedundancyPlan

TOTALS = ("pse-avec-solution", "pse-solutions-durables")


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as the ledger holds it, or « s » when it may not be shown."""

    name: str
    figure: Figure
    solution: bool
    durable: bool

    @property
    def value(self) -> int | None:
        return int(self.figure.value) if self.figure.has_value else None

    @property
    def exact(self) -> bool:
        return self.figure.qualifier == Qualifier.EXACT

    @property
    def sign(self) -> str:
        """What stands before the number: « ≈ » when its source says « environ »."""
        return sign_of(self.figure.qualifier) if self.value is not None else ""

    @property
    def precision(self) -> str:
        """« exactement », « environ », « au moins »; empty when the number is masked."""
        return Qualifier(self.figure.qualifier).label if self.value is not None else ""


@dataclass(frozen=True, slots=True)
class Column:
    """One follow-up; `unknown` is what the base leaves, None when the source gives no base."""

    follow_up: FollowUp
    cells: list[Cell]
    base: Figure | None
    totals: dict[str, Figure] = field(default_factory=dict)

    @property
    def masked(self) -> bool:
        return any(cell.value is None for cell in self.cells)

    def _sum(self, cells: Iterable[Cell]) -> int | None:
        values = [cell.value for cell in cells]
        return None if None in values else sum(values)

    @property
    def sign(self) -> str:
        """What stands before a sum of the parts, and before what the base leaves."""
        return "" if all(cell.exact for cell in self.cells) else sign_of(Qualifier.ABOUT)

    @property
    def placed(self) -> int | None:
        return self._sum(self.cells)

    def figure_of(self, measure: str) -> Figure | None:
        """A total of the same source and date, when the ledger shows it."""
        held = self.totals.get(measure)
        return held if held is not None and held.has_value else None

    def _total(self, measure: str, cells: Iterable[Cell]) -> int | None:
        """As the ledger shows it, even beside masked parts; else the sum of parts that are all shown."""
        held = self.figure_of(measure)
        return int(held.value) if held is not None else self._sum(cells)

    @property
    def solved(self) -> int | None:
        return self._total("pse-avec-solution", [cell for cell in self.cells if cell.solution])

    @property
    def durable(self) -> int | None:
        return self._total("pse-solutions-durables", [cell for cell in self.cells if cell.durable])

    @property
    def unknown(self) -> int | None:
        if self.base is None or not self.base.has_value or self.placed is None:
            return None
        return int(self.base.value) - self.placed


def columns(plan: RedundancyPlan, day: date | None = None) -> list[Column]:
    """Follow-ups in force on that day, oldest first, with the figures then held. Five queries."""
    moment = moment_of(day)
    held = (
        plan.follow_ups.in_force(moment)
        .select_related("perimeter")
        .prefetch_related("lines__category")
        .order_by("end", "start")
    )
    flags = {row.category_id: row for row in plan.categories.all()}
    rows = Observation.objects.visible_to(None).known_on(moment).filter(series__subject=plan.subject_id)
    figures = pick(rows.values_list("pk", flat=True))
    found = {
        (f.series.dataset, f.start, f.end, f.series.measure, f.series.breakdown): f for f in figures.values()
    }
    result = []
    for row in held:
        where = (row.dataset, row.start, row.end)
        lines = [(line, found.get((*where, *line.where))) for line in row.lines.all()]
        cells = [
            Cell(
                line.category.name,
                figure,
                flags[line.category_id].is_solution,
                flags[line.category_id].is_durable,
            )
            for line, figure in lines
            if figure is not None
        ]
        if cells:
            base = found.get((*where, row.perimeter.measure, "")) if row.base is not None else None
            totals = {m: found[*where, m, ""] for m in TOTALS if (*where, m, "") in found}
            result.append(Column(row, cells, base, totals))
    return result
