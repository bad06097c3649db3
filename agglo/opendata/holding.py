"""Answers that wait for a person: held, released with a reason, refused with a reason, or replaced.

A release is a new run that reads the archived answers of the held one again: what was looked at is what is
written. At most one run of a dataset is held at a time.
"""

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from agglo.opendata import queueing
from agglo.opendata.errors import Implausible
from agglo.opendata.loading import Difference, Outcome
from agglo.opendata.models import Cause, Run, Status
from agglo.opendata.options import Options

SAMPLE = 200  # differences kept of each kind
KEPT = ("edition", "known_from", "partial")  # options of a held run that its release repeats


class NotHeld(RuntimeError):
    """The run is no longer waiting for a decision."""


class SeenBefore(Exception):
    """The answer is the very one that is held, or was refused: it is not judged twice."""


def release(run: Run, user, reason: str) -> Run:
    """Take a held answer, under this person's name. Returns the new run, queued. Raises NotHeld, Busy,
    ValueError.
    """
    reason = _said(reason)
    with transaction.atomic():
        held = _held(run)
        options = {name: said for name, said in held.options.items() if name in KEPT}
        options |= Options(replay=held.pk, accept=reason).stored()
        taken = queueing.ask(held.code, cause=Cause.STAFF, user=user, options=options)
        Run.objects.filter(pk=taken.pk).update(replays=held)
        _decide(held, user, f"Libérée\u00a0: {reason}")
        queueing.send(taken)
    taken.refresh_from_db()
    return taken


def refuse(run: Run, user, reason: str) -> None:
    """Give up a held or queued run. What it received stays archived. Raises NotHeld, ValueError."""
    reason = _said(reason)
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if not (locked.is_held or locked.status == Status.QUEUED):
            raise NotHeld("Cette actualisation n’attend plus\u00a0: il n’y a rien à abandonner.")
        locked.status = Status.WITHDRAWN
        locked.finished_at = locked.finished_at or timezone.now()
        _decide(locked, user, f"Abandonnée\u00a0: {reason}")


def hold(run: Run, user, reason: str) -> None:
    """Ask a run on its way to stop before it writes. Raises NotHeld, ValueError."""
    reason = _said(reason)
    with transaction.atomic():
        locked = Run.objects.select_for_update().get(pk=run.pk)
        if locked.is_finished:
            raise NotHeld("Cette actualisation est déjà finie\u00a0: elle ne peut plus être retenue.")
        locked.options = {**locked.options, "hold": f"{user}\u00a0: {reason}"}
        locked.save(update_fields=["options"])


def stop_if_asked(run: Run, outcome: Outcome) -> None:
    """Raises Implausible when somebody asked to see the figures first, even while the run was on its way."""
    run.options = Run.objects.values_list("options", flat=True).get(pk=run.pk)
    if outcome.changes and "hold" in run.options:
        raise Implausible(f"Retenue par {run.options['hold'].rstrip('.')}.")


def refuse_seen(run: Run) -> None:
    """Raises SeenBefore."""
    same = Run.objects.filter(code=run.code, fingerprint=run.fingerprint).exclude(pk=run.pk)
    held = same.held().first()
    if held is not None:
        raise SeenBefore(
            f"Même réponse que l’actualisation n° {held.pk}, retenue\u00a0: la décision reste à"
            " prendre là-bas."
        )
    refused = same.filter(status=Status.WITHDRAWN, decided_by__isnull=False).first()
    if refused is not None:
        raise SeenBefore(f"Même réponse que l’actualisation n° {refused.pk}. {refused.decision}")


def supersede(run: Run) -> None:
    """A later answer that was read to its end makes the one that waited void."""
    waiting = Run.objects.held().filter(code=run.code).exclude(pk=run.pk)
    waiting.update(
        status=Status.WITHDRAWN,
        decided_at=timezone.now(),
        decision=f"Remplacée par l’actualisation n° {run.pk}, plus récente.",
    )


def kept(differences: list[Difference]) -> list[dict]:
    """Differences as the run keeps them: text, so that 8.4 stays 8.4."""
    return [
        {name: None if said is None else str(said) for name, said in asdict(one).items()}
        for one in differences
    ]


def _held(run: Run) -> Run:
    locked = Run.objects.select_for_update().get(pk=run.pk)
    if not locked.is_held:
        raise NotHeld("Cette actualisation n’est plus retenue\u00a0: une décision a déjà été prise.")
    return locked


def _decide(run: Run, user, words: str) -> None:
    run.decision, run.decided_by, run.decided_at = words, user, timezone.now()
    run.save(update_fields=["status", "finished_at", "decision", "decided_by", "decided_at"])


def _said(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise ValueError("Dites pourquoi\u00a0: la raison est gardée avec l’actualisation.")
    return reason[:1000]
