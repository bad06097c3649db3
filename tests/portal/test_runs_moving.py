"""What moves on the console: the state of a run asked again and again, its progress, the queue."""

import pytest
from django.utils import timezone

from agglo.opendata import progress, queueing
from agglo.opendata.models import Run
from tests.opendata.conftest import declared, ground  # noqa: F401
from tests.people import client_of

BYTES = {"unit": "bytes", "done": 1048576}
LIVE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def staff(ground):  # noqa: F811
    return client_of("staff")


@pytest.fixture
def running(ground):  # noqa: F811
    return queueing.claim(queueing.ask("toy-table").pk, "ici")


def state(client, run):
    return client.get(f"/equipe/actualisations/{run.pk}/etat/", **LIVE).content.decode()


def end(run):
    Run.objects.filter(pk=run.pk).update(status="succeeded", finished_at=timezone.now())


def stepped(run, **said):
    run.steps = [{"step": "Lecture", "at": timezone.now().isoformat(), **said}]
    run.save()


def test_the_state_is_asked_again_until_the_run_has_ended_and_then_brings_the_rest(staff, running):
    assert 'hx-trigger="every 2s"' in state(staff, running)
    end(running)
    after = state(staff, running)
    assert "every 2s" not in after
    assert 'hx-select="#suite"' in after


def test_somebody_led_to_the_moving_part_sees_the_page(staff, running):
    response = staff.get(f"/equipe/actualisations/{running.pk}/etat/")
    assert response["Location"] == f"/equipe/actualisations/{running.pk}/"


def test_script_is_loaded_only_while_there_is_something_to_follow(staff, running):
    for address in (f"/equipe/actualisations/{running.pk}/", "/equipe/actualisations/"):
        text = staff.get(address).content.decode()
        assert "htmx-2" in text
        assert '<noscript><p class="live-refresh"><a class="button button--plain"' in text
    end(running)
    for address in (f"/equipe/actualisations/{running.pk}/", "/equipe/actualisations/"):
        assert "htmx" not in staff.get(address).content.decode()


def test_the_queue_brings_the_rest_once_a_run_it_showed_has_ended(staff, running):
    address = f"/equipe/actualisations/file/?vues={running.pk}"
    assert 'hx-get=""' not in staff.get(address, **LIVE).content.decode()
    end(running)
    text = staff.get(address, **LIVE).content.decode()
    assert 'hx-get=""' in text
    assert "every 2s" not in text


@pytest.mark.parametrize(
    ("said", "bar", "words"),
    [
        (BYTES | {"total": 4194304, "rank": 1}, 'max="4194304"', "1,0\xa0Mio reçus sur 4,0\xa0Mio"),
        (BYTES | {"total": None, "rank": 3}, "", "Réponse n°\xa03\xa0: 1,0\xa0Mio reçus"),
        ({"unit": "rows", "done": 1, "total": 2, "rank": 1}, 'value="1"', "1 ligne lue sur environ 2"),
        ({"unit": "rows", "done": 3, "total": 2}, "", "3 lignes lues"),
        ({"unit": "rows", "done": 3, "total": None}, "", "3 lignes lues"),
    ],
)  # fmt: skip
def test_the_bar_is_full_only_of_what_is_known(staff, running, said, bar, words):
    stepped(running, **said)
    text = state(staff, running)
    assert f">{words}<" in text
    assert ("max=" in text) is bool(bar)
    assert bar in text


def test_nothing_counted_says_that_nobody_knows_how_long(staff, running):
    stepped(running)
    assert "durée inconnue" in state(staff, running)


def test_a_waiting_run_says_how_many_pass_before_it(staff, running):
    assert "1 actualisation passe avant elle" in state(staff, queueing.ask("toy-json"))


def test_a_worker_notes_bytes_then_rows_on_the_step_under_way(running):
    beat = queueing.Heartbeat(running)
    beat.rows_last_time = 40
    progress.received(beat, 10, "100", 1)
    assert running.steps == []
    progress.begins(beat, "Réception")
    progress.received(beat, 10, "100", 2)
    progress.begins(beat, "Lecture")
    progress.rows(beat, 3)
    progress.rows(beat, 4)
    told = [{name: said for name, said in step.items() if name != "at"} for step in running.steps]
    assert told == [
        {"step": "Réception", "unit": "bytes", "done": 10, "total": 100, "rank": 2},
        {"step": "Lecture", "unit": "rows", "done": 7, "total": 40},
    ]


@pytest.mark.parametrize("length", [None, "", "beaucoup", "-1"])
def test_a_length_that_says_nothing_leaves_the_total_unknown(running, length):
    beat = queueing.Heartbeat(running)
    progress.begins(beat, "Réception")
    progress.received(beat, 10, length, 1)
    assert running.steps[-1]["total"] is None
