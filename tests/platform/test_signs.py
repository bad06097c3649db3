"""Worker and beat watch each other: silence is told once an hour, and never in one's own first minutes."""

import os
import time

from agglo.celery import ASK_AGAIN, Neighbour
from agglo.opendata import signs


def test_silence_is_told_once_an_hour_and_not_at_the_start(settings, tmp_path):
    settings.BEAT_PULSE = tmp_path / "beat.pulse"
    told = []
    neighbour = Neighbour(signs.beat_is_silent, lambda: told.append(1))
    neighbour.look()
    assert told == []  # both have just been started: one is up before the other
    neighbour.next = time.monotonic()
    settings.BEAT_PULSE.touch()
    neighbour.look()
    assert told == []
    os.utime(settings.BEAT_PULSE, (time.time() - signs.BEAT_SILENCE - 1,) * 2)
    neighbour.look()
    neighbour.look()
    assert told == [1]
    neighbour.next -= ASK_AGAIN
    neighbour.look()
    assert told == [1, 1]
