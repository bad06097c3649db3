"""Loads the catalogue of indicators; running it again changes nothing."""

from django.core.management.base import BaseCommand

from agglo.indicators.loading import load_indicators


class Command(BaseCommand):
    help = "Charge le catalogue des indicateurs\u00a0: axes, mesures, ruptures connues, indicateurs."

    def handle(self, *args, **options) -> None:
        written = load_indicators()
        self.stdout.write("Catalogue\u00a0: " + ", ".join(f"{n} {what}" for what, n in written.items()) + ".")
