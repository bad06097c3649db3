"""Makes the axis pages ahead of their visitors."""

from django.core.management.base import BaseCommand

from agglo.indicators.prepared import prepare_pages


class Command(BaseCommand):
    help = "Prépare les pages d’axe, même si le registre n’a pas changé (après une nouvelle version du code)."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{prepare_pages(anew=True)} pages préparées.")
