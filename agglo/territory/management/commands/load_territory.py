"""Loads the reference territories and their populations; run twice, it changes nothing."""

from django.core.management.base import BaseCommand
from django.db import transaction

from agglo.territory import population, reference


class Command(BaseCommand):
    help = "Charge les communes, l’EPCI, les zones d’emploi et leurs populations de référence."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        territories = reference.load_territories()
        self.stdout.write(f"Territoires\u00a0: {territories}")
        links = reference.load_memberships()
        self.stdout.write(f"Appartenances\u00a0: {links}")
        for note in links.notes:
            self.stdout.write(self.style.WARNING(f"  {note}"))
        if territories.added or links.added:
            reference.take_stock()
        populations = population.load_populations()
        if populations.added:
            reference.take_stock()
        self.stdout.write(f"Populations\u00a0: {populations}")
        self.stdout.write(f"Population de l’EPCI, par addition\u00a0: {population.add_up_communes()}")
        self.stdout.write(
            f"Recouvrements avec les zones d’emploi\u00a0: {population.measure_overlaps()} écrits"
        )
