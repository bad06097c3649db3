"""What inventories bring to the staff's worklist: parks whose inventory is late, rounds to adopt."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import date_long
from agglo.figures.vocabulary import Origin
from projects.models import InventoryRound

from . import park_page, rounds


def items(user) -> Iterator[Item]:
    day = timezone.localdate()
    for site in park_page.parks(published=True).exclude(origin=Origin.DEMO):
        park = park_page.read(site, day)
        if park.due.clock != rounds.Clock.IN_TIME and park.open is None:
            pile = Pile.LATE if park.due.clock == rounds.Clock.LATE else Pile.WAITING
            why = f"Inventaire de la zone d’activité dû le {date_long(park.due.on)}, aucun n’est ouvert."
            href = reverse("projects:inventory_round_new")
            yield Item(pile, site.name, why, href, "Ouvrir un inventaire", about=site.get_absolute_url())
    if user is not None and not user.holds("reviewer"):
        return
    waiting = InventoryRound.objects.exclude(origin=Origin.DEMO).filter(adopted_on__isnull=True)
    for one in waiting.filter(consultation_end__lt=day):
        why = f"Consultation close le {date_long(one.consultation_end)}."
        yield Item(Pile.WAITING, one.name, why, reverse("projects:inventory_round", args=[one.pk]), "Adopter")
