"""The ledger with the attested facts of the plan in it."""

import pytest

from agglo.figures.facts.loading import load_facts
from agglo.figures.models import Observation


@pytest.fixture
def facts(db) -> None:
    load_facts()


@pytest.fixture
def figure_id(facts):
    """`figure_id("F02")`: the id of the fact of this key."""
    return lambda key: Observation.objects.get(quotation__key=key).pk
