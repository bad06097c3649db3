"""What a worker does with an import: takes it, does what its state asks for, and says what became of it.

The message only says "look at import N": what is true stands in the database. A lost worker's import is
taken up, or said failed; either way nothing of it is half-written.
"""

import logging
import os
import socket
from datetime import timedelta
from uuid import uuid4

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from agglo.accounts.attribution import act_as
from agglo.charts.french import SPACE
from projects.brought import Unreadable
from projects.models import Import
from projects.models.bulk import BUSY, State

from .pulse import Pulse, Stopped, lease
from .sending import send
from .staging import stage
from .writing import apply, undo

logger = logging.getLogger(__name__)
WORK = {State.READING: stage, State.APPLYING: apply, State.UNDOING: undo}
# Where an import stands again when its work was stopped, or could not be done.
STOPPED = {State.READING: State.CANCELLED, State.APPLYING: State.READY, State.UNDOING: State.APPLIED}
FAILED = {**STOPPED, State.READING: State.FAILED}
MAX_ATTEMPTS = 3
RESEND_AFTER = timedelta(minutes=5)
FREE = {"worker": "", "lease_until": None, "cancel_asked": False}


def carry_on(import_id: int) -> Import | None:
    """Does what is due. None when it is not there to be taken: done already, or another worker's."""
    row = _claim(import_id)
    if row is None:
        return None
    try:
        with Pulse(row) as pulse, act_as(row.decided_by or row.brought_by):
            _close(row, WORK[State(row.state)](row, pulse))
    except Stopped:
        _give_back(row, STOPPED, f"Arrêté à la demande d’une personne{SPACE}: rien n’a été écrit.")
    except Unreadable as error:
        _give_back(row, FAILED, str(error))
    except DatabaseError:
        logger.exception("import %s", row.pk)
        _give_back(
            row,
            FAILED,
            "La base de données a refusé une ligne que la comparaison croyait bonne : rien n’a été écrit.",
        )
    except Exception:
        logger.exception("import %s", row.pk)
        _give_back(row, FAILED, "Une erreur imprévue du programme a tout arrêté : rien n’a été écrit.")
    row.refresh_from_db()
    return row


def _claim(import_id: int) -> Import | None:
    now = timezone.now()
    worker = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    taken = Import.objects.filter(pk=import_id, state__in=BUSY, lease_until__isnull=True).update(
        worker=worker, lease_until=now + lease(), attempt=F("attempt") + 1, done=0, error=""
    )
    return Import.objects.get(pk=import_id) if taken else None


def _close(row: Import, said: dict[str, object]) -> None:
    """In the transaction of the work itself. Raises Stopped when it is no longer ours to finish."""
    mine = Import.objects.filter(pk=row.pk, worker=row.worker, cancel_asked=False)
    if not mine.update(**FREE, attempt=0, **said):
        raise Stopped


def _give_back(row: Import, states: dict[State, State], why: str) -> None:
    state = states[State(row.state)]
    Import.objects.filter(pk=row.pk, worker=row.worker).update(
        **FREE, state=state, attempt=0, done=0, error=why
    )


@transaction.atomic
def sweep() -> dict[str, int]:
    """Takes up what lost workers held, closes what was lost too often, sends lost messages again."""
    done = {"requeued": 0, "closed": 0, "resent": 0}
    for row in Import.objects.lost().select_for_update(skip_locked=True):
        if row.cancel_asked:
            _give_back(row, STOPPED, f"Arrêté à la demande d’une personne{SPACE}: rien n’a été écrit.")
            done["closed"] += 1
        elif row.attempt >= MAX_ATTEMPTS:
            why = f"L’ouvrier s’est arrêté {row.attempt} fois avant la fin{SPACE}: rien n’a été écrit."
            _give_back(row, FAILED, f"{why} Prévenez l’exploitant, ou chargez le fichier en plusieurs fois.")
            done["closed"] += 1
        else:
            Import.objects.filter(pk=row.pk).update(worker="", lease_until=None)
            send(row)
            done["requeued"] += 1
    for row in Import.objects.unsent(timezone.now() - RESEND_AFTER).select_for_update(skip_locked=True):
        send(row)
        done["resent"] += 1
    return done
