"""Observations never point at nothing, though no foreign key is checked row by row."""

import pytest
from django.db import IntegrityError, connection, transaction

from agglo.figures.models import Observation, Release, Series
from tests.opendata.conftest import row, table
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def observation(ground, replay):
    from agglo.opendata.refresh import Options, refresh

    replay.play("/file/TOYS", Reply(table(row()), "text/csv"))
    refresh("toy-table", Options(base_url=replay.url))
    return Observation.objects.get()


@pytest.mark.parametrize("column", ["series_id", "release_id", "quotation_id", "author_id"])
def test_an_observation_of_nothing_is_refused(observation, column):
    observation.pk, observation.period_start = None, None
    observation.period_end, observation.dating = None, 2
    setattr(observation, column, 987654321)
    with pytest.raises(IntegrityError, match="n’existe pas"), transaction.atomic():
        observation.save(force_insert=True)


@pytest.mark.parametrize("model", [Series, Release])
def test_what_carries_an_observation_is_not_removed(observation, model):
    delete = f"DELETE FROM {model._meta.db_table}"
    with pytest.raises(IntegrityError, match="ne se supprime pas"), connection.cursor() as cursor:
        cursor.execute(delete)
