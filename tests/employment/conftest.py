"""The attested plan, school and offers, loaded as at start."""

import pytest


@pytest.fixture
def employment(facts):
    from employment.loading import load_employment

    load_employment()
