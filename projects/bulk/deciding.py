"""What people do with an import: bring a file, have it written, take it back, stop it.

What the public reads is written on the word of two: who brought the file, and a reviewer who is another one.
"""

from django.conf import settings
from django.db import transaction

from agglo.charts.french import SPACE
from projects.brought import NotNow
from projects.models import BulkContent, Import
from projects.models.bulk import State
from projects.work.sending import send

SECOND = "Une autre personne que celle qui a apporté ce fichier, valideur, doit décider."
ASK_FIRST = (
    "Ce fichier change ce que le public lit\u00a0: demandez son écriture, une autre personne le relira."
)


def limit_words() -> str:
    return f"{settings.IMPORT_MAX_MB}\u00a0Mo"


@transaction.atomic
def receive(name: str, content: bytes, user) -> Import:
    """Keeps the file and has a worker compare it. Raises ValueError."""
    if not content:
        raise ValueError("Ce fichier est vide.")
    if len(content) > settings.IMPORT_MAX_MB * 1024 * 1024:
        raise ValueError(f"Ce fichier dépasse {limit_words()}{SPACE}: chargez-le en plusieurs fois.")
    row = Import.objects.create(name=name[-200:] or "sans nom", brought_by=user)
    BulkContent.objects.create(owner=row, content=content)
    send(row)
    return row


@transaction.atomic
def ask(import_id: int, user) -> Import:
    """Has another person read it and write it."""
    row = _due(import_id, State.READY)
    if row.brought_by_id != user.pk:
        raise NotNow("Seule la personne qui a apporté ce fichier demande qu’il soit écrit.")
    row.state, row.note = State.ASKED, ""
    row.save(update_fields=["state", "note"])
    return row


@transaction.atomic
def take_back(import_id: int, user) -> Import:
    row = _due(import_id, State.ASKED)
    if row.brought_by_id != user.pk:
        raise NotNow("Seule la personne qui a apporté ce fichier peut reprendre sa demande.")
    row.state = State.READY
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def send_back(import_id: int, user, note: str) -> Import:
    row = _due(import_id, State.ASKED)
    if not row.may_be_written_by(user):
        raise NotNow(SECOND)
    if not note.strip():
        raise NotNow(f"Écrivez ce qu’il faut reprendre{SPACE}: la personne qui a apporté le fichier le lira.")
    row.state, row.note = State.READY, note.strip()
    row.save(update_fields=["state", "note"])
    return row


@transaction.atomic
def apply(import_id: int, user) -> Import:
    row = _due(import_id, State.READY, State.ASKED)
    if not row.may_be_written_by(user):
        raise NotNow(ASK_FIRST if row.state == State.READY else SECOND)
    row.released_by = user if row.state == State.ASKED else None
    return _begin(row, user, State.APPLYING)


@transaction.atomic
def undo(import_id: int, user) -> Import:
    """By anybody of the team: it brings back what was there before, which needed no other word."""
    return _begin(_due(import_id, State.APPLIED), user, State.UNDOING)


def _due(import_id: int, *states: State) -> Import:
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.state not in states:
        raise NotNow(f"Cet import est {row.get_state_display()}{SPACE}: rien n’a été fait de plus.")
    if not row.writes:
        raise NotNow("Aucune ligne n’est à écrire.")
    return row


def _begin(row: Import, user, next_state: State) -> Import:
    row.state, row.decided_by, row.error, row.done, row.total = next_state, user, "", 0, row.writes
    row.save(update_fields=["state", "decided_by", "released_by", "error", "done", "total"])
    send(row)
    return row


@transaction.atomic
def cancel(import_id: int) -> Import:
    """Gives up what nobody began; asks the worker to stop what is under way."""
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.is_busy and row.lease_until is not None:
        row.cancel_asked = True
    elif row.state in (State.READING, State.READY, State.ASKED):
        row.state = State.CANCELLED
    elif row.is_busy:
        row.state = State.READY if row.state == State.APPLYING else State.APPLIED
    else:
        raise NotNow(f"Cet import est {row.get_state_display()}{SPACE}: il n’y a rien à arrêter.")
    row.save(update_fields=["state", "cancel_asked"])
    return row
