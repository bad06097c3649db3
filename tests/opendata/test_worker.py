"""A real Celery worker in its own process: from the queue to the ledger; forty datasets, one of them down."""

from dataclasses import replace

import pytest

from agglo.figures.models import Observation
from agglo.opendata.models import Run
from tests.opendata import forty
from tests.opendata.conftest import held, lay_ground, row, table
from tests.opendata.house import ask, environment, finished, python, until, worker
from tests.replay.server import Reply

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(replay, tmp_path):
    lay_ground()
    return environment(replay, tmp_path)


def test_a_worker_takes_a_queued_run_to_committed_figures(house, replay):
    replay.play("/file/TOYS", Reply(table(row(value="10"), row(geo="99999")), "text/csv"))
    with worker(house):
        run = ask(house)
        until(lambda: finished(run), house)
    assert (run.status, run.added, run.refused) == ("succeeded", 1, 1), run.error
    assert held() == {("62119", 2023, ""): 10}
    assert run.refused_rows.get().line == 3


def test_when_one_source_is_down_the_thirty_nine_others_land(replay, tmp_path):
    """Forty scheduled datasets, as beat queues them; one host answers nothing, then errors."""
    lay_ground()
    house = environment(replay, tmp_path, OPENDATA_READ_TIMEOUT="1")
    replay.play("*", Reply(table(row(value="10")), "text/csv"))
    down = forty.CODES[7]
    replay.play(f"/file/{down}", replace(Reply(), fault="hang"), Reply(status=503))
    with worker(house, toys=forty.DECLARED, at_once=2):
        for landed in (12, 24, 36, 40):
            python(house, "-c", forty.QUEUE_DUE)
            until(lambda n=landed: Run.objects.filter(finished_at__isnull=False).count() >= n, house)
    runs = dict(Run.objects.values_list("code", "status"))
    assert runs.pop(down) == "failed"
    assert runs == dict.fromkeys(set(forty.CODES) - {down}, "succeeded")
    assert Observation.objects.known_on().count() == 39
