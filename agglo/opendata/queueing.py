"""A run's life in the database: asked for, claimed by one worker, kept alive by its heartbeat, closed.

The queue's message only says "look at run N"; what is true stands in PostgreSQL. A lost, late or repeated
message does no harm.
"""

import os
import socket
import threading
import time
from datetime import timedelta
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from agglo.opendata.declaration import find
from agglo.opendata.errors import LeaseLost
from agglo.opendata.models import Cause, Run, Status


class Busy(RuntimeError):
    """A run of this dataset is already queued or running."""

    def __init__(self, run: Run | None) -> None:
        super().__init__("Une actualisation de ce jeu est déjà en attente ou en cours.")
        self.run = run


def ask(code: str, *, cause: str = Cause.COMMAND, user=None, options: dict | None = None) -> Run:
    """A new queued run, not yet sent to a worker. Raises Busy, or KeyError for an unknown dataset."""
    find(code)
    try:
        with transaction.atomic():
            return Run.objects.create(code=code, cause=cause, asked_by=user, options=options or {})
    except IntegrityError:
        raise Busy(Run.objects.active().filter(code=code).first()) from None


def queue(code: str, *, cause: str = Cause.STAFF, user=None, options: dict | None = None) -> Run:
    """Ask for a run and send it to the workers; when one is already on its way, that one is returned."""
    with transaction.atomic():
        try:
            run = ask(code, cause=cause, user=user, options=options)
        except Busy as busy:
            if busy.run is None:
                raise
            return busy.run
        send(run)
    return run


def send(run: Run) -> None:
    """Tell the workers once the database holds the run."""
    Run.objects.filter(pk=run.pk).update(sent_at=timezone.now())
    transaction.on_commit(lambda: current_app.send_task("opendata.refresh", [run.pk]))


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


def claim(run_id: int, worker: str) -> Run | None:
    """The run, now ours; None when another worker has it or it is already over."""
    now = timezone.now()
    taken = Run.objects.filter(pk=run_id, status=Status.QUEUED).update(
        status=Status.RUNNING,
        worker=worker,
        attempt=F("attempt") + 1,
        started_at=now,
        heartbeat_at=now,
        lease_until=now + lease(),
    )
    return Run.objects.get(pk=run_id) if taken else None


def lease() -> timedelta:
    return timedelta(seconds=settings.OPENDATA_LEASE_SECONDS)


def hold(run: Run) -> None:
    """Lock the run's row for the end of the transaction. Raises LeaseLost when it is no longer ours."""
    mine = Run.objects.select_for_update().filter(pk=run.pk, status=Status.RUNNING, worker=run.worker)
    if not mine.exists():
        raise LeaseLost(
            "Un autre ouvrier a repris cette actualisation\u202f; celle-ci s’arrête sans rien écrire."
        )


class Heartbeat:
    """Renews the lease from a thread of its own, as long as this process lives, and writes how far the run
    is. Calling it checks the lease.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.rows_last_time: int | None = None
        self._rows, self._told = 0, 0.0
        self._stop = threading.Event()
        self._lost = False
        self._news = threading.Event()
        self._thread = threading.Thread(target=self._renew, daemon=True, name=f"heartbeat-{run.pk}")

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._news.set()
        self._thread.join()

    def step(self, name: str) -> None:
        """Say what begins now; written by the thread, outside the transaction of the load."""
        self.run.steps = [*self.run.steps, {"step": name, "at": timezone.now().isoformat()}]
        self._rows = 0
        self._news.set()

    def received(self, done: int, total: int | None, rank: int) -> None:
        self._tell(unit="bytes", done=done, total=total, rank=rank)

    def rows(self, more: int) -> None:
        """Measured against the rows of the last good run, which is only about how many there will be."""
        self._rows += more
        self._tell(unit="rows", done=self._rows, total=self.rows_last_time)

    def _tell(self, **said: int | str | None) -> None:
        """Notes it on the step under way; written every second at most."""
        if not self.run.steps:
            return
        self.run.steps = [*self.run.steps[:-1], self.run.steps[-1] | said]
        if time.monotonic() - self._told >= 1:
            self._told = time.monotonic()
            self._news.set()

    def __call__(self) -> None:
        if self._lost:
            raise LeaseLost(
                "Un autre ouvrier a repris cette actualisation\u202f; celle-ci s’arrête sans rien écrire."
            )

    def alive(self) -> None:
        """The sign of life alone, for what is done a second time."""
        self()

    def _renew(self) -> None:
        try:
            while True:
                self._news.wait(lease().total_seconds() / 3)
                if self._stop.is_set():
                    return
                self._news.clear()
                now = timezone.now()
                mine = Run.objects.filter(pk=self.run.pk, worker=self.run.worker, status=Status.RUNNING)
                if not mine.update(heartbeat_at=now, lease_until=now + lease(), steps=self.run.steps):
                    self._lost = Run.objects.filter(pk=self.run.pk).exists()
                    return
        finally:
            connection.close()
