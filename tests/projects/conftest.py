"""Territories, facts and attested records, loaded as at start."""

import pytest
from django.core.management import call_command

from tests.kept import kept


@pytest.fixture
def attested(facts):
    kept("territory", lambda: call_command("load_territory", verbosity=0))
    from projects.loading import load_projects

    return kept("projects", load_projects)


def read(response) -> str:
    """A page or a file as text, its typographic spaces made plain."""
    return response.getvalue().decode().replace("\u00a0", " ").replace("\u202f", " ")
