"""kill -9 of a real worker that has a file of a standard: nothing half-written, another one takes it up."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from projects.models import Site, StandardImport
from tests.opendata.house import environment, kill, python, until, worker
from tests.projects.standards.conftest import as_csv

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
State = StandardImport.State


@pytest.fixture
def house(replay, tmp_path):
    return environment(replay, tmp_path)


def do(house, act: str) -> str:
    """An act of a person or of the clock, in a process of the house: its messages reach its workers."""
    said = "import django; django.setup(); from projects.standards import STANDARDS, carrying, deciding\n"
    who = "from agglo.accounts.models import User; user = User.objects.get(role='staff')\n"
    who += "reviewer = User.objects.filter(role='reviewer').first()\n"
    return python(house, "-c", f"{said}{who}print({act})")


def lost(brought, house, table: str) -> None:
    """Its worker is killed while it waits to write that table; its lease then runs out."""
    with worker(house) as first, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        until(lambda: waiting(table), house)
        kill(first)
    StandardImport.objects.filter(pk=brought.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def waiting(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table])
        return cursor.fetchone()[0] > 0


def came_to(brought, state) -> bool:
    brought.refresh_from_db()
    return brought.state == state


def test_a_killed_worker_leaves_nothing_half_done_and_the_next_one_ends_it(
    territory, agent, reviewer, example, house
):
    rows = [example("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(4)]
    content = as_csv("friches", *rows)
    do(house, f"deciding.bring(STANDARDS['friches'], 'f.csv', {content!r}, user)")
    brought = StandardImport.objects.get()
    lost(brought, house, "projects_comparedrow")
    assert came_to(brought, State.READING) and not brought.compared.exists()
    with worker(house):
        assert "'requeued': 1" in do(house, "carrying.sweep()")
        until(lambda: came_to(brought, State.WAITING), house)
    assert brought.added == brought.compared.count() == 4
    do(house, f"deciding.accept({brought.pk}, None, reviewer, published=True)")
    lost(brought, house, "projects_importedrow")
    assert not Site.objects.exists()
    with worker(house):
        do(house, "carrying.sweep()")
        until(lambda: came_to(brought, State.ACCEPTED), house)
        assert Site.objects.count() == 4
        do(house, f"deciding.undo({brought.pk}, user)")
        until(lambda: came_to(brought, State.UNDONE), house)
    assert not Site.objects.exists()
