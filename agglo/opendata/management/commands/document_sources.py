"""`manage.py document_sources`: prints docs/data-sources.md from the declarations."""

from django.core.management.base import BaseCommand

from agglo.opendata.declaration import declared
from agglo.opendata.describing import document


class Command(BaseCommand):
    help = "Écrit en Markdown ce que les jeux de données déclarés sont, et d’où ils viennent."

    def handle(self, *args, **options) -> None:
        self.stdout.write(document(declared().values()), ending="")
