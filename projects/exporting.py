"""A CSV file of what is filtered: what it says is written above its columns."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse
from django.utils import timezone

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(
    name: str, title: str, definition: str, filters: str, columns: Sequence[str], rows: Iterable[Sequence]
) -> HttpResponse:
    """Semicolons, UTF-8 with its mark, as French spreadsheets open it; no cell can start a formula."""
    out = io.StringIO()
    out.write("\ufeff")
    for label, said in (
        ("contenu", title),
        ("definition", definition),
        ("filtres", filters),
        ("date", timezone.localdate().isoformat()),
        ("licence", "Licence Ouverte 2.0"),
    ):
        out.write(f"# {label}\u00a0: {' '.join(said.split())}\n")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell_text(value) for value in row] for row in rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def cell_text(value) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
