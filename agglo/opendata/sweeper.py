"""Takes up what was lost: runs whose worker fell silent, and runs whose message never arrived."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agglo.opendata.models import MAX_ATTEMPTS, Run, Status
from agglo.opendata.queueing import send

RESEND_AFTER = timedelta(minutes=5)


def sweep() -> dict[str, int]:
    """Requeue lost runs, close those lost too often, resend forgotten messages. Returns how many of each."""
    done = {"requeued": 0, "closed": 0, "resent": 0}
    with transaction.atomic():
        for run in Run.objects.lost().select_for_update(skip_locked=True):
            if run.attempt >= MAX_ATTEMPTS:
                run.status, run.finished_at = Status.FAILED, timezone.now()
                run.error = (
                    f"L’ouvrier chargé de cette actualisation s’est arrêté {run.attempt} fois avant la fin."
                    " Les chiffres déjà chargés restent en place. Vérifiez la mémoire et les journaux du"
                    " serveur, puis relancez."
                )
                done["closed"] += 1
            else:
                run.status = Status.QUEUED
                done["requeued"] += 1
            run.worker, run.lease_until = "", None
            run.save(update_fields=["status", "finished_at", "error", "worker", "lease_until"])
            if run.status == Status.QUEUED:
                send(run)
        for run in Run.objects.unsent(RESEND_AFTER).select_for_update(skip_locked=True):
            send(run)
            done["resent"] += 1
    return done
