"""Declares weights: a whole set at once, in force from a day on, with who decided and why."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from projects.models import Weight, WeightSet
from projects.models.prospect_step import WEIGHTED


@transaction.atomic
def declare(percents: Mapping[int, Decimal], decided_by: str, why: str, *, by=None, **told) -> WeightSet:
    """Raises ValueError when a stage has no weight: none is ever guessed."""
    if missing := [stage.short for stage in WEIGHTED if stage not in percents]:
        raise ValueError(f"Il manque un poids\u00a0: {', '.join(missing)}.")
    held = WeightSet.objects.create(decided_by=decided_by, why=why, by=by, **told)
    Weight.objects.bulk_create(
        Weight(weights=held, stage=stage, percent=percents[stage]) for stage in WEIGHTED
    )
    return held


def load_first_weights(told: dict) -> None:
    """The starting assumptions, in force from the day they are loaded; nothing once others were declared."""
    if not WeightSet.objects.of_class().exists():
        percents = {int(stage): Decimal(percent) for stage, percent in told["percents"].items()}
        declare(percents, told["decided_by"], told["why"])
