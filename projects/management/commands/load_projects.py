"""`manage.py load_projects`: attested sites, projects and commitments, with the words of their sources."""

from django.core.management.base import BaseCommand

from projects.loading import load_projects


class Command(BaseCommand):
    help = "Charge les sites, projets et engagements attestés, avec les mots de leurs sources."

    def handle(self, *args, **options):
        self.stdout.write(", ".join(f"{n} {what}" for what, n in load_projects().items()))
