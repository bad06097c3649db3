"""Sends one official dataset through the queue to the worker that runs, fed by the replaying server."""

import os
import subprocess
import time
from pathlib import Path

import environ
import psycopg2

from tests.replay.server import ReplayServer

DATASET = "insee-flores-a5"
GOOD = ("succeeded", "unchanged")
OVER = (*GOOD, "failed", "implausible", "withdrawn")
PATIENCE = 180


def prove_refresh(clone: Path, var: Path) -> str:
    """Return one line that says what was loaded; raise SystemExit when the worker did not load it."""
    server = ReplayServer().start()
    try:
        asked = _manage(clone, var, "refresh", DATASET, "--base-url", f"{server.url}/melodi", "--queue")
        status, added, error = _outcome(var)
    finally:
        server.stop()
    if status not in GOOD or not added:
        raise SystemExit(f"{DATASET}: {status}, {added} added. {error}\n{asked}")
    return f"{DATASET} was refreshed by the worker, {added} observations added"


def _manage(clone: Path, var: Path, *arguments: str) -> str:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(clone / "bin" / "manage"), *arguments],
        env=env | {"AGGLO_VAR": str(var)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"bin/manage {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _outcome(var: Path) -> tuple[str, int, str]:
    """Status, number of observations added and error of the last run, once it is over."""
    lines = environ.Env()
    lines.read_env(str(var / "agglo.env"), overwrite=True)
    connection = psycopg2.connect(lines.str("DATABASE_URL"))
    connection.autocommit = True
    deadline = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT status, added, error FROM opendata_run ORDER BY id DESC LIMIT 1")
            row = cursor.fetchone()
            if row and row[0] in OVER:
                break
            time.sleep(0.5)
    connection.close()
    return row or ("never queued", 0, "")
