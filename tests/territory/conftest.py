"""A database that holds the reference territories, as a fresh start leaves it."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.kept import kept


@pytest.fixture
def loaded(db) -> str:
    """What `load_territory` printed on an empty database."""
    return kept("territory told", load)


def load() -> str:
    out = StringIO()
    call_command("load_territory", stdout=out)
    return out.getvalue()
