"""What people do with an import: bring a file, have it written, take it back, stop it."""

from django.conf import settings
from django.db import transaction

from agglo.charts.french import SPACE
from projects.models import BulkContent, Import
from projects.models.bulk import State

from .sending import send


class NotNow(ValueError):
    """The import is not where this act makes sense; the message says so."""


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


def apply(import_id: int, user) -> Import:
    return _begin(import_id, user, State.READY, State.APPLYING)


def undo(import_id: int, user) -> Import:
    return _begin(import_id, user, State.APPLIED, State.UNDOING)


@transaction.atomic
def _begin(import_id: int, user, due: State, next_state: State) -> Import:
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.state != due:
        raise NotNow(f"Cet import est {row.get_state_display()}{SPACE}: rien n’a été fait de plus.")
    if not row.writes:
        raise NotNow("Aucune ligne n’est à écrire.")
    row.state, row.decided_by, row.error, row.done, row.total = next_state, user, "", 0, row.writes
    row.save(update_fields=["state", "decided_by", "error", "done", "total"])
    send(row)
    return row


@transaction.atomic
def cancel(import_id: int) -> Import:
    """Gives up what nobody began; asks the worker to stop what is under way."""
    row = Import.objects.select_for_update().get(pk=import_id)
    if row.is_busy and row.lease_until is not None:
        row.cancel_asked = True
    elif row.state in (State.READING, State.READY):
        row.state = State.CANCELLED
    elif row.is_busy:
        row.state = State.READY if row.state == State.APPLYING else State.APPLIED
    else:
        raise NotNow(f"Cet import est {row.get_state_display()}{SPACE}: il n’y a rien à arrêter.")
    row.save(update_fields=["state", "cancel_asked"])
    return row
