"""What people do with a file of a standard: bring it, accept rows, have it compared again, take it back."""

import hashlib
from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils import timezone

from agglo.charts.french import SPACE
from projects.brought import NotNow, Unreadable
from projects.models import StandardContent, StandardImport
from projects.work.sending import send

from . import importing, persons, table
from .declaring import Cells, Standard
from .reading import without_persons

MOST_BYTES = 5 * 1024 * 1024
State = StandardImport.State
# Where a file stands again when nobody has begun what was asked.
BACK = {State.READING: State.ABANDONED, State.WRITING: State.WAITING, State.UNDOING: State.ACCEPTED}


def bring(standard: Standard, name: str, content: bytes, user) -> StandardImport:
    """Reads a file, keeps its rows without the names of natural persons, and has a worker compare them.
    Raises Unreadable.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable("Ce fichier dépasse 5 Mo : apportez-le en plusieurs fois.")
    read, known = table.read(content, standard), persons.known()
    return keep(
        standard,
        user,
        name=name[:200],
        checksum=hashlib.sha256(content).hexdigest(),
        rows=[stored(standard, line, cells, known) for line, cells in read.rows],
        remarks=read.remarks,
    )


@transaction.atomic
def keep(standard: Standard, user, *, rows: Sequence[dict], **told: object) -> StandardImport:
    told |= {"standard": standard.code, "brought_by": user, "total": len(rows)}
    brought = StandardImport.objects.create(**told)
    StandardContent.objects.create(owner=brought, rows=rows)
    send(brought)
    return brought


def stored(
    standard: Standard, line: int, cells: Cells, known: persons.Known, remarks: Collection[str] = ()
) -> dict:
    """A row as it waits: natural persons are gone from it, and what refuses it is known already."""
    refused = standard.refuses(cells)
    kept, said = without_persons(standard, cells, known)
    return {"line": line, "cells": kept, "refused": refused, "remarks": [*remarks, *said]}


@transaction.atomic
def accept(key: int, keys: Collection[str] | None, user, *, published: bool) -> StandardImport:
    """Has a worker write the rows of these identifiers, or every added and changed one: all or nothing, and
    on the word of a second person, since the rows speak of sites that the public reads.
    """
    brought = _due(key, State.WAITING)
    if not brought.may_be_accepted_by(user):
        raise NotNow(
            "Une autre personne que celle qui a apporté ce fichier, valideur, doit l’accepter : rien n’a"
            " été écrit."
        )
    brought.chosen, brought.publishes = None if keys is None else sorted(keys), published
    if not (many := importing.chosen(brought).count()):
        raise NotNow("Aucune de ces lignes n’est à accepter.")
    return _begin(brought, user, State.WRITING, many)


@transaction.atomic
def compare_again(key: int, user) -> StandardImport:
    return _begin(_due(key, State.WAITING), None, State.READING, None)


@transaction.atomic
def undo(key: int, user) -> StandardImport:
    brought = _due(key, State.ACCEPTED)
    return _begin(brought, user, State.UNDOING, brought.written.count())


@transaction.atomic
def abandon(key: int, user) -> StandardImport:
    """Gives up what nobody began; asks the worker to stop what is under way."""
    brought = StandardImport.objects.select_for_update().get(pk=key)
    if brought.is_busy and brought.lease_until is not None:
        brought.cancel_asked = True
    elif brought.is_busy or brought.state == State.WAITING:
        brought.state = BACK.get(brought.state, State.ABANDONED)
    else:
        raise _decided(brought)
    if brought.state in (State.READING, State.ABANDONED):
        brought.decided_by, brought.decided_at = user, timezone.now()
    brought.save(update_fields=["state", "cancel_asked", "decided_by", "decided_at"])
    return brought


def _due(key: int, state: State) -> StandardImport:
    brought = StandardImport.objects.select_for_update().get(pk=key)
    if brought.state != state:
        raise _decided(brought)
    return brought


def _decided(brought: StandardImport) -> NotNow:
    return NotNow(f"Cette importation est {brought.get_state_display()}{SPACE}: rien n’a été fait de plus.")


def _begin(brought: StandardImport, user, state: State, many: int | None) -> StandardImport:
    brought.state, brought.error, brought.done, brought.total = state, "", 0, many
    brought.decided_by, brought.decided_at = user, timezone.now() if user else None
    fields = ["state", "error", "done", "total", "decided_by", "decided_at", "chosen", "publishes"]
    brought.save(update_fields=fields)
    send(brought)
    return brought
