"""kill -9 of a real worker while it has an import: nothing half-written, and another one takes it up."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from projects.models import Import, Site
from projects.models.bulk import State
from tests.opendata.house import environment, kill, python, until, worker
from tests.projects.bulk.conftest import as_csv, exported

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def house(replay, tmp_path):
    return environment(replay, tmp_path)


def do(house, act: str) -> str:
    """An act of a person or of the clock, in a process of the house: its messages reach its workers."""
    said = "import django; django.setup(); from projects.bulk import carrying, deciding\n"
    who = "from agglo.accounts.models import User; user = User.objects.get(role='staff')\n"
    who += "reviewer = User.objects.filter(role='reviewer').first()\n"
    return python(house, "-c", f"{said}{who}print({act})")


def came_to(row, state):
    row.refresh_from_db()
    return row.state == state


def waiting(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return cursor.fetchone()[0] > 0


def lost(row, house, table: str) -> None:
    """Its worker is killed while it waits to write that table; its lease then runs out."""
    with worker(house) as first, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        until(lambda: waiting(table), house)
        kill(first)
    Import.objects.filter(pk=row.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_ends_it(ground, agent, reviewer, house):
    edited = Site.objects.filter(zoning="U")
    content = as_csv([one | {"zonage": "U"} for one in exported()])
    do(house, f"deciding.receive('essai.csv', {content!r}, user)")
    row = Import.objects.get()
    lost(row, house, "projects_bulkrow")
    row.refresh_from_db()
    assert (row.state, row.rows.count()) == (State.READING, 0)
    with worker(house):
        assert "'requeued': 1" in do(house, "carrying.sweep()")
        until(lambda: came_to(row, State.READY), house)
    assert row.changed == Site.objects.count()
    do(house, f"deciding.ask({row.pk}, user)")
    do(house, f"deciding.apply({row.pk}, reviewer)")
    lost(row, house, "projects_site")
    assert not edited.exists()
    with worker(house):
        do(house, "carrying.sweep()")
        until(lambda: came_to(row, State.APPLIED), house)
    assert edited.count() == row.changed
