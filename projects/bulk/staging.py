"""Reads a file and compares it whole; what it would change is kept in rows of its own, nothing else moves."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection

from agglo.charts.french import number
from projects.brought import Unreadable
from projects.models import BulkContent, BulkRow, Import
from projects.models.bulk import Change, State
from projects.work.pulse import Pulse

from .columns import STAMP
from .comparing import Compared, Comparison
from .reading import Table, read

BATCH = 2000
COPY = (
    f"COPY {BulkRow._meta.db_table} (owner_id, line, change, key, title, record_id, cells, reasons, given,"
    " outcome, note) FROM STDIN WITH (FORMAT csv, NULL '\\N')"
)


def stage(row: Import, pulse: Pulse) -> dict[str, object]:
    """What the import becomes. Raises Unreadable, Stopped."""
    table = read(bytes(BulkContent.objects.get(owner=row).content))
    comparison = Comparison(table.sheet, table.columns)
    counts = {"read": 0, "added": 0, "changed": 0, "unchanged": 0, "refused": 0, "public_rows": 0}
    BulkRow.objects.filter(owner=row).delete()
    for lines in _batches(table.lines, BATCH):
        pulse(counts["read"], table.total)
        compared = comparison.compare(lines)
        for one in compared:
            counts[one.change or "unchanged"] += 1
            counts["public_rows"] += one.public and one.change != Change.REFUSED
        counts["read"] += len(lines)
        copy_rows(row, [one for one in compared if one.change])
    if not counts["read"]:
        raise Unreadable("Ce fichier n’a aucune ligne sous ses en-têtes.")
    said = {"sheet": table.sheet.code, "columns": table.columns, "warnings": _warnings(table, comparison)}
    return {"state": State.READY, "done": counts["read"], "total": counts["read"], **said, **counts}


def _batches(lines: Iterator, size: int) -> Iterator[list]:
    while batch := list(islice(lines, size)):
        yield batch


def _warnings(table: Table, comparison: Comparison) -> list[str]:
    said = []
    if table.ignored:
        said.append(f"Colonnes que nous ne connaissons pas, laissées de côté : {', '.join(table.ignored)}.")
    said += [
        f"La colonne « {name} » ne se change pas par fichier : {_left(count)} de côté."
        for name, count in comparison.overlooked.items()
    ]
    if STAMP not in table.columns:
        said.append(
            f"Sans la colonne « {STAMP} », nous ne pouvons pas voir si quelqu’un a modifié une fiche depuis"
            " que ce fichier a été fait : relisez les valeurs remplacées."
        )
    return said


def _left(count: int) -> str:
    return f"{number(count)} valeurs laissées" if count > 1 else "une valeur laissée"


def copy_rows(row: Import, compared: Iterable[Compared]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    for one in compared:
        said = [json.dumps(part, ensure_ascii=False) for part in (one.cells, one.reasons, one.line.given)]
        record = "\\N" if one.record_id is None else one.record_id
        writer.writerow([row.pk, one.line.number, one.change, one.key[:64], one.title, record, *said, "", ""])
    out.seek(0)
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(COPY, out)


def staged(row: Import, change: Change) -> Iterator[list[BulkRow]]:
    """Its rows of that change, a batch at a time."""
    last = 0
    while batch := list(BulkRow.objects.filter(owner=row, change=change, line__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].line
