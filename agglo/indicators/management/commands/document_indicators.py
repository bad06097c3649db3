"""`manage.py document_indicators`: prints docs/indicators.md from the catalogue and the declarations."""

from django.core.management.base import BaseCommand

from agglo.indicators.describing import document


class Command(BaseCommand):
    help = "Écrit en Markdown ce qui alimente chaque indicateur."

    def handle(self, *args, **options) -> None:
        self.stdout.write(document(), ending="")
