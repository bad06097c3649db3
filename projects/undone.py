"""Writing to see: what the database says to it, or what a page would show, and nothing is kept."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import transaction


class _Undone(Exception):
    """Takes back what was only tried."""


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back at its end; an error goes through."""
    with suppress(_Undone), transaction.atomic():
        yield
        raise _Undone
