"""A file that staff bring, as lines under the columns of a sheet: XLSX, or CSV however it was saved."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from projects.brought import Unreadable, text_encoding

from .cells import unguarded
from .columns import KEY, REASON, Sheet
from .sheets import SHEETS
from .workbook import MOST_ROWS, sheets_of

PREFACE = 40  # lines within which the headings stand
DELIMITERS = ";,\t|"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, and its texts by column, as written."""

    number: int
    given: dict[str, str]


@dataclass
class Table:
    """`total` is about how many lines there will be."""

    sheet: Sheet
    columns: list[str]
    ignored: list[str]
    total: int
    lines: Iterator[Line]


def read(content: bytes) -> Table:
    """Raises Unreadable, now or while lines are read, with a French sentence."""
    if content[:4] == b"PK\x03\x04":
        for total, rows in sheets_of(content):
            table = _under_headings(rows, total or 0)
            if table:
                return table
        raise _no_headings()
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable(
            "C’est un classeur d’un ancien Excel, ou protégé : enregistrez-le en .xlsx, sans mot de passe."
        )
    encoding = text_encoding(content)
    if encoding is None:
        raise Unreadable(
            "Ce fichier n’est ni un classeur .xlsx ni un texte .csv : enregistrez-le dans l’un des deux."
        )
    table = _csv(content, encoding)
    if table is None:
        raise _no_headings()
    return table


def _no_headings() -> Unreadable:
    return Unreadable(
        f"Aucune ligne d’en-têtes reconnue : il faut la colonne « {KEY} » et au moins une autre. Partez d’un"
        " fichier exporté ou d’un modèle, sans renommer ses colonnes."
    )


def _csv(content: bytes, encoding: str) -> Table | None:
    """Read with the delimiter under which its headings make sense."""
    for delimiter in DELIMITERS:
        rows = _csv_rows(content, encoding, delimiter)
        table = _under_headings(rows, content.count(b"\n"), numbered=True)
        if table:
            return table
    return None


def _csv_rows(content: bytes, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The file is decoded as it is read: its text is never held whole."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter)
    try:
        for row in reader:
            yield [str(reader.line_num), *row]
    except csv.Error as error:
        raise Unreadable(
            f"Ligne {reader.line_num} : un guillemet n’est pas refermé, ou une cellule est trop longue."
            " Enregistrez le fichier en .xlsx."
        ) from error


def _under_headings(rows: Iterator[list[str]], total: int, *, numbered: bool = False) -> Table | None:
    """The table under the first row that holds the headings of a sheet, if one is near the top."""
    for place, row in enumerate(rows, start=1):
        headings = row[1:] if numbered else row
        sheet = _kind_of(headings)
        if sheet is not None:
            return _table(sheet, headings, rows, total, 0 if numbered else place)
        if place == PREFACE:
            break
    return None


def _kind_of(headings: list[str]) -> Sheet | None:
    ranked = sorted(((sheet.recognised(headings), code) for code, sheet in SHEETS.items()), reverse=True)
    (most, code), (next_most, _) = ranked[:2]
    if not most:
        return None
    if most == next_most:
        raise Unreadable(
            "Ces colonnes sont aussi bien celles des sites que celles des projets : ajoutez la colonne"
            " « nom » (sites) ou « intitule » (projets)."
        )
    return SHEETS[code]


def _table(sheet: Sheet, headings: list[str], rows: Iterator[list[str]], total: int, place: int) -> Table:
    names = [sheet.heading(text) for text in headings]
    known = [name for name in names if name in sheet.names]
    if twice := sorted({name for name in known if known.count(name) > 1}):
        raise Unreadable(f"Deux colonnes s’appellent « {twice[0]} » : gardez-en une.")
    ignored = [name for name in names if name and name not in known and name != REASON]
    return Table(sheet, known, ignored, max(total - place, 0), _lines(names, set(known), rows, place))


def _lines(names: list[str], known: set[str], rows: Iterator[list[str]], place: int) -> Iterator[Line]:
    wanted = [(rank, name) for rank, name in enumerate(names) if name in known]
    count = 0
    for shift, row in enumerate(rows, start=1):
        number, cells = (place + shift, row) if place else (int(row[0]), row[1:])
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Unreadable(f"Plus de {MOST_ROWS} lignes : chargez le fichier en plusieurs fois.")
        given = {name: unguarded(cells[rank]) if rank < len(cells) else "" for rank, name in wanted}
        yield Line(number, given)
