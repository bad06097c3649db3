"""`manage.py load_employment`: the attested plan, its agreement, the school and the planned offers."""

from django.core.management.base import BaseCommand

from employment.loading import load_employment


class Command(BaseCommand):
    help = "Charge le plan Bridgestone, sa convention, l’école de production et les offres annoncées."

    def handle(self, *args, **options):
        self.stdout.write(", ".join(f"{n} {what}" for what, n in load_employment().items()))
