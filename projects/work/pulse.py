"""The sign of life of a worker that has a row: its lease, how far it is, and whether it must stop."""

import threading
import time
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from projects.models.carried import Carried

EVERY = 0.5  # seconds between two words about how far it is


class Stopped(RuntimeError):
    """A person asked to stop, or another worker took over: nothing must be written."""


def lease() -> timedelta:
    return timedelta(seconds=settings.OPENDATA_LEASE_SECONDS)


class Pulse:
    """Speaks from a thread and a connection of its own, so that it is heard while a transaction is open."""

    def __init__(self, row: Carried) -> None:
        self.row, self.done, self.total = row, 0, row.total
        self._stop = False
        self._news, self._over = threading.Event(), threading.Event()
        self._told = 0.0
        self._thread = threading.Thread(
            target=self._speak, daemon=True, name=f"{row._meta.model_name}-{row.pk}"
        )

    def __enter__(self) -> "Pulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._news.set()
        self._thread.join()

    def __call__(self, done: int, total: int | None = None) -> None:
        """How far the work is. Raises Stopped."""
        self.done, self.total = done, total
        if time.monotonic() - self._told >= EVERY:
            self._told = time.monotonic()
            self._news.set()
        if self._stop:
            raise Stopped

    def _speak(self) -> None:
        there = type(self.row)._base_manager.filter(pk=self.row.pk)
        try:
            while True:
                self._news.wait(min(EVERY * 4, lease().total_seconds() / 3))
                if self._over.is_set():
                    return
                self._news.clear()
                now = {"lease_until": timezone.now() + lease(), "done": self.done, "total": self.total}
                kept = there.filter(worker=self.row.worker, cancel_asked=False).update(**now)
                if not kept and there.exists():
                    self._stop = True
                    return
        finally:
            connection.close()
