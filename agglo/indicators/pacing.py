"""Pauses between requests, so that a service's own limit is never reached."""

import time

from django.conf import settings


def pause(seconds: float) -> None:
    """Wait; `OPENDATA_PACE` shortens every pause against a service of one's own (a mirror, a test)."""
    time.sleep(seconds * settings.OPENDATA_PACE)
