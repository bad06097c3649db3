"""A real Celery worker in its own process: from the queue to the ledger; killed in the middle, taken up."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction

from agglo.figures.models import Observation, Release, Series
from agglo.opendata.models import Run
from tests.opendata.conftest import held, lay_ground, row, table
from tests.replay.server import Reply

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[2]
TOYS = "tests.opendata.toys_declared"
ASK = f"""
import django; django.setup()
import {TOYS}
from agglo.opendata.queueing import queue
queue("toy-table")
"""


@pytest.fixture
def house(replay, tmp_path):
    """Environment of a separate process: same database, own folder, own queue, toys served by `replay`."""
    lay_ground()
    for name in ("in", "processed", "control"):
        (tmp_path / "queue" / name).mkdir(parents=True)
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": urlunsplit(address),
        "DJANGO_SETTINGS_MODULE": "agglo.settings.test",
        "AGGLO_VAR": str(tmp_path),
        "CELERY_BROKER_URL": "filesystem://",
        "OPENDATA_BASE_URLS": f"toy-table={replay.url}",
        "OPENDATA_LEASE_SECONDS": "2",
        "OPENDATA_RETRIES": "0",
        "PYTHONPATH": str(ROOT),
    }


@contextmanager
def worker(house):
    command = [sys.executable, "-m", "celery", "-A", "agglo", "worker", "-I", TOYS, "-c", "1", "-l", "INFO"]
    with (Path(house["AGGLO_VAR"]) / "worker.log").open("ab") as log:
        process = subprocess.Popen(
            command, env=house, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process):
    """kill -9 of the worker and its children."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(found, house, seconds=60):
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if result := found():
            return result
        time.sleep(0.1)
    pytest.fail((Path(house["AGGLO_VAR"]) / "worker.log").read_text()[-4000:])


def python(house, *words):
    command = [sys.executable, *words]
    done = subprocess.run(command, env=house, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-3000:]


def ask(house):
    python(house, "-c", ASK)
    return Run.objects.latest("id")


def finished(run):
    run.refresh_from_db()
    return run.is_finished


def test_a_worker_takes_a_queued_run_to_committed_figures(house, replay):
    replay.play("/file/TOYS", Reply(table(row(value="10"), row(geo="99999")), "text/csv"))
    with worker(house):
        run = ask(house)
        until(lambda: finished(run), house)
    assert (run.status, run.added, run.refused) == ("succeeded", 1, 1), run.error
    assert held() == {("62119", 2023, ""): 10}
    assert run.refused_rows.get().line == 3


def test_a_worker_killed_in_the_middle_of_a_load_leaves_nothing_half_done_and_another_takes_it_up(
    house, replay
):
    replay.play("/file/TOYS", Reply(table(row(value="10"), row(geo="62178")), "text/csv"))
    with worker(house) as first, transaction.atomic(), connection.cursor() as cursor:
        # Series are written by then; the release must wait for us, and there the worker is killed.
        cursor.execute("LOCK TABLE figures_release IN SHARE MODE")
        run = ask(house)
        until(lambda: waiting(cursor), house)
        kill(first)
    run.refresh_from_db()
    assert run.status == "running"
    assert (Observation.objects.count(), Release.objects.count(), Series.objects.count()) == (0, 0, 0)
    with worker(house):
        time.sleep(2.1)
        python(house, "-m", "celery", "-A", "agglo", "call", "opendata.sweep")
        until(lambda: finished(run), house)
    assert (run.status, run.added, run.attempt) == ("succeeded", 2, 2), run.error
    assert held() == {("62119", 2023, ""): 10, ("62178", 2023, ""): 10}


def waiting(cursor):
    cursor.execute(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'figures_release'::regclass"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    return cursor.fetchone()[0]
