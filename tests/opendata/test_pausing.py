"""A dataset that stands still is not asked, and says so: paused by us, or suspended by its producer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agglo.opendata import due, pausing, queueing
from agglo.opendata.freshness import freshness_of
from agglo.opendata.models import Cause, PauseKind
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def someone(declared):
    return person("staff")


@pytest.fixture
def undeclare():
    yield
    pausing._SUSPENDED.pop("toy-table", None)


def state(code="toy-table"):
    return freshness_of([code])[0]


def test_a_paused_dataset_is_not_asked_until_it_is_resumed(someone):
    pausing.pause(someone, "Fichier en cours de correction", code="toy-table")
    assert due.due() == ["toy-json"]
    assert state().state == "paused"
    assert "Fichier en cours de correction" in state().sentence
    assert pausing.resume(someone, code="toy-table") == 1
    assert "toy-table" in due.due()


def test_a_producer_is_paused_with_all_its_datasets(someone):
    pausing.pause(someone, "Service en travaux", producer="toy")
    assert due.due() == []


def test_a_pause_ends_by_itself(someone):
    today = timezone.localdate()
    pausing.pause(someone, "Vacances", code="toy-table", until=today + timedelta(days=2))
    assert "toy-table" in pausing.standstills(today + timedelta(days=2))
    assert "toy-table" not in pausing.standstills(today + timedelta(days=3))
    assert "toy-table" in due.due(timezone.now() + timedelta(days=3))


def test_the_producer_s_notice_is_shown(someone):
    words = "Suspension de la diffusion des déclarations préalables à l’embauche"
    pausing.pause(
        someone,
        words,
        code="toy-table",
        kind=PauseKind.PRODUCER,
        since=date(2025, 11, 19),
        url="https://x.fr/",
    )
    assert (state().state, state().standstill.url) == ("suspended", "https://x.fr/")
    assert "depuis le 19/11/2025" in state().sentence


def test_a_connector_may_declare_the_suspension(declared, undeclare):
    pausing.suspended("toy-table", since=date(2025, 11, 19), notice="Diffusion suspendue.")
    assert state().state == "suspended"
    assert due.due() == ["toy-json"]


def test_what_the_schedule_had_queued_is_withdrawn_and_what_people_asked_stays(someone):
    scheduled = queueing.ask("toy-table", cause=Cause.SCHEDULE)
    asked = queueing.ask("toy-json", cause=Cause.STAFF)
    pausing.pause(someone, "Travaux", producer="toy")
    scheduled.refresh_from_db()
    asked.refresh_from_db()
    assert (scheduled.status, scheduled.decision) == ("withdrawn", "En pause\u00a0: Travaux")
    assert asked.status == "queued"


def test_a_second_pause_replaces_the_first(someone):
    pausing.pause(someone, "Un", code="toy-table")
    pausing.pause(someone, "Deux", code="toy-table")
    assert state().standstill.reason == "Deux"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"reason": " ", "code": "toy-table"}, "Dites pourquoi"),
        ({"reason": "x", "code": "toy-table", "until": date(2020, 1, 1)}, "déjà passée"),
        ({"reason": "x", "code": "rien"}, "Aucun jeu"),
        ({"reason": "x"}, "Aucun jeu"),
    ],
)
def test_a_pause_that_makes_no_sense_is_refused(someone, said, problem):
    reason = said.pop("reason")
    with pytest.raises(ValueError, match=problem):
        pausing.pause(someone, reason, **said)


def test_no_storm_after_a_pause_or_a_long_stop(someone, declared):
    from dataclasses import replace

    for number in range(40):
        declared[f"toy-{number:02}"] = replace(declared["toy-table"], code=f"toy-{number:02}")
    later = timezone.now() + timedelta(days=60)
    assert len(due.queue_due(later)) == due.AT_ONCE
    # Sixty missed days are one question a dataset, never sixty.
    assert len(due.due(later)) == 42 - due.AT_ONCE
