"""Fixtures shared by every room that fetches official data."""

import pytest

from tests.replay.server import ReplayServer


@pytest.fixture
def replay(settings, tmp_path):
    """The replaying server, a private archive, and a door that tries again at once.

    The door waits as long as in production: a busy machine is no fault. `impatient` is for faults of time.
    """
    settings.OPENDATA_ARCHIVE = tmp_path / "archive"
    settings.OPENDATA_RETRIES = 2
    settings.OPENDATA_RETRY_PAUSE = 0.01
    server = ReplayServer().start()
    yield server
    server.stop()


@pytest.fixture
def impatient(settings):
    """A door that gives up soon: asked for once the sound answers are in, with a fault that makes wait."""

    def give_up(fault: str) -> None:
        if fault == "timeout":
            settings.OPENDATA_READ_TIMEOUT = 0.3
        elif fault == "drip":
            settings.OPENDATA_TOTAL_TIMEOUT = 0.3

    return give_up
