"""Fixtures shared by every room that fetches official data."""

import pytest

from tests.replay.server import ReplayServer


@pytest.fixture
def replay(settings, tmp_path):
    """The replaying server, a private archive, and a door that does not wait long."""
    settings.OPENDATA_ARCHIVE = tmp_path / "archive"
    settings.OPENDATA_READ_TIMEOUT = 1.0
    settings.OPENDATA_TOTAL_TIMEOUT = 5.0
    settings.OPENDATA_RETRIES = 2
    settings.OPENDATA_RETRY_PAUSE = 0.01
    server = ReplayServer().start()
    yield server
    server.stop()
