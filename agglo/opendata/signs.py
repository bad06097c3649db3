"""Signs of life of the worker and of beat: files they touch, in the folder that all our programs share."""

import time
from pathlib import Path

from django.conf import settings

# Seconds without a sign after which a program is held to be silent; beat sleeps a minute between two rounds.
WORKER_SILENCE, BEAT_SILENCE = 120, 180


def worker_age() -> int | None:
    """Seconds since the worker's last sign; None when it stopped, or never ran."""
    return _age(settings.WORKER_PULSE)


def beat_age() -> int | None:
    return _age(settings.BEAT_PULSE)


def worker_is_silent() -> bool:
    age = worker_age()
    return age is None or age >= WORKER_SILENCE


def beat_is_silent() -> bool:
    age = beat_age()
    return age is None or age >= BEAT_SILENCE


def _age(path: Path) -> int | None:
    try:
        return max(0, round(time.time() - path.stat().st_mtime))
    except OSError:
        return None
