"""Writes the attested facts in the ledger; running it again changes nothing."""

from django.core.management.base import BaseCommand

from agglo.figures.facts.loading import load_facts


class Command(BaseCommand):
    help = "Charge les faits attestés (article, presse, taux de chômage de l’Insee) dans le registre."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Faits attestés\u00a0: {load_facts()}.")
