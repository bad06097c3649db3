"""The Celery application; every task lives in the `tasks` module of its room."""

import logging
import os
import time

from celery import Celery, bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings

from agglo.opendata import signs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agglo.settings.base")

logger = logging.getLogger(__name__)
app = Celery("agglo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Worker and beat touch a file each; each watches the other's, and has it told when it falls silent.
PULSE_SECONDS, ASK_AGAIN = 10, 3600


class Neighbour:
    """Says once an hour that the other program is silent, and never in the first minutes of our own life."""

    def __init__(self, silent, told) -> None:
        self.silent, self.told = silent, told
        self.next = time.monotonic() + 300

    def look(self) -> None:
        if time.monotonic() >= self.next and self.silent():
            self.next = time.monotonic() + ASK_AGAIN
            self.told()


class Pulse(bootsteps.StartStopStep):
    """A sign of life of the worker itself, which goes on while a long task runs in its child."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker) -> None:
        self.beat = Neighbour(signs.beat_is_silent, lambda: app.send_task("opendata.tell"))
        self._give()
        self.timer = worker.timer.call_repeatedly(PULSE_SECONDS, self._give)

    def _give(self) -> None:
        settings.WORKER_PULSE.touch()
        self.beat.look()

    def stop(self, worker) -> None:
        settings.WORKER_PULSE.unlink(missing_ok=True)


app.steps["worker"].add(Pulse)


class Ticking(PersistentScheduler):
    """Beat, with a sign of life at each of its rounds, a minute apart at most. Nobody else being there to do
    it, it writes to the owner itself when the worker is silent.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.worker = Neighbour(signs.worker_is_silent, tell_from_beat)

    def tick(self, *args, **kwargs) -> float:
        settings.BEAT_PULSE.touch()
        self.worker.look()
        return super().tick(*args, **kwargs)


def tell_from_beat() -> None:
    """Whatever fails, the clock goes on."""
    from django.db import connection

    from agglo.opendata.telling import tell

    try:
        tell()
    except Exception:
        logger.exception("L’horloge n’a pas pu dire que l’ouvrier se tait.")
    finally:
        connection.close()
