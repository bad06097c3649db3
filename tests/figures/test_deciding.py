"""Contesting, retaining, reviewing: what the acts keep, and what they refuse in French."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from agglo.figures import contesting, reviewing
from agglo.figures.models import Contest, Contradiction, Observation, Outcome, RetainedChoice
from agglo.figures.retaining import CannotRetain, retain
from agglo.figures.vocabulary import Review
from tests.figures.conftest import ledger  # noqa: F401
from tests.people import person

WRONG = "La source dit 827, pas 863."


def received(figure_id: int, address: str = "192.0.2.1", **said) -> Contest:
    said = {"wrong": WRONG, "proof": "", "email": "qui@exemple.fr"} | said
    return contesting.receive(figure_id, address=address, **said)


def test_a_contest_is_answered_once(figure_id):
    contest, someone = received(figure_id("F01")), person("reviewer")
    contesting.answer(contest, Outcome.UPHELD, "Le chiffre est corrigé.", someone)
    with pytest.raises(contesting.CannotAnswer, match=r"Reviewer y a répondu le .* ne se réécrit pas"):
        contesting.answer(contest, Outcome.UNFOUNDED, "Autre réponse.", someone)
    assert Contest.objects.get().answer == "Le chiffre est corrigé."


def test_one_place_or_all_places_cannot_flood(figure_id):
    about = figure_id("F01")
    for _ in range(contesting.PER_SENDER):
        received(about)
    with pytest.raises(contesting.CannotContest, match="gardez votre texte"):
        received(about)
    received(about, "192.0.2.2")
    Contest.objects.update(received_at=timezone.now() - timedelta(hours=2))
    received(about)


def test_who_contested_is_forgotten_and_the_trail_never_knew(figure_id):
    old, late = received(figure_id("F01")), received(figure_id("F01"))
    contesting.answer(old, Outcome.EXPLAINED, "Les périmètres diffèrent.", person("reviewer"))
    assert contesting.forget() == 0
    now = timezone.now()
    Contest.objects.filter(pk=old.pk).update(answered_at=now - timedelta(days=31))
    Contest.objects.filter(pk=late.pk).update(received_at=now - timedelta(days=366))
    assert contesting.forget() == 3
    assert set(Contest.objects.values_list("email", flat=True)) == {""}
    said = "".join(str((entry.before, entry.after)) for entry in AuditEntry.objects.all())
    assert "figures_contest" in set(AuditEntry.objects.values_list("table_name", flat=True))
    assert WRONG not in said and "qui@exemple.fr" not in said


def test_the_database_refuses_half_an_answer(figure_id):
    contest = received(figure_id("F01"))
    with pytest.raises(IntegrityError, match="contest_answer_is_whole"):
        Contest.objects.filter(pk=contest.pk).update(outcome=Outcome.UPHELD)


def test_a_new_choice_closes_the_former_which_stays(facts):
    question, someone = Contradiction.objects.first(), person("reviewer")
    former = question.retained
    other = question.observations.exclude(pk=former.observation_id).first()
    retain(question, other, "Le procès-verbal du comité est plus précis.", someone)
    former.refresh_from_db()
    assert former.superseded_at is not None
    assert (question.retained.observation, question.retained.chosen_by) == (other, "Reviewer")
    assert RetainedChoice.objects.filter(contradiction=question).count() == 2
    with pytest.raises(CannotRetain, match="déjà le choix en cours"):
        retain(question, other, "Le procès-verbal du comité est plus précis.", someone)


def test_a_figure_that_does_not_answer_the_question_is_not_retained(facts):
    question = Contradiction.objects.first()
    stranger = Observation.objects.exclude(contradictions=question).first()
    with pytest.raises(CannotRetain, match="n’est pas une des réponses"):
        retain(question, stranger, "Parce que.", person("reviewer"))


@pytest.fixture
def waiting(ledger):  # noqa: F811
    ledger.say(10)
    Observation.objects.update(review=Review.SUBMITTED)
    return Observation.objects.get()


@pytest.mark.parametrize("decision", [Review.APPROVED, Review.SENT_BACK, Review.WITHDRAWN])
def test_a_waiting_figure_is_decided_with_its_reason(waiting, decision):
    event = reviewing.review(waiting, decision, "Vérifié avec la source.", person("reviewer"))
    waiting.refresh_from_db()
    assert (waiting.review, event.note) == (decision, "Vérifié avec la source.")


def test_a_refusal_without_words_and_a_second_decision_are_refused(waiting):
    someone = person("reviewer")
    with pytest.raises(reviewing.CannotReview, match="Dites pourquoi"):
        reviewing.review(waiting, Review.WITHDRAWN, "", someone)
    reviewing.review(waiting, Review.APPROVED, "", someone)
    with pytest.raises(reviewing.CannotReview, match="n’attend plus de décision"):
        reviewing.review(waiting, Review.WITHDRAWN, "Trop tard.", someone)
