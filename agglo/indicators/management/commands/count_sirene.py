"""`count_sirene ÉTABLISSEMENTS UNITÉS --stock JOUR`: counts stock files given by hand, and loads them."""

from datetime import date
from hashlib import file_digest
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from agglo.indicators import sirene_stock
from agglo.indicators.connectors.sirene_stock import CODE, KEPT_BY_HAND, extract
from agglo.indicators.places import our_communes
from agglo.opendata.errors import RefreshError
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh


class Command(BaseCommand):
    help = "Compte les fichiers stock de Sirene (Parquet) téléchargés à la main, puis charge les comptages."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "files", nargs=2, type=Path, metavar="FICHIER", help="StockEtablissement, StockUniteLegale"
        )
        parser.add_argument(
            "--stock", required=True, type=date.fromisoformat, help="jour du stock\u00a0: 2026-11-01"
        )

    def handle(self, *args, files: list[Path], stock: date, **options) -> None:
        try:
            communes = our_communes()
            counts = sirene_stock.count(*files, communes, stock)
            answer = extract(counts, communes, stock, [described(path) for path in files], files[0].name)
            self.stdout.write(f"{len(counts)} comptages du stock du {stock:%d/%m/%Y}.")
            unpacked = answer.path.with_suffix(".json")
            unpacked.write_bytes(answer.read())
            try:
                run = refresh(CODE, Options(file=str(unpacked)))
            finally:
                unpacked.unlink()
        except (RefreshError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{run.get_status_display()}\u00a0: {run.added} ajoutés, {run.revised} révisés. {run.error}"
        )


def described(path: Path) -> dict:
    with path.open("rb") as file:
        checksum = file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    return {"title": path.name, "url": "", "sha256": checksum, "bytes": size, "state": KEPT_BY_HAND}
