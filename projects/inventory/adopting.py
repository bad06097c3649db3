"""The act that adopts an inventory fixes the counts of each of its parks."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from projects.models import InventoryRound, LandUnit

from . import vacancy


class CannotAdopt(ValueError):
    """What is missing, as a French sentence."""


def adopt(round_: InventoryRound, on: date, act: str) -> None:
    """Raises CannotAdopt. Counts are those of the day of the act; later corrections do not touch them."""
    with transaction.atomic():
        held = InventoryRound.objects.select_for_update().get(pk=round_.pk)
        if held.adopted_on is not None:
            raise CannotAdopt("Cet inventaire est déjà adopté.")
        if on > timezone.localdate():
            raise CannotAdopt(
                "Cette date est à venir\u202f: notez l’adoption une fois l’acte pris, elle ne se reprend pas."
            )
        if held.consultation_end is None or on <= held.consultation_end:
            raise CannotAdopt(
                "L’adoption vient après la fin de la consultation des propriétaires et occupants."
            )
        if not act.strip():
            raise CannotAdopt("Donnez la référence de l’arrêté ou de la délibération.")
        held.adopted_on, held.act = on, act.strip()
        held.save()
        for row in held.counted.select_related("park"):
            units = LandUnit.objects.filter(park=row.park).prefetch_related("stays")
            counted = vacancy.vacancy((unit.told() for unit in units), on)
            row.units, row.vacant, row.unknown = counted.total, counted.vacant, counted.unknown
            row.save()
