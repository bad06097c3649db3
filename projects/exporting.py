"""Files of what is filtered: what they say, and how they were made, stands above their columns.

CSV goes out row by row; an XLSX workbook has a first sheet to read and a second one with the rows.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from projects.bulk.cells import guarded, tidy

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LICENCE = "Licence Ouverte 2.0"
AT_ONCE = 500  # rows in one piece of a file on its way
BOLD, WRAP = Font(bold=True), Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above the columns of a file. `meanings` says each column."""

    title: str
    definition: str
    filters: str
    meanings: Sequence[tuple[str, str]] = ()
    licence: str = LICENCE

    def lines(self) -> list[tuple[str, str]]:
        return [
            ("contenu", self.title),
            ("definition", self.definition),
            ("filtres", self.filters),
            ("date", timezone.localdate().isoformat()),
            ("licence", self.licence),
        ]


def csv_file(
    name: str, title: str, definition: str, filters: str, columns: Sequence[str], rows: Iterable[Sequence]
) -> HttpResponse:
    """A short file, made at once; no cell can start a formula."""
    text = "".join(_csv(Notice(title, definition, filters), columns, rows))
    return _named(HttpResponse(text, content_type=CSV), name)


def long_csv_file(
    name: str, notice: Notice, columns: Sequence[str], rows: Iterable[Sequence]
) -> StreamingHttpResponse:
    """Row by row: semicolons, UTF-8 with its mark, as French spreadsheets open it."""
    return _named(StreamingHttpResponse(_csv(notice, columns, rows), content_type=CSV), name)


def _named(response, name: str):
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def _csv(notice: Notice, columns: Sequence[str], rows: Iterable[Sequence]) -> Iterator[str]:
    out = io.StringIO()
    out.write("\ufeff")
    said = notice.lines() + [(f"colonne {column}", meaning) for column, meaning in notice.meanings]
    for label, words in said:
        out.write(f"# {label}\u00a0: {' '.join(words.split())}\n")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(columns)
    yield _taken(out)  # before the first row is asked for: the file begins at once, however long it is
    for number, row in enumerate(rows, start=1):
        writer.writerow([cell_text(value) for value in row])
        if number % AT_ONCE == 0:
            yield _taken(out)
    yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def cell_text(value) -> str:
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",")
    return "" if value is None else guarded(str(value))


def xlsx_file(name: str, notice: Notice, columns: Sequence[str], rows: Iterable[Sequence]) -> FileResponse:
    """Numbers stay numbers; everything else is a text, and no text can start a formula."""
    book = Workbook(write_only=True)
    read_me = book.create_sheet("À lire")
    read_me.column_dimensions["A"].width, read_me.column_dimensions["B"].width = 24, 100
    for label, words in [*notice.lines(), ("", ""), ("colonne", "ce qu’elle dit"), *notice.meanings]:
        read_me.append([_headed(read_me, label), _wrapped(read_me, words)])
    sheet = book.create_sheet("Données")
    sheet.freeze_panes = "B2"
    for rank in range(len(columns)):
        sheet.column_dimensions[chr(65 + rank)].width = 22
    sheet.append([_headed(sheet, column) for column in columns])
    for row in rows:
        sheet.append([value if isinstance(value, int | float) else _cell(value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _cell(value) -> str:
    return "" if value is None else guarded(tidy(str(value)))


def _headed(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.font = BOLD
    return cell


def _wrapped(sheet, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, _cell(text))
    cell.alignment = WRAP
    return cell


FORMATS = {"csv": long_csv_file, "xlsx": xlsx_file}
