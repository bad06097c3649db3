"""Records written many at a time: their values, their search key, and the ledger's row about each."""

from datetime import datetime

from django.db.models import Model, prefetch_related_objects

from agglo.figures.models import Subject
from agglo.figures.text import search_key
from projects.models import Site
from projects.search_keys import site_renamed

from .columns import Sheet


def set_values(
    sheet: Sheet, record: Model, told: dict[str, str], linked: dict[str, dict[str, int]]
) -> set[str]:
    """Puts the texts of columns into the record; returns the fields that were set."""
    for name, text in told.items():
        column = sheet.column(name)
        setattr(record, column.field, linked[name].get(text) if name in linked else column.kind.value(text))
    return {sheet.column(name).field.removesuffix("_id") for name in told}


def fill(sheet: Sheet, records: list) -> None:
    """The search key of each; a query per kind of neighbour whose name is in it."""
    prefetch_related_objects(records, *sheet.named)
    for record in records:
        record.fill_search_key()


def save(sheet: Sheet, records: list, fields: set[str], moment: datetime) -> None:
    fill(sheet, records)
    for record in records:
        record.updated_at = moment
    sheet.model._base_manager.bulk_update(
        records, sorted(fields | {"search_key", "updated_at"}), batch_size=500
    )
    if "name" in fields and sheet.model is Site:
        site_renamed([record.pk for record in records])
    if fields & {"name", "kind"}:
        subjects = Subject.objects.in_bulk([record.subject_id for record in records])
        told = [describe(sheet, record, subjects[record.subject_id]) for record in records]
        Subject.objects.bulk_update(told, ["name", "kind_label", "path", "search_key"], batch_size=500)


def describe(sheet: Sheet, record, subject: Subject) -> Subject:
    """What the ledger says of the record: its name, its nature, its page."""
    subject.name, subject.kind_label = record.name, sheet.nature(record)
    subject.path, subject.search_key = record.get_absolute_url(), search_key(record.name)
    return subject
