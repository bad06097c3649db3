"""The Celery application; every task lives in the `tasks` module of its room."""

import os

from celery import Celery, bootsteps
from celery.beat import PersistentScheduler
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agglo.settings.base")

app = Celery("agglo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The worker touches this file every few seconds: the health address reads how long ago.
PULSE = settings.WORKER_PULSE
PULSE_SECONDS = 10


class Pulse(bootsteps.StartStopStep):
    """A sign of life of the worker itself, which goes on while a long task runs in its child."""

    requires = ("celery.worker.components:Timer",)

    def start(self, worker) -> None:
        PULSE.touch()
        self.timer = worker.timer.call_repeatedly(PULSE_SECONDS, PULSE.touch)

    def stop(self, worker) -> None:
        PULSE.unlink(missing_ok=True)


app.steps["worker"].add(Pulse)


class Ticking(PersistentScheduler):
    """Beat, with a sign of life at each of its rounds, a minute apart at most."""

    def tick(self, *args, **kwargs) -> float:
        settings.BEAT_PULSE.touch()
        return super().tick(*args, **kwargs)
