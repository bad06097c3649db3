"""Files to edit and bring back: every record that is filtered, or an empty one with the same columns."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse

from projects.exporting import FORMATS, Notice
from projects.models import BulkRow, Import
from projects.models.bulk import Change

from .columns import REASON, STAMP, STAMP_MEANING, Sheet
from .kinds import Number

INTERNAL = "Document de travail des services : il contient ce qui n’est pas encore publié. Ne pas diffuser."
File = FileResponse | StreamingHttpResponse


def records_file(sheet: Sheet, form: str, records: QuerySet, filters: str) -> File:
    """All the records of a query set of the sheet, in its order."""
    found = records.values_list(*sheet.paths()).iterator(chunk_size=2000)
    return _file(sheet, form, sheet.code, filters, sheet.names, _rows(sheet, found))


def template_file(sheet: Sheet, form: str) -> File:
    """Headings and definitions, no record."""
    return _file(sheet, form, f"modele-{sheet.code}", "modèle vide", sheet.names, ())


def refused_file(sheet: Sheet, form: str, row: Import) -> File:
    """What was refused of an import, as it was written, each with its reason; to correct and bring back."""
    columns = [*row.columns, REASON]
    refused = BulkRow.objects.filter(owner=row, change=Change.REFUSED).iterator(chunk_size=2000)
    rows = ([*(one.given.get(name, "") for name in row.columns), why_words(one)] for one in refused)
    name = f"{sheet.code}-a-corriger-{row.pk}"
    return _file(sheet, form, name, f"lignes refusées de l’import n° {row.pk} ({row.name})", columns, rows)


def why_words(one: BulkRow) -> str:
    """« nature : … ; pollution : … Valeur actuelle : « traitée ». »"""
    return " ; ".join(
        f"{reason['column']} : {reason['why']}"
        + (f" Valeur actuelle : «\u202f{reason['now'] or 'vide'}\u202f»." if "now" in reason else "")
        for reason in one.reasons
    )


def _file(sheet: Sheet, form: str, name: str, filters: str, columns: list[str], rows: Iterable) -> File:
    meanings = [(column.name, column.words) for column in sheet.columns] + [(STAMP, STAMP_MEANING)]
    notice = Notice(f"{sheet.title}, fichier à modifier", sheet.definition, filters, meanings, INTERNAL)
    return FORMATS[form](name, notice, columns, rows)


def _rows(sheet: Sheet, found: Iterable) -> Iterator[list]:
    for _, _, *values in found:
        told = sheet.told(values)
        yield [*(_cell(sheet, name, told) for name in told), sheet.stamp(told)]


def _cell(sheet: Sheet, name: str, told: Mapping[str, str]) -> str | float:
    text = told[name]
    if text and isinstance(sheet.column(name).kind, Number):
        return float(text.replace(",", "."))
    return text
