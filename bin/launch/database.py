"""Lends a folder's database to a command: the one that runs, else the embedded one, started meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from . import postgres
from .folder import Folder


@contextmanager
def lent(folder: Folder, *, alone: bool = False) -> Iterator[str]:
    """Yield its address; `alone` refuses to share it with an Agglo that runs."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    server = postgres.Server(folder.path / "postgres")
    if not alone and not server.is_new and server.answers():
        yield server.url()
        return
    folder.open("une commande d’entretien")
    try:
        server.start()
        folder.keep_secrets(server.url())
        yield server.url()
    finally:
        server.stop()
