"""`manage.py refresh`: fetch official data now, queue them for the workers, or only look at what would
change.
"""

from django.core.management.base import BaseCommand, CommandError

from agglo.opendata.declaration import declared
from agglo.opendata.errors import RefreshError
from agglo.opendata.freshness import freshness_of
from agglo.opendata.loading import Difference, Outcome
from agglo.opendata.models import GOOD, Cause, Run
from agglo.opendata.queueing import Busy, queue
from agglo.opendata.refresh import Options, preview, refresh
from agglo.opendata.wording import count, figure

KINDS = {"revised": "révisé", "added": "ajouté", "withdrawn": "retiré"}


class Command(BaseCommand):
    help = "Actualise des jeux de données officiels. Commencez par --dry-run."

    def add_arguments(self, parser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="jeux à actualiser")
        parser.add_argument("--all", action="store_true", help="tous les jeux déclarés")
        parser.add_argument(
            "--list", action="store_true", help="liste les jeux et leur fraîcheur, sans rien faire"
        )
        parser.add_argument("--dry-run", action="store_true", help="montre les différences, n’écrit rien")
        parser.add_argument("--queue", action="store_true", help="confie le travail aux ouvriers Celery")
        parser.add_argument("--file", default="", help="lit ce fichier au lieu d’interroger le service")
        parser.add_argument("--base-url", default="", help="adresse d’un miroir")
        parser.add_argument(
            "--replay", type=int, metavar="N", help="relit les réponses de l’actualisation n° N"
        )
        parser.add_argument(
            "--known-from", default="", metavar="AAAA-MM-JJ", help="jour où ces chiffres ont été connus"
        )
        parser.add_argument("--edition", default="", help="nom de l’édition, par exemple 2023-T3")
        parser.add_argument(
            "--accept", default="", metavar="RAISON", help="accepte une réponse peu vraisemblable"
        )
        parser.add_argument(
            "--hold", default="", metavar="RAISON", help="compare puis attend l’accord d’une personne"
        )
        parser.add_argument(
            "--partial",
            action="store_true",
            help="le fichier n’est qu’une partie du jeu\u00a0: rien n’est retiré",
        )
        parser.add_argument(
            "--force", action="store_true", help="compare même si rien n’a changé en apparence"
        )
        parser.add_argument(
            "--sample", type=int, default=20, help="nombre de différences montrées par nature"
        )

    def handle(self, *args, **given) -> None:
        if given["list"]:
            return self._list()
        codes = list(declared()) if given["all"] else given["codes"]
        if not codes:
            raise CommandError(
                "Donnez un ou plusieurs codes de jeux, ou --all. La liste\u00a0: refresh --list."
            )
        if unknown := [code for code in codes if code not in declared()]:
            raise CommandError(
                f"Aucun jeu déclaré sous\u00a0: {', '.join(unknown)}. La liste\u00a0: refresh --list."
            )
        if len(codes) > 1 and (given["file"] or given["replay"]):
            raise CommandError("--file et --replay ne valent que pour un seul jeu.")
        options = Options(
            **{name: given[name] or Options.__dataclass_fields__[name].default for name in Options.__slots__}
        )
        try:
            options.moment  # noqa: B018 - reads the date before anything starts
        except ValueError:
            raise CommandError("--known-from attend une date AAAA-MM-JJ.") from None
        failed = [code for code in codes if not self._one(code, options, given)]
        if failed:
            raise CommandError(f"À revoir\u00a0: {', '.join(failed)}.")

    def _one(self, code: str, options: Options, given: dict) -> bool:
        self.stdout.write(self.style.MIGRATE_HEADING(f"{code} — {declared()[code].title}"))
        try:
            if given["dry_run"]:
                self._show(preview(code, options, sample=given["sample"]))
                self.stdout.write("  Essai à blanc\u00a0: rien n’a été écrit.")
                return True
            if given["queue"]:
                run = queue(code, cause=Cause.COMMAND, options=options.stored())
                self.stdout.write(f"  Demande n° {run.pk} confiée aux ouvriers.")
                return True
            return self._report(refresh(code, options))
        except (RefreshError, Busy) as error:
            self.stderr.write(f"  {error}")
            if getattr(error, "detail", "") and given["verbosity"] > 1:
                self.stderr.write(f"  {error.detail}")
            return False

    def _report(self, run: Run) -> bool:
        self.stdout.write(f"  Actualisation n° {run.pk}\u00a0: {run.get_status_display()}.")
        self._counts(run, run.refused)
        for row in run.refused_rows.all()[:20]:
            self.stdout.write(f"    ligne {row.line} refusée\u00a0: {row.reason}")
        if run.error:
            self.stderr.write(f"  {run.error}")
        return run.status in GOOD

    def _counts(self, done: Run | Outcome, refused: int) -> None:
        parts = [
            count(done.read, "ligne lue", "lignes lues"),
            count(done.added, "ajoutée", "ajoutées"),
            count(done.revised, "révisée", "révisées"),
            count(done.unchanged, "inchangée", "inchangées"),
            count(done.withdrawn, "retirée", "retirées"),
            count(refused, "refusée", "refusées"),
        ]
        if done.skipped:
            parts.append(f"{count(done.skipped, 'ligne', 'lignes')} hors de notre suivi")
        if done.repeated:
            parts.append(count(done.repeated, "répétée", "répétées"))
        self.stdout.write(f"  {', '.join(parts)}.")

    def _show(self, outcome: Outcome) -> None:
        self._counts(outcome, outcome.refused_count)
        for difference in outcome.differences:
            self.stdout.write(f"    {_sentence(difference)}")
        for line, _, reason in outcome.refused[:20]:
            self.stdout.write(f"    ligne {line} refusée\u00a0: {reason}")

    def _list(self) -> None:
        for fresh in freshness_of():
            self.stdout.write(f"{fresh.code:34} {fresh.state.label:30} {fresh.sentence}")


def _sentence(d: Difference) -> str:
    """« révisé : Béthune (COM 62119), toys, 2023-01-01 → 2023-12-31 : 8,5 → 8,4 »."""
    broken = f" [{d.breakdown}]" if d.breakdown else ""
    about = f"{d.subject} ({d.scheme} {d.code}), {d.measure}{broken}"
    what = f"{KINDS[d.kind]}\u00a0: {about}, du {d.first} au {d.last}"
    if d.kind == "added":
        return f"{what}\u00a0: {figure(d.new)}"
    return f"{what}\u00a0: {figure(d.old)} → {figure(d.new)}"
