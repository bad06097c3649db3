"""A run's life: asked once, claimed once, taken up when its worker is lost, queued again when due."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from kombu import Connection

from agglo.opendata import due, queueing, sweeper
from agglo.opendata.errors import LeaseLost
from agglo.opendata.models import MAX_ATTEMPTS, Run, Status
from agglo.opendata.refresh import Options, execute, refresh
from tests.opendata.conftest import held, row, table
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(declared, tmp_path):
    """The messages waiting in a file broker of the test's own: `sent()` takes them out."""
    from agglo.celery import app

    folders = {name: str(tmp_path / "in") for name in ("data_folder_in", "data_folder_out")}
    options = {**folders, "control_folder": str(tmp_path / "control"), "store_processed": False}
    for folder in ("in", "control"):
        (tmp_path / folder).mkdir()
    usual = app.conf.broker_url, app.conf.broker_transport_options
    _talk_to(app, "filesystem://", options)
    taken = []

    def messages():
        with Connection("filesystem://", transport_options=options) as broker:
            queue = broker.SimpleQueue("celery")
            with suppress(queue.Empty):
                while True:
                    message = queue.get(block=False)
                    message.ack()
                    taken.append((message.headers["task"], *message.payload[0]))
        return taken

    yield messages
    _talk_to(app, *usual)


def _talk_to(app, url, options):
    """The application keeps its connections to a broker: it takes others."""
    app.conf.broker_url, app.conf.broker_transport_options = url, options
    app._pool = app.amqp._producer_pool = None


def lose(run, attempt=1):
    Run.objects.filter(pk=run.pk).update(
        status=Status.RUNNING,
        attempt=attempt,
        worker="lost",
        started_at=timezone.now(),
        lease_until=timezone.now() - timedelta(seconds=1),
    )


def finished(code, status, ago, **more):
    error = "Panne." if status in ("failed", "implausible") else ""
    moment = timezone.now() - ago
    return Run.objects.create(code=code, status=status, finished_at=moment, error=error, **more)


def test_a_dataset_has_one_active_run_whatever_asks(declared):
    first = queueing.ask("toy-table")
    with pytest.raises(queueing.Busy):
        queueing.ask("toy-table")
    assert queueing.queue("toy-table") == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(code="toy-table", status=Status.QUEUED)


def test_a_run_is_sent_only_when_the_database_holds_it(sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = queueing.queue("toy-table")
        assert sent() == []
    assert sent() == [("opendata.refresh", run.pk)]


def test_a_message_delivered_twice_does_the_work_once(ground, replay):
    replay.play("/file/TOYS", Reply(table(row()), "text/csv"))
    run = queueing.ask("toy-table", options=Options(base_url=replay.url).stored())
    assert execute(run.pk).status == Status.SUCCEEDED
    assert execute(run.pk) is None
    assert len(replay.seen) == 1


def test_a_lost_run_is_queued_again_and_then_closed_when_lost_too_often(
    sent, django_capture_on_commit_callbacks
):
    run = queueing.ask("toy-table")
    lose(run)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeper.sweep()["requeued"] == 1
    assert sent() == [("opendata.refresh", run.pk)]
    lose(run, attempt=MAX_ATTEMPTS)
    sweeper.sweep()
    run.refresh_from_db()
    assert run.status == Status.FAILED
    assert "s’est arrêté 3 fois avant la fin" in run.error


def test_a_living_run_is_left_alone(sent):
    run = queueing.ask("toy-table")
    assert queueing.claim(run.pk, "alive")
    assert sweeper.sweep() == {"requeued": 0, "closed": 0, "resent": 0}


def test_a_message_that_never_arrived_is_sent_again_once(sent, django_capture_on_commit_callbacks):
    run = queueing.ask("toy-table")
    Run.objects.filter(pk=run.pk).update(sent_at=timezone.now() - timedelta(hours=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeper.sweep()["resent"] == 1
        assert sweeper.sweep()["resent"] == 0
    assert sent() == [("opendata.refresh", run.pk)]


def test_a_worker_that_comes_back_after_losing_its_run_writes_nothing(ground, replay):
    run = queueing.ask("toy-table", options=Options(base_url=replay.url).stored())
    mine = queueing.claim(run.pk, "slow")
    Run.objects.filter(pk=run.pk).update(worker="other")
    with pytest.raises(LeaseLost):
        queueing.hold(mine)


@pytest.mark.django_db(transaction=True)
def test_a_load_whose_run_was_taken_over_is_undone(ground, replay):
    run = queueing.ask("toy-table", options=Options(base_url=replay.url).stored())

    def robbed(target):
        """While the service answers, another worker takes the run."""
        Run.objects.filter(pk=run.pk).update(worker="other")
        connection.close()
        return Reply(table(row()), "text/csv")

    replay.play("/file/TOYS", robbed)
    execute(run.pk)
    assert held() == {}
    assert Run.objects.get(pk=run.pk).status == Status.RUNNING


def test_a_crash_of_our_own_is_recorded_and_harms_nothing(ground, replay, declared):
    from dataclasses import replace

    def broken(door, declaration):
        raise RuntimeError("oups")

    declared["toy-table"] = replace(declared["toy-table"], fetch=broken)
    done = refresh("toy-table")
    assert (done.status, done.retryable) == ("failed", False)
    assert "erreur imprévue du programme" in done.error
    assert "oups" in done.detail


def test_an_unchanged_source_costs_one_conditional_request(ground, replay):
    replay.play("/file/TOYS", Reply(table(row()), "text/csv", headers={"ETag": '"v1"'}))
    refresh("toy-table", Options(base_url=replay.url))
    again = refresh("toy-table", Options(base_url=replay.url))
    assert (again.status, again.unchanged) == ("unchanged", 1)
    assert replay.seen[-1].headers["if-none-match"] == '"v1"'
    assert again.answers.get().status == 304


def test_an_unchanged_answer_is_read_again_when_a_territory_is_added(ground, replay):
    from agglo.figures.recording import ensure_subject

    body = table(row(), row(geo="62178"), row(geo="62516"))
    replay.play("/file/TOYS", Reply(body, "text/csv", headers={"ETag": '"v1"'}))
    assert refresh("toy-table", Options(base_url=replay.url)).refused == 1
    ensure_subject("COM", "62516", "Lillers", "commune")
    assert refresh("toy-table", Options(base_url=replay.url)).added == 1


def test_what_is_due_is_queued_the_longest_waiting_first(sent, django_capture_on_commit_callbacks):
    assert due.due() == ["toy-json", "toy-table"]
    finished("toy-json", "succeeded", timedelta(days=1))
    finished("toy-table", "succeeded", timedelta(days=8))
    assert due.due() == ["toy-table"]
    with django_capture_on_commit_callbacks(execute=True):
        assert due.queue_due() == ["toy-table"]
        assert due.queue_due() == []
    assert len(sent()) == 1


def test_a_failing_source_is_asked_later_and_later(declared):
    finished("toy-json", "succeeded", timedelta(0))
    finished("toy-table", "failed", timedelta(hours=1))
    assert due.due() == ["toy-table"]
    finished("toy-table", "failed", timedelta(hours=1))
    assert due.due() == []
    assert due.due(timezone.now() + timedelta(hours=1)) == ["toy-table"]


def test_after_a_long_stop_the_queue_is_filled_a_little_at_a_time(declared, sent):
    from dataclasses import replace

    for number in range(40):
        code = f"toy-{number:02}"
        declared[code] = replace(declared["toy-table"], code=code)
    assert len(due.queue_due()) == due.AT_ONCE
    assert Run.objects.active().count() == due.AT_ONCE


def test_looking_for_what_is_due_costs_the_same_for_forty_datasets(declared, django_assert_num_queries):
    from dataclasses import replace

    for number in range(40):
        declared[f"toy-{number}"] = replace(declared["toy-table"], code=f"toy-{number}")
    with django_assert_num_queries(5):
        due.due()


def test_the_public_does_not_get_the_technical_part(declared):
    from django.contrib.auth.models import AnonymousUser

    finished("toy-json", "failed", timedelta(0), detail="http://interne/")
    run = Run.objects.visible_to(AnonymousUser()).get()
    assert run.get_deferred_fields() == {"detail", "options", "worker"}


def test_the_database_itself_refuses_a_running_run_without_a_lease(declared):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE opendata_run SET status = 'running'")
        Run.objects.create(code="x", status=Status.RUNNING)
