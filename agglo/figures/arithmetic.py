"""What may be computed from figures, and what is refused: sums and changes that would mislead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Evidence, Origin, Qualifier, TerritoryRule


class CannotAddUp(ValueError):
    """Says in French why these figures have no meaningful sum."""


@dataclass(frozen=True, slots=True)
class Sum:
    value: Decimal
    approximate: bool
    missing: int
    """How many of the figures had no value; a sum with missing parts is partial and says so."""


def add_up(figures: Sequence[Figure]) -> Sum:
    """The sum of figures of one measure, period, evidence status and class; otherwise raises CannotAddUp."""
    if not figures:
        raise CannotAddUp("Il n’y a rien à additionner.")
    first = figures[0]
    _same({f.series.counted_unit for f in figures}, "Ces chiffres ne comptent pas la même chose\u00a0: {}.")
    _same(
        {Evidence(f.evidence).label for f in figures},
        "Ces chiffres n’ont pas le même statut\u00a0: {}\u202f; ils se lisent côte à côte, sans total.",
    )
    _same(
        {Origin(f.origin) == Origin.DEMO for f in figures},
        "Une donnée fictive ne s’ajoute pas à un chiffre attesté.",
    )
    _same({(f.start, f.end) for f in figures}, "Ces chiffres ne portent pas sur la même période.")
    _same(
        {(f.series.measure, f.series.version) for f in figures},
        "Ces chiffres suivent des définitions différentes.",
    )
    if first.series.territory_rule != TerritoryRule.SUM:
        raise CannotAddUp(f"«\u202f{first.series.name}\u202f» ne s’additionne pas d’un territoire à l’autre.")
    if len({(f.series.subject_id, f.series.breakdown) for f in figures}) < len(figures):
        raise CannotAddUp("Le même sujet est compté deux fois.")
    values = [f for f in figures if f.has_value]
    if not values:
        raise CannotAddUp("Aucun de ces chiffres n’a de valeur.")
    return Sum(
        value=sum((f.value for f in values), Decimal(0)),
        approximate=any(f.qualifier != Qualifier.EXACT for f in values),
        missing=len(figures) - len(values),
    )


def _same(values: set, sentence: str) -> None:
    if len(values) > 1:
        raise CannotAddUp(sentence.format(", ".join(sorted(str(v) for v in values))))


@dataclass(frozen=True, slots=True)
class Change:
    """Evolution between two figures: in points for parts of a hundred, in value and percent otherwise."""

    earlier: Figure
    later: Figure
    absolute: Decimal | None
    percent: Decimal | None
    in_points: bool
    refused: str = ""
    """Why there is none, in French; empty when there is one."""


def change(earlier: Figure, later: Figure, breaks: Iterable[tuple[date, str]] = ()) -> Change:
    """The change from one figure to a later one of the same series; refused across a break.

    `breaks` are (date, cause) of the measure. Nothing is raised: a refusal carries its sentence.
    """
    # Points are of a hundred: jobs per hectare or years of stock change by jobs and by years.
    in_points = "%" in (later.series.symbol, later.series.counted_unit) or (
        later.series.counted_unit == "pour 100"
    )
    reason = _why_not(earlier, later, breaks)
    if reason:
        return Change(earlier, later, None, None, in_points, reason)
    absolute = later.value - earlier.value
    percent = None
    if not in_points and earlier.value:
        percent = 100 * absolute / earlier.value
    return Change(earlier, later, absolute, percent, in_points)


def _why_not(earlier: Figure, later: Figure, breaks: Iterable[tuple[date, str]]) -> str:
    if not (earlier.has_value and later.has_value):
        return "Une des deux valeurs manque."
    if (earlier.series.measure, earlier.series.version) != (later.series.measure, later.series.version):
        return "La définition a changé entre les deux dates."
    if earlier.series.counted_unit != later.series.counted_unit:
        return "Les deux valeurs ne comptent pas la même chose."
    if earlier.evidence != later.evidence:
        return "Les deux valeurs n’ont pas le même statut."
    if earlier.end is None or later.end is None:
        return "La source ne date pas l’une des valeurs."
    for on, cause in breaks:
        if earlier.end < on <= later.end:
            return f"Rupture de série ({cause})\u00a0: les deux valeurs ne se comparent pas."
    return ""
