"""Creates the demonstration accounts at first start and prints them; later calls print the same ones."""

from django.conf import settings
from django.core.management.base import BaseCommand

from agglo.accounts.demo import ensure_demo_accounts


class Command(BaseCommand):
    help = "Crée les comptes de démonstration au premier appel, et les affiche."

    def handle(self, *args, **options):
        path = settings.VAR_DIR / "demo-accounts.txt"
        self.stdout.write(ensure_demo_accounts(path))
        self.stdout.write(f"Gardés dans {path}")
