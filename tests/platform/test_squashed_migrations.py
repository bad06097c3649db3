"""A new database, made by the squashed migrations, is in every respect the one that their steps make."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest
from django.db.migrations.loader import MigrationLoader

from tests.catalogue import catalogue, differences
from tests.migrated import fingerprint
from tests.unsquashed import Steps

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = "agglo/catalogues"
MIDDLE = ("projects.0011_support_and_aid", "employment.0004_entries")
SQUASHED = "SELECT app, name FROM django_migrations WHERE name LIKE '%_squashed_%' ORDER BY app"


@pytest.fixture
def database() -> Iterator[Callable[[str], str]]:
    """Makes an empty database of this name; gives its address."""
    address = urlsplit(os.environ["DATABASE_URL"])
    made = []

    def make(name: str) -> str:
        made.append(f"squash_{name}_{os.getpid()}")
        _order(address.geturl(), f"CREATE DATABASE {made[-1]}")
        return address._replace(path=f"/{made[-1]}").geturl()

    yield make
    for name in made:
        _order(address.geturl(), f"DROP DATABASE {name}")


def test_the_models_are_those_that_the_steps_leave():
    steps, squashed = Steps(None).project_state(), MigrationLoader(None).project_state()
    assert squashed.models.keys() == steps.models.keys()
    assert [key for key, model in steps.models.items() if model != squashed.models[key]] == []


def test_the_schema_is_the_one_that_the_steps_leave(database, cache):
    """The steps are taken as an earlier release took them up to a point, then by this one: a minute, once for
    each change of a migration."""
    key = fingerprint()
    found = cache.get(KEPT, {})
    if found.get("of") != key:
        found = {"of": key, "steps": _by_steps(database("steps")), "squashed": _squashed(database("whole"))}
        cache.set(KEPT, found)
    assert found["steps"]["triggers"]
    assert differences(found["steps"], found["squashed"]) == []


def _by_steps(address: str) -> dict[str, list[str]]:
    _run(address, "-m", "tests.unsquashed", *MIDDLE)
    assert _answer(address, SQUASHED) == []
    _run(address, "manage.py", "migrate", "--verbosity=0")
    _run(address, "manage.py", "migrate", "--check")
    # Steps that are all taken are from now on known under the name of what replaced them.
    ours = [(app, name) for app, name in MigrationLoader(None).graph.nodes if "_squashed_" in name]
    assert set(ours) <= set(_answer(address, SQUASHED))
    return _catalogue(address)


def _squashed(address: str) -> dict[str, list[str]]:
    _run(address, "manage.py", "migrate", "--verbosity=0")
    return _catalogue(address)


def _run(address: str, *command: str) -> None:
    env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "agglo.settings.test"}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


def _order(address: str, order: str) -> None:
    connection = psycopg2.connect(address)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(order)
    connection.close()


def _answer(address: str, question: str) -> list[tuple]:
    connection = psycopg2.connect(address)
    with connection.cursor() as cursor:
        cursor.execute(question)
        rows = cursor.fetchall()
    connection.close()
    return rows


def _catalogue(address: str) -> dict[str, list[str]]:
    connection = psycopg2.connect(address)
    with connection.cursor() as cursor:
        found = catalogue(cursor)
    connection.close()
    return found
