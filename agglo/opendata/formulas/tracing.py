"""From a computed figure back to the figures it was read from, as they were known when it was worked out."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from agglo.figures.figure import Figure
from agglo.figures.models import Observation, Series
from agglo.figures.picking import pick

from .declaring import formula_of
from .formula import Formula, Missing, Result
from .held import Held
from .totals import Total


@dataclass(frozen=True, slots=True)
class Traced:
    """How a computed figure was obtained. `inputs` pairs each ingredient's French name with its figures."""

    formula: Formula | Total
    inputs: list[tuple[str, list[Figure]]]


def trace(figure: Figure) -> Traced | None:
    """The formula and inputs of a figure; None when it was not computed here.

    Nothing is stored for it: working the formula out again over the ledger as known at the moment the
    result was written gives the same inputs.
    """
    formula = formula_of(figure.series.dataset)
    if formula is None:
        return None
    about, period = (figure.series.scheme, figure.series.code), (figure.start, figure.end)
    held = Held(formula.inputs.values(), figure.known_from, formula.subjects(about, period))
    result = formula.at(held, about, period)
    used = result.used if isinstance(result, Result) else {}
    found = pick({id_ for ids in used.values() for id_ in ids})
    return Traced(
        formula,
        [
            (formula.inputs[name].label, [found[id_] for id_ in ids if id_ in found])
            for name, ids in used.items()
        ],
    )


def missing_inputs(formula: Formula | Total) -> list[str]:
    """French names of the inputs nobody has given a public figure of yet; empty when all have some."""
    inputs = formula.inputs.values()
    figures = Observation.objects.known_on().filter(series=OuterRef("pk"))
    given = Series.objects.filter(
        Exists(figures), public=True, measure_version__measure__code__in={one.measure for one in inputs}
    )
    pairs = set(given.values_list("measure_version__measure__code", "breakdown__key").distinct())
    return [one.label for one in inputs if (one.measure, one.breakdown) not in pairs]


def gaps(formula: Formula | Total) -> list[Missing]:
    """Where the formula has no result today, and for want of which inputs."""
    held = Held(formula.inputs.values())
    return [one for one in formula.work_out(held) if isinstance(one, Missing)]
