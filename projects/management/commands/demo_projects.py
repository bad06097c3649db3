"""`manage.py demo_projects load|remove`: the fictional set, laid or taken away."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import ProtectedError

from projects.demo.loading import load, remove


class Command(BaseCommand):
    help = "Pose (load) ou retire (remove) les sites, projets et emplois fictifs de démonstration."

    def add_arguments(self, parser):
        parser.add_argument(
            "act", choices=("load", "remove"), help="load\u00a0: poser\u202f; remove\u00a0: retirer"
        )

    def handle(self, *args, **options):
        laying = options["act"] == "load"
        try:
            counts = load() if laying else remove()
        except ProtectedError as error:
            held = ", ".join(str(one) for one in list(error.protected_objects)[:3])
            raise CommandError(
                f"Rien n’a été retiré\u00a0: {held} dépend d’une donnée fictive. Détachez-le et recommencez."
            ) from error
        said = ", ".join(f"{n} {what}" for what, n in counts.items())
        self.stdout.write(f"{'En place' if laying else 'Retirés'}\u00a0: {said}.")
