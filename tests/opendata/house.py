"""A house of separate processes for tests: same database, own folder, own file broker, real workers."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from agglo.opendata.models import Run

ROOT = Path(__file__).resolve().parents[2]
TOYS = "tests.opendata.toys_declared"


def environment(replay, folder: Path, **more) -> dict[str, str]:
    """What a process of the house is told; toys are served by `replay`."""
    for name in ("in", "processed", "control"):
        (folder / "queue" / name).mkdir(parents=True, exist_ok=True)
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    return os.environ | {
        "DATABASE_URL": urlunsplit(address),
        "DJANGO_SETTINGS_MODULE": "agglo.settings.test",
        "AGGLO_VAR": str(folder),
        "CELERY_BROKER_URL": "filesystem://",
        "OPENDATA_BASE_URLS": f"api.jouets.example={replay.url}",
        "OPENDATA_LEASE_SECONDS": "2",
        "OPENDATA_RETRIES": "0",
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def worker(house, *, toys=TOYS, at_once=1):
    command = [sys.executable, "-m", "celery", "-A", "agglo", "worker", "-l", "INFO"]
    command += ["-I", toys, "-c", str(at_once)]
    with log(house).open("ab") as out:
        process = subprocess.Popen(
            command, env=house, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            kill(process)


def log(house) -> Path:
    return Path(house["AGGLO_VAR"]) / "worker.log"


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
    pytest.fail(log(house).read_text()[-4000:])


def python(house, *words):
    command = [sys.executable, *words]
    done = subprocess.run(command, env=house, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def ask(house, *codes):
    """Queue datasets, as the clock or a person would."""
    said = "\n".join(
        ["import django; django.setup()", f"import {TOYS}", "from agglo.opendata.queueing import queue"]
        + [f"queue({code!r})" for code in codes or ("toy-table",)]
    )
    python(house, "-c", said)
    return Run.objects.latest("id")


def sweep(house):
    python(house, "-m", "celery", "-A", "agglo", "call", "opendata.sweep")


def finished(run):
    run.refresh_from_db()
    return run.is_finished
