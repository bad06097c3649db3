"""Tell owners what changed since the last mail, now; for a clock of one's own beside beat."""

from django.core.management.base import BaseCommand

from agglo.opendata.telling import tell


class Command(BaseCommand):
    help = "Écrit aux responsables ce qui a changé depuis le dernier courriel\u202f; rien si rien n’a changé."

    def handle(self, *args, **options) -> None:
        done = tell()
        self.stdout.write(f"{done['written']} courriel(s) écrit(s), {done['sent']} envoyé(s).")
