"""Brings a database and the static files up to this version of the code; may be repeated without harm."""

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

# In order: places before measures, measures before what was measured. Each is idempotent and quick.
LOADERS = (
    "load_territory",
    "load_indicators",
    "load_facts",
    "load_projects",
    "load_employment",
    "prepare_pages",
)


class Command(BaseCommand):
    help = "Applique les migrations, rassemble les fichiers statiques, charge les données de référence."

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo-accounts", action="store_true", help="crée aussi les comptes de démonstration"
        )

    def handle(self, *args, **options):
        # Compression leaves the interpreter free meanwhile; pages made ahead name the files it publishes.
        with ThreadPoolExecutor(1) as beside:
            published = beside.submit(call_command, "collectstatic", interactive=False, verbosity=0)
            self.step("Migrations et fichiers statiques", "migrate", interactive=False, verbosity=0)
            published.result()
        for loader in LOADERS:
            if loader in get_commands():
                self.step(loader, loader)
        if options["demo_accounts"]:
            self.step("Comptes de démonstration", "demo_accounts", stdout=StringIO())

    def step(self, title: str, command: str, **options) -> None:
        self.stdout.write(f"{title}…")
        call_command(command, **options)
