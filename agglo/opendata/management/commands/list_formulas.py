"""What the portal works out by itself, and what each formula still lacks."""

from django.core.management.base import BaseCommand, CommandError

from agglo.opendata.formulas import computed
from agglo.opendata.formulas.tracing import gaps, missing_inputs


class Command(BaseCommand):
    help = "Les calculs du portail, leurs entrées et ce qui leur manque."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "code", nargs="?", help="code d’un calcul\u00a0: là où il n’a pas de résultat, et pourquoi"
        )

    def handle(self, *, code: str | None = None, **options) -> None:
        formulas = computed()
        if code is None:
            for name, formula in formulas.items():
                missing = missing_inputs(formula)
                lacks = f" ; manque\u00a0: {', '.join(missing)}" if missing else ""
                self.stdout.write(f"{name} = {formula.words}{lacks}")
            return
        if code not in formulas:
            raise CommandError(
                f"Aucun calcul sous le code «\u202f{code}\u202f». Sans code, la commande les liste tous."
            )
        for gap in gaps(formulas[code]):
            self.stdout.write(f"{gap.scheme} {gap.code} {gap.period}\u00a0: {', '.join(gap.names)}")
