"""The attested plan, school and offers, loaded as at start."""

import pytest

from tests.kept import kept


@pytest.fixture
def employment(facts):
    from employment.loading import load_employment

    kept("employment", load_employment)
