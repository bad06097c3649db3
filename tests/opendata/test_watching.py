"""What has not run is noticed from the ledger of runs and the signs of life alone, and nothing else is."""

import os
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from agglo.opendata import due, watching
from agglo.opendata.models import Cause, Pause, Run

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def alive(settings, tmp_path, declared):
    """A worker and a beat that have just given a sign; both toys were asked an hour ago."""
    settings.WORKER_PULSE, settings.BEAT_PULSE = tmp_path / "worker.pulse", tmp_path / "beat.pulse"
    settings.WORKER_PULSE.touch()
    settings.BEAT_PULSE.touch()
    for code in ("toy-json", "toy-table"):
        ended(code, timedelta(hours=1))


def ended(code, ago, status="unchanged"):
    error = "Panne." if status == "failed" else ""
    moment = NOW - ago
    times = {"queued_at": moment, "started_at": moment, "heartbeat_at": moment, "finished_at": moment}
    return Run.objects.create(code=code, status=status, error=error, **times)


def queued(code, ago):
    return Run.objects.create(code=code, queued_at=NOW - ago, cause=Cause.SCHEDULE)


def kinds():
    return [(one.kind.value, one.code) for one in watching.watch(NOW).alarms]


def old(path, seconds=600):
    os.utime(path, (time.time() - seconds,) * 2)


def test_nothing_is_said_while_everything_runs():
    assert kinds() == []


def test_a_silent_worker_and_a_silent_beat_are_told_apart(settings):
    old(settings.WORKER_PULSE)
    assert kinds() == [("worker", "")]
    assert "se tait depuis 10 minutes" in watching.watch().alarms[0].sentence
    settings.WORKER_PULSE.touch()
    settings.BEAT_PULSE.unlink()
    assert kinds() == [("beat", "")]
    assert "L’horloge ne tourne pas" in watching.watch().alarms[0].sentence


def test_a_dataset_whose_hour_passed_is_named():
    Run.objects.filter(code="toy-table").delete()
    ended("toy-table", timedelta(days=7, hours=11))
    assert kinds() == []  # yearly: asked every week, and one may wait for a round or two
    Run.objects.filter(code="toy-table").delete()
    ended("toy-table", timedelta(days=7, hours=13))
    assert kinds() == [("not-run", "toy-table")]
    assert "Jouets par commune" in watching.watch(NOW).alarms[0].sentence


def test_a_dataset_never_asked_counts_from_the_first_run_of_the_portal():
    Run.objects.filter(code="toy-table").delete()
    assert kinds() == []
    ended("toy-json", timedelta(days=3))
    assert kinds() == [("not-run", "toy-table")]
    assert "n’a jamais été demandé" in watching.watch(NOW).alarms[0].sentence


def test_what_stands_still_on_purpose_is_no_alarm():
    Run.objects.filter(code="toy-table").delete()
    ended("toy-table", timedelta(days=30))
    Pause.objects.create(code="toy-table", reason="Travaux.", since=timezone.localdate())
    assert kinds() == []


def test_a_failure_that_waits_for_its_next_try_is_no_alarm():
    ended("toy-table", timedelta(minutes=20), status="failed")
    assert kinds() == []


def test_a_queue_that_does_not_move_is_said_once_nothing_began_for_half_an_hour():
    Run.objects.all().delete()
    ended("toy-json", timedelta(minutes=10))
    queued("toy-table", timedelta(minutes=40))
    assert kinds() == []  # something ran ten minutes ago
    Run.objects.filter(code="toy-json").delete()
    ended("toy-json", timedelta(minutes=50))
    assert kinds() == [("stuck", "")]


def test_a_queue_longer_than_an_hour_ago_is_growing():
    ended("toy-json", timedelta(minutes=1))
    for number in range(due.AT_ONCE + 1):
        queued(f"other-{number}", timedelta(minutes=20 if number else 90))
    assert ("growing", "") in kinds()
    assert watching.queue_facts(NOW)._replace(oldest=None) == (due.AT_ONCE + 1, None, 1)
    Run.objects.filter(code__startswith="other").update(queued_at=NOW - timedelta(minutes=90))
    assert kinds() == []  # long, and getting no longer: something is being done about it


def test_a_lost_run_that_nobody_takes_up_is_said():
    Run.objects.filter(code="toy-table").delete()
    lost = {"status": "running", "started_at": NOW, "heartbeat_at": NOW}
    Run.objects.create(code="toy-table", lease_until=NOW - timedelta(minutes=4), **lost)
    assert kinds() == []
    Run.objects.update(lease_until=NOW - timedelta(minutes=6))
    assert kinds() == [("unswept", "toy-table")]


def test_looking_costs_the_same_whatever_there_is(django_assert_num_queries):
    for number in range(30):
        queued(f"other-{number}", timedelta(minutes=90))
    with django_assert_num_queries(11):
        watching.watch(NOW)


def test_the_health_address_says_what_did_not_run(client, settings):
    assert client.get("/sante/travaux").json()["travaux"] is True
    old(settings.BEAT_PULSE)
    answer = client.get("/sante/travaux")
    assert answer.status_code == 503
    assert [one["nature"] for one in answer.json()["alertes"]] == ["beat"]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
