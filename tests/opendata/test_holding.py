"""An implausible answer waits for a person: released, refused or replaced; never judged twice."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from agglo.accounts.attribution import act_as
from agglo.opendata import due, holding, queueing
from agglo.opendata.declaration import Plausibility
from agglo.opendata.freshness import freshness_of
from agglo.opendata.models import Run
from agglo.opendata.options import Options
from agglo.opendata.refresh import execute, refresh
from tests.opendata.conftest import held, row, table
from tests.people import person
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db
FIRST = table(row(value="10"), row(geo="62178", value="20"))
SECOND = table(row(value="11"), row(geo="62178", value="21"))
THIRD = table(row(value="12"), row(geo="62178", value="22"))


@pytest.fixture
def strict(ground, declared):
    declared["toy-table"] = replace(declared["toy-table"], plausible=Plausibility(max_revised=0.1))


@pytest.fixture
def ask(strict, replay):
    def asked(content, **options):
        replay.play("/file/TOYS", Reply(content, "text/csv"))
        return refresh("toy-table", Options(base_url=replay.url, **options))

    return asked


@pytest.fixture
def waiting(ask):
    """A held answer, yesterday's figures standing."""
    ask(FIRST)
    run = ask(SECOND)
    assert run.is_held
    return run


def test_a_held_answer_writes_nothing_and_keeps_what_it_would_change(waiting):
    assert held() == {("62119", 2023, ""): 10, ("62178", 2023, ""): 20}
    assert [(d["kind"], d["code"], d["old"], d["new"]) for d in waiting.sample] == [
        ("revised", "62119", "10", "11"),
        ("revised", "62178", "20", "21"),
    ]


def test_a_release_is_a_new_run_read_from_the_archive_under_a_name(waiting, replay):
    asked, someone = len(replay.seen), person("staff")
    taken = execute(holding.release(waiting, someone, "Vérifié avec  l’Insee").pk)
    assert (taken.status, taken.revised, taken.asked_by, taken.replays) == ("succeeded", 2, someone, waiting)
    assert taken.options["accept"] == "Vérifié avec l’Insee"
    assert held() == {("62119", 2023, ""): 11, ("62178", 2023, ""): 21}
    assert len(replay.seen) == asked, "the service was asked again"
    waiting.refresh_from_db()
    assert (waiting.decided_by, waiting.decision) == (someone, "Libérée\u00a0: Vérifié avec l’Insee")
    assert [a.checksum for a in taken.answers.all()] == [a.checksum for a in waiting.answers.all()]


@pytest.mark.parametrize("act", [holding.release, holding.refuse])
def test_a_decision_has_a_reason_and_is_taken_once(waiting, act):
    someone = person("staff")
    with pytest.raises(ValueError, match="Dites pourquoi"):
        act(waiting, someone, "  ")
    act(waiting, someone, "Vu.")
    with pytest.raises(holding.NotHeld):
        act(waiting, someone, "Encore.")


def test_the_audit_trail_says_who_released(waiting):
    from agglo.accounts.models import AuditEntry

    someone = person("reviewer")
    with act_as(someone):
        taken = holding.release(waiting, someone, "Vu.")
    entry = AuditEntry.objects.about(waiting).first()
    assert (entry.user, entry.after["decision"]) == (someone, "Libérée\u00a0: Vu.")
    assert AuditEntry.objects.about(taken).filter(action="insert", user=someone).exists()


def test_the_same_answer_again_stays_held_where_it_is(waiting, ask):
    again = ask(SECOND)
    assert (again.status, waiting.is_held) == ("withdrawn", True)
    assert f"n° {waiting.pk}, retenue" in again.decision
    assert Run.objects.held().get() == waiting
    assert freshness_of(["toy-table"])[0].state == "failed"


def test_a_refused_answer_is_not_judged_again(waiting, ask):
    holding.refuse(waiting, person("staff"), "Fichier d’essai du producteur")
    again = ask(SECOND)
    assert (again.status, Run.objects.held().count()) == ("withdrawn", 0)
    assert "Fichier d’essai du producteur" in again.decision
    assert freshness_of(["toy-table"])[0].last_run.status == "succeeded"


def test_another_implausible_answer_takes_the_place_of_the_held_one(waiting, ask):
    later = ask(THIRD)
    waiting.refresh_from_db()
    assert (later.is_held, waiting.status) == (True, "withdrawn")
    assert f"n° {later.pk}" in waiting.decision


def test_a_good_answer_makes_the_held_one_void(waiting, ask):
    assert ask(FIRST).status == "unchanged"
    waiting.refresh_from_db()
    assert waiting.status == "withdrawn"


def test_a_held_dataset_is_asked_at_its_rhythm_and_not_every_hour(waiting, declared):
    from datetime import timedelta

    moment = waiting.finished_at
    assert "toy-table" not in due.due(moment + timedelta(hours=3))
    assert "toy-table" in due.due(moment + timedelta(days=7))


def test_a_person_may_hold_a_run_on_its_way_then_let_it_go(ask, replay, strict):
    replay.play("/file/TOYS", Reply(FIRST, "text/csv"))
    run = queueing.ask("toy-table", options=Options(base_url=replay.url).stored())
    someone = person("staff")
    holding.hold(run, someone, "Le producteur annonce une erreur")
    done = execute(run.pk)
    assert (done.is_held, held()) == (True, {})
    assert "Le producteur annonce une erreur" in done.error
    assert len(done.sample) == 2
    assert execute(holding.release(done, someone, "Erreur levée").pk).added == 2
    with pytest.raises(holding.NotHeld):
        holding.hold(done, someone, "Trop tard")


def test_what_a_person_holds_says_nothing_of_how_fresh_we_are(ask):
    ask(FIRST)
    before = freshness_of(["toy-table"])[0].state
    assert ask(SECOND, hold="Essai").is_held
    assert freshness_of(["toy-table"])[0].state == before


def test_a_queued_run_can_be_withdrawn_with_a_reason(strict):
    run = queueing.ask("toy-table")
    holding.refuse(run, person("staff"), "Doublon")
    run.refresh_from_db()
    assert (run.status, run.decision) == ("withdrawn", "Abandonnée\u00a0: Doublon")
    assert execute(run.pk) is None


def test_a_run_says_its_steps(waiting):
    assert [step["step"] for step in waiting.steps][-1] == "Relevé des différences"


@pytest.mark.parametrize("status", ["implausible", "withdrawn"])
def test_the_database_holds_one_answer_a_dataset_and_asks_for_words(waiting, status):
    with pytest.raises(IntegrityError), transaction.atomic():
        Run.objects.create(code="toy-table", status=status, error="x")


def test_the_audit_trail_forgets_no_decision(waiting):
    holding.refuse(waiting, person("staff"), "Non")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_entry WHERE table_name = 'opendata_run'")
        assert cursor.fetchone()[0] >= 4
