"""The life of a file of a standard: brought, compared, accepted row by row, taken back."""

import hashlib
from collections.abc import Collection

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils import timezone

from agglo.figures.models import Subject
from projects.brought import NotNow, Unreadable
from projects.models import ImportedRow, Site, StandardImport, StandardRow

from . import STANDARDS, table, writing
from .applying import Applying
from .declaring import Cells, Standard
from .reading import ADDED, CHANGED, Proposal, compare, without_persons

MOST_BYTES = 5 * 1024 * 1024


def bring(standard: Standard, name: str, content: bytes, user) -> StandardImport:
    """Reads a file and keeps its rows, without the names of natural persons. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("Ce fichier dépasse 5 Mo : apportez-le en plusieurs fois.")
    read = table.read(content, standard)
    return StandardImport.objects.create(
        standard=standard.code,
        name=name[:200],
        checksum=hashlib.sha256(content).hexdigest(),
        rows=[stored(standard, line, cells) for line, cells in read.rows],
        remarks=read.remarks,
        brought_by=user,
    )


def stored(standard: Standard, line: int, cells: Cells, remarks: Collection[str] = ()) -> dict:
    """A row as it waits: natural persons are gone from it, and what refuses it is known already."""
    refused = standard.refuses(cells)
    kept, said = without_persons(standard, cells)
    return {"line": line, "cells": kept, "refused": refused, "remarks": [*remarks, *said]}


def accept(brought: StandardImport, keys: Collection[str] | None, user, *, published: bool) -> int:
    """Writes the rows of these identifiers, or every added and changed one. All or nothing, and on the word
    of a second person: the rows speak of sites that the public reads.
    """
    with transaction.atomic():
        brought = StandardImport.objects.select_for_update().get(pk=brought.pk)
        if brought.state != StandardImport.State.WAITING:
            raise NotNow("Cette importation a déjà reçu une décision : rien n’a été écrit.")
        if not brought.may_be_accepted_by(user):
            raise NotNow(
                "Une autre personne que celle qui a apporté ce fichier, valideur, doit l’accepter : rien n’a"
                " été écrit."
            )
        standard = STANDARDS[brought.standard]
        applying = Applying(standard, published=published)
        written = 0
        for one in compare(brought).proposals:
            if one.verdict in (ADDED, CHANGED) and (keys is None or one.key in keys):
                _write(standard, brought, one, applying)
                written += 1
        _decide(brought, StandardImport.State.ACCEPTED, user)
    return written


def _write(standard: Standard, brought: StandardImport, one: Proposal, applying: Applying) -> None:
    record, trace = applying.apply(one.cells, one.record, {diff.field for diff in one.differences})
    row = one.row or StandardRow(standard=standard.code, key=one.key)
    before = {} if one.row is None else dict(row.cells)
    row.cells, row.version, row.line = standard.stored(one.cells), standard.version, one.line
    if standard.record and record is not None:
        setattr(row, standard.record, record)
    row.save()
    ImportedRow.objects.create(
        brought=brought,
        row=row,
        line=one.line,
        key=one.key,
        added=one.row is None,
        before=before,
        after=_now(standard, row),
        made=trace.made,
        changed=trace.changed,
    )


def _now(standard: Standard, row: StandardRow) -> Cells:
    """What our file would say of this row today, dates of writing apart."""
    row = StandardRow.objects.select_related("site", "lot__site", "occupancy__occupant").get(pk=row.pk)
    record = getattr(row, standard.record) if standard.record else None
    return writing.row_of(standard, record or row, row).cells


def abandon(brought: StandardImport, user) -> None:
    with transaction.atomic():
        brought = StandardImport.objects.select_for_update().get(pk=brought.pk)
        if brought.state != StandardImport.State.WAITING:
            raise NotNow("Cette importation a déjà reçu une décision.")
        _decide(brought, StandardImport.State.ABANDONED, user)


def undo(brought: StandardImport, user) -> tuple[int, int]:
    """How many rows were taken back, and how many stay because somebody changed them since."""
    with transaction.atomic():
        brought = StandardImport.objects.select_for_update().get(pk=brought.pk)
        if brought.state != StandardImport.State.ACCEPTED:
            raise NotNow("Seule une importation acceptée s’annule.")
        standard = STANDARDS[brought.standard]
        back = kept = 0
        for one in brought.written.select_related("row").order_by("-pk"):
            one.kept_because = _reason_to_keep(standard, one) or _take_back(one)
            one.undone = not one.kept_because
            back, kept = back + one.undone, kept + (not one.undone)
            one.save()
        _decide(brought, StandardImport.State.UNDONE, user)
    return back, kept


def _reason_to_keep(standard: Standard, one: ImportedRow) -> str:
    if one.row is None:
        return "la ligne n’existe plus"
    if _now(standard, one.row) != one.after:
        return "quelqu’un l’a changée depuis"
    try:
        tied = _tied(one)
    except ProtectedError as error:
        return f"{next(iter(error.protected_objects))} en dépend"
    return f"{tied[0]._meta.verbose_name} y a été rattaché depuis" if tied else ""


def _tied(one: ImportedRow) -> list:
    """What would go away with the rows that we made, and that is not ours."""
    collector = Collector(using=DEFAULT_DB_ALIAS)
    ours = {(name, key) for name, key in one.made}
    for name, key in one.made:
        if name == "organisation":  # it stays when it serves elsewhere
            continue
        collector.collect(_model(name).objects.filter(pk=key), fail_on_restricted=False)
    going = [found for _, found in collector.instances_with_model()]
    going += [found for queryset in collector.fast_deletes for found in queryset]
    return [found for found in going if (found._meta.model_name, found.pk) not in ours]


def _take_back(one: ImportedRow) -> str:
    try:
        with transaction.atomic():
            for name, key, values in reversed(one.changed):
                found = _model(name).objects.get(pk=key)
                for field, value in values.items():
                    setattr(found, field, value)
                found.save()
            if one.added:
                one.row.delete()
                one.row = None
            else:
                one.row.cells = one.before
                one.row.save()
            for name, key in reversed(one.made):
                _unmake(name, key)
    except ProtectedError as error:
        return f"{next(iter(error.protected_objects))} en dépend"
    return ""


def _unmake(name: str, key: int) -> None:
    """A site goes with its row in the ledger; an organisation that serves elsewhere by now stays."""
    found = _model(name).objects.filter(pk=key).first()
    if found is None:
        return
    try:
        with transaction.atomic():
            found.delete()
            if isinstance(found, Site):
                Subject.objects.filter(pk=found.subject_id).delete()
    except ProtectedError:
        if name != "organisation":
            raise


def _model(name: str):
    return apps.get_model("projects", name)


def _decide(brought: StandardImport, state: str, user) -> None:
    brought.state, brought.decided_by, brought.decided_at = state, user, timezone.now()
    brought.save(update_fields=["state", "decided_by", "decided_at"])
