"""New records of an import with their row in the ledger, and their withdrawal when it is undone."""

from django.db.models import Q

from agglo.figures.models import Subject
from projects.models import BulkRow
from projects.models.bulk import Outcome

from .cells import same
from .changing import AFTER, FIELDS, GONE, linked_to, lost, refuse
from .columns import Sheet
from .comparing import Held, held_by_pk
from .records import describe, fill, set_values

TAKEN = "Une fiche a pris ce repère depuis la comparaison."


def add(sheet: Sheet, rows: list[BulkRow]) -> int:
    """Returns how many were added; a key taken meanwhile refuses its line."""
    keys = {one.key for one in rows}
    taken = set(sheet.model._base_manager.filter(slug__in=keys).values_list("slug", flat=True))
    linked = linked_to(sheet, rows, AFTER)
    fresh = {}
    for one in rows:
        gone = lost(one, linked, AFTER)
        if one.key in taken or gone:
            column, why = (gone[0], GONE) if gone else (sheet.key.name, TAKEN)
            refuse(one, [{"column": column, "value": one.given.get(column, ""), "why": why}])
            continue
        record = fresh[one.key] = sheet.model(slug=one.key)
        set_values(sheet, record, {name: pair[AFTER] for name, pair in one.cells.items()}, linked)
        one.outcome = Outcome.APPLIED
    _create(sheet, fresh)
    for one in rows:
        if one.outcome == Outcome.APPLIED:
            one.record_id = fresh[one.key].pk
    BulkRow.objects.bulk_update(rows, FIELDS, batch_size=500)
    return len(fresh)


def _create(sheet: Sheet, fresh: dict) -> None:
    records = list(fresh.values())
    fill(sheet, records)
    Subject.objects.bulk_create(
        [describe(sheet, record, Subject(scheme=sheet.scheme, code=record.slug)) for record in records],
        batch_size=1000,
        ignore_conflicts=True,
    )
    ids = dict(Subject.objects.filter(scheme=sheet.scheme, code__in=fresh).values_list("code", "pk"))
    for record in records:
        record.subject_id = ids[record.slug]
    sheet.model._base_manager.bulk_create(records, batch_size=1000)


def take_away(sheet: Sheet, rows: list[BulkRow]) -> int:
    """Takes back what was added, and returns how many are kept: written on since, or pointed at."""
    pks = {one.record_id for one in rows}
    held, used = held_by_pk(sheet, pks), in_use(sheet, pks)
    going = {}
    for one in rows:
        now = held.get(one.record_id)
        if now is None:
            one.outcome, one.note = Outcome.KEPT, "Cette fiche a déjà été supprimée."
        elif not _as_added(sheet, one, now):
            one.outcome, one.note = Outcome.KEPT, "Modifiée depuis l’import : elle est gardée."
        elif now.pk in used:
            one.outcome, one.note = Outcome.KEPT, "D’autres fiches en dépendent depuis : elle est gardée."
        else:
            one.outcome, going[one.key] = Outcome.UNDONE, now.pk
    sheet.model._base_manager.filter(pk__in=going.values()).delete()
    Subject.objects.filter(scheme=sheet.scheme, code__in=going, series__isnull=True).delete()
    BulkRow.objects.bulk_update(rows, FIELDS, batch_size=500)
    return len(rows) - len(going)


def _as_added(sheet: Sheet, one: BulkRow, now: Held) -> bool:
    told = {name: pair[AFTER] for name, pair in one.cells.items()}
    return all(same(told.get(column.name, "")) == same(now.told[column.name]) for column in sheet.editable)


def in_use(sheet: Sheet, pks: set[int]) -> set[int]:
    """Records that something else points at: a stage, a lot, a project, a promise."""
    found: set[int] = set()
    for relation in sheet.model._meta.related_objects:
        name = relation.field.name
        pointing = relation.related_model._base_manager.filter(Q(**{f"{name}__in": pks}))
        found |= set(pointing.values_list(name, flat=True))
    return found
