"""What a worker does with a row: takes it, does what its state asks for, and says what became of it.

The message only says "look at row N": what is true stands in the database. A lost worker's row is taken up,
or said failed; either way nothing of it is half-written.
"""

import logging
import os
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from agglo.accounts.attribution import act_as
from agglo.charts.french import SPACE
from projects.brought import Unreadable
from projects.models.carried import Carried

from .pulse import Pulse, Stopped, lease
from .sending import send

logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
RESEND_AFTER = timedelta(minutes=5)
FREE = {"worker": "", "lease_until": None, "cancel_asked": False}


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of row. `acts`: what its busy states ask for; each returns what becomes of the row, its state
    among it. `stopped` and `failed`: where the row stands again when that was stopped, or could not be done.
    """

    model: type[Carried]
    acts: Mapping[str, Callable[[Carried, Pulse], dict[str, object]]]
    stopped: Mapping[str, str]
    failed: Mapping[str, str]

    def rows(self):
        return self.model._base_manager.all()


def carry_on(work: Work, key: int) -> Carried | None:
    """Does what is due. None when it is not there to be taken: done already, or another worker's."""
    row = _claim(work, key)
    if row is None:
        return None
    try:
        # `act_as` opens the transaction of the work: what fails on the way leaves nothing of it.
        with Pulse(row) as pulse, act_as(row.decided_by or row.brought_by):
            _close(work, row, work.acts[row.state](row, pulse))
    except Stopped:
        _give_back(row, work.stopped, f"Arrêté à la demande d’une personne{SPACE}: rien n’a été écrit.")
    except Unreadable as error:
        _give_back(row, work.failed, str(error))
    except DatabaseError:
        logger.exception("%s %s", row._meta.label, row.pk)
        _give_back(
            row,
            work.failed,
            "La base de données a refusé une ligne que la comparaison croyait bonne : rien n’a été écrit.",
        )
    except Exception:
        logger.exception("%s %s", row._meta.label, row.pk)
        _give_back(row, work.failed, "Une erreur imprévue du programme a tout arrêté : rien n’a été écrit.")
    row.refresh_from_db()
    return row


def _claim(work: Work, key: int) -> Carried | None:
    now = timezone.now()
    worker = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
    free = work.rows().filter(pk=key, state__in=work.model.BUSY, lease_until__isnull=True)
    taken = free.update(worker=worker, lease_until=now + lease(), attempt=F("attempt") + 1, done=0, error="")
    return work.rows().get(pk=key) if taken else None


def _close(work: Work, row: Carried, said: dict[str, object]) -> None:
    """In the transaction of the work itself. Raises Stopped when it is no longer ours to finish."""
    mine = work.rows().filter(pk=row.pk, worker=row.worker, cancel_asked=False)
    if not mine.update(**FREE, attempt=0, **said):
        raise Stopped


def _give_back(row: Carried, states: Mapping[str, str], why: str) -> None:
    mine = type(row)._base_manager.filter(pk=row.pk, worker=row.worker)
    mine.update(**FREE, state=states[row.state], attempt=0, done=0, error=why)


@transaction.atomic
def sweep(work: Work) -> dict[str, int]:
    """Takes up what lost workers held, closes what was lost too often, sends lost messages again."""
    done = {"requeued": 0, "closed": 0, "resent": 0}
    rows = work.model.objects
    for row in rows.lost().select_for_update(skip_locked=True):
        if row.cancel_asked:
            _give_back(row, work.stopped, f"Arrêté à la demande d’une personne{SPACE}: rien n’a été écrit.")
            done["closed"] += 1
        elif row.attempt >= MAX_ATTEMPTS:
            why = (
                f"La tâche de fond s’est arrêtée {row.attempt} fois avant la fin{SPACE}: rien n’a été écrit."
            )
            _give_back(
                row, work.failed, f"{why} Prévenez l’exploitant, ou chargez le fichier en plusieurs fois."
            )
            done["closed"] += 1
        else:
            rows.filter(pk=row.pk).update(worker="", lease_until=None)
            send(row)
            done["requeued"] += 1
    for row in rows.unsent(timezone.now() - RESEND_AFTER).select_for_update(skip_locked=True):
        send(row)
        done["resent"] += 1
    return done
