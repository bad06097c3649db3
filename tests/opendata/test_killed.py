"""kill -9 of a real worker at each step of a load: nothing half-loaded, nothing lost, taken up at once.

The step is held from outside: the replaying server does not answer, or drips; a lock on a table that the
step must write is held by the test.
"""

import time

import pytest
from django.db import connection, transaction

from agglo.figures.models import Observation, Release, Series
from agglo.opendata.models import RawAnswer, Run
from tests.opendata.conftest import held, lay_ground, row, table
from tests.opendata.house import ask, environment, finished, kill, sweep, until, worker
from tests.replay.server import Reply

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ROWS = [
    row(geo=geo, period=str(year), value=str(year)) for geo in ("62119", "62178") for year in (2022, 2023)
]
SOUND = Reply(table(*ROWS), "text/csv")
LOADED = {(geo, year, ""): year for geo in ("62119", "62178") for year in (2022, 2023)}
REVISED = table(*ROWS).replace(b";2023\n", b";2024\n")

# step -> (fault of the server, table whose lock holds the worker, what must be there already)
STEPS = {
    "fetch, no answer yet": ("hang", None),
    "fetch, half an answer": ("drip", None),
    "archive": (None, "opendata_rawanswer"),
    "before staging": (None, "figures_dataset"),
    "map": (None, "figures_series"),
    "release": (None, "figures_release"),
    "merge": (None, "figures_observation"),
    "before commit": (None, "opendata_refusedrow"),
}


@pytest.fixture
def house(replay, tmp_path):
    lay_ground()
    return environment(replay, tmp_path, OPENDATA_READ_TIMEOUT="60", OPENDATA_TOTAL_TIMEOUT="60")


def waiting(relation):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [relation],
        )
        return cursor.fetchone()[0]


def stopped_at(step, house, replay, body):
    """A run whose worker was killed at that step."""
    fault, relation = STEPS[step]
    replay.play("/file/TOYS", Reply(body, "text/csv", fault=fault or ""))
    before = len(replay.asked("/file/TOYS"))
    with worker(house) as first, transaction.atomic(), connection.cursor() as cursor:
        if relation:
            # Rows already there may be read and the run's lease renewed; new rows must wait for us.
            cursor.execute(f"LOCK TABLE {relation} IN SHARE MODE")
        run = ask(house)
        if relation:
            until(lambda: waiting(relation), house)
        else:
            until(lambda: len(replay.asked("/file/TOYS")) > before, house)
            time.sleep(0.2)
        kill(first)
    replay.play("/file/TOYS", Reply(body, "text/csv"))
    return run


def taken_up(run, house):
    """Another worker finishes the run; returns the seconds from the kill to its end."""
    start = time.monotonic()
    with worker(house):
        while time.monotonic() - start < 60 and not finished(run):
            sweep(house)
            time.sleep(0.5)
    assert finished(run), run.status
    return time.monotonic() - start


@pytest.mark.parametrize("step", STEPS)
def test_a_first_load_killed_at_a_step_is_taken_up_whole(house, replay, step):
    run = stopped_at(step, house, replay, table(*ROWS))
    run.refresh_from_db()
    assert run.status == "running"
    assert (Observation.objects.count(), Release.objects.count(), Series.objects.count()) == (0, 0, 0)
    assert taken_up(run, house) < 60
    assert (run.status, run.added, run.attempt) == ("succeeded", 4, 2), run.error
    assert held() == LOADED
    assert RawAnswer.objects.filter(run=run).count() == 1
    assert Run.objects.count() == 1


@pytest.mark.parametrize("step", ["merge", "before commit"])
def test_a_revision_killed_at_a_step_leaves_yesterdays_figures_until_it_is_taken_up(house, replay, step):
    replay.play("/file/TOYS", SOUND)
    with worker(house):
        first = ask(house)
        until(lambda: finished(first), house)
    if step == "before commit":  # only refused rows are written there
        body = REVISED + b'"_T";"99999";"COM";"STOCK";"A";2023;1\n'
    else:
        body = REVISED
    run = stopped_at(step, house, replay, body)
    assert held() == LOADED
    assert Observation.objects.filter(known_to__isnull=False).count() == 0
    assert taken_up(run, house) < 60
    assert (run.status, run.revised, run.attempt) == ("succeeded", 2, 2), run.error
    assert held() == LOADED | {("62119", 2023, ""): 2024, ("62178", 2023, ""): 2024}
