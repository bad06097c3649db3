"""An XLSX workbook as rows of texts: bounded before it is opened, broken cells told from empty ones."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from python_calamine import CalamineError, CalamineWorkbook

from projects.brought import Unreadable

MOST_BYTES = 400 * 1024 * 1024  # once unpacked
MOST_ROWS, MOST_COLUMNS = 200_000, 200
BROKEN = "#VALEUR!"
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
# Cells in error, and formulas whose result nobody worked out: the reader takes both for empty.
_BROKEN = re.compile(
    rb'<c\b(?=[^>]*\bt="e")([^>]*)>|<c\b([^>]*)><f\b[^<]*(?:/>|</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>'
)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets_of(content: bytes) -> Iterator[tuple[int | None, Iterator[list[str]]]]:
    """(number of rows, rows) of each sheet, in order; a row keeps its place. Raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            broken = _looked_at(pack)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index, cells in enumerate(broken):
            sheet = book.get_sheet_by_index(index)
            if sheet.start is not None:
                yield sheet.total_height, _rows(sheet, cells)
    except (
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ParseError,
        CalamineError,
        DefusedXmlException,
    ) as error:
        raise Unreadable(
            "Ce fichier n’est pas un classeur Excel lisible : ouvrez-le dans votre tableur et enregistrez-le"
            " en .xlsx."
        ) from error


def _looked_at(pack: zipfile.ZipFile) -> list[dict[int, set[int]]]:
    """Row -> columns of the cells that cannot be read, a sheet after the other."""
    if sum(one.file_size for one in pack.infolist()) > MOST_BYTES:
        raise Unreadable(
            "Ce classeur est trop grand une fois déplié : enregistrez en .csv, ou en plusieurs fois."
        )
    links = ElementTree.fromstring(pack.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", ""))[1:] for link in links}
    book = ElementTree.fromstring(pack.read("xl/workbook.xml"))
    return [_broken(pack.read(targets[sheet.get(_LINK)])) for sheet in book.iter(f"{_MAIN}sheet")]


def _broken(xml: bytes) -> dict[int, set[int]]:
    places = {(_column(letters), int(row)) for letters, row in _extremes(xml)}
    if any(column > MOST_COLUMNS or row > MOST_ROWS for column, row in places):
        raise Unreadable(
            f"Une feuille a des cellules au-delà de la ligne {MOST_ROWS} ou de la colonne {MOST_COLUMNS} :"
            " supprimez ce qui n’est pas le tableau."
        )
    found: dict[int, set[int]] = {}
    for cell in _BROKEN.finditer(xml):
        place = _PLACE.search(cell[1] or cell[2] or b"")
        if place:
            found.setdefault(int(place[2]), set()).add(_column(place[1]))
    return found


def _extremes(xml: bytes) -> set[tuple[bytes, bytes]]:
    """The widest and the lowest places named in a sheet."""
    widest, lowest = (b"A", b"1"), (b"A", b"1")
    for place in _PLACE.findall(xml):
        if (len(place[0]), place[0]) > (len(widest[0]), widest[0]):
            widest = place
        if (len(place[1]), place[1]) > (len(lowest[1]), lowest[1]):
            lowest = place
    return {widest, lowest}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows(sheet, broken: dict[int, set[int]]) -> Iterator[list[str]]:
    left = sheet.start[1] + 1
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        for column in broken.get(line, ()):
            if 0 <= column - left < len(texts):
                texts[column - left] = BROKEN
        yield texts


def _text(cell: object) -> str:
    """As a person in France would have typed it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
