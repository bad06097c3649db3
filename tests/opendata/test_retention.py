"""What the ledger stands on stays for ever; the rest leaves the disk after a while, its row stays."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from agglo.opendata import archive, retention
from agglo.opendata.models import RawAnswer, Run
from agglo.opendata.options import Options
from agglo.opendata.refresh import preview, refresh
from tests.opendata.conftest import row, table
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def toys(ground, replay):
    """`run(body)` refreshes the toy; `age()` makes all that happened so far a year old."""

    def run(*rows, body=None):
        replay.play("/file/TOYS", Reply(body or table(*rows), "text/csv"))
        return refresh("toy-table", Options(base_url=replay.url))

    return run


def age():
    Run.objects.update(queued_at=timezone.now() - timedelta(days=365))
    year_ago = time.time() - 365 * 86400
    for path in files():
        os.utime(path, (year_ago, year_ago))


def files():
    from django.conf import settings

    return [path for path in settings.OPENDATA_ARCHIVE.rglob("*") if path.is_file()]


def here(run):
    return all(archive.locate(answer.checksum) for answer in run.answers.all())


def test_answers_of_releases_stay_however_old_and_can_be_read_again(toys):
    first = toys(row(value="1"))
    later = [toys(row(value=str(value))) for value in range(2, 10)]
    age()
    assert retention.forget_raw()["removed"] == 0
    assert all(here(run) for run in [first, *later])
    assert refresh("toy-table", Options(replay=later[-1].pk)).status == "unchanged"


def test_old_answers_that_wrote_nothing_leave_but_for_the_last_ones(toys):
    toys(row())
    # The same figures in other bytes: read, compared, nothing to write.
    same = [toys(row(), row(geo="62119", value=f"10.{'0' * n}")) for n in range(1, 9)]
    assert {run.status for run in same} == {"unchanged"}
    failed = toys(body=b"GEO;x\n1;2\n")
    assert failed.status == "failed"
    age()
    done = retention.forget_raw()
    assert done["removed"] == 4
    assert [here(run) for run in same] == [False] * 3 + [True] * 5
    assert not here(failed)
    assert RawAnswer.objects.count() == 10
    assert "ne sont plus dans l’archive" in refresh("toy-table", Options(replay=same[0].pk)).error


def test_recent_and_held_answers_stay(toys):
    toys(row(), row(geo="62178"), row(geo="62048"))
    held = toys(row(value="11"))
    assert held.status == "implausible"
    age()
    recent = toys(body=b"GEO;x\n1;2\n")
    retention.forget_raw()
    assert here(held)
    assert here(recent)


def test_bytes_two_runs_share_stay_as_long_as_one_needs_them(toys):
    written = toys(row())
    for _ in range(8):
        toys(row())
    age()
    retention.forget_raw()
    assert here(written)


def test_what_no_run_names_goes_after_a_week(toys, replay, settings):
    replay.play("/file/TOYS", Reply(table(row(value="5")), "text/csv"))
    preview("toy-table", Options(base_url=replay.url))
    (settings.OPENDATA_ARCHIVE / "receiving-abandoned").write_bytes(b"half")
    assert retention.forget_raw() == {"removed": 0, "kept": 2, "bytes": 0}
    age()
    assert retention.forget_raw()["removed"] == 2
