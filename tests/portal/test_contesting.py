"""« Contester ce chiffre »: open to all, kept once, answered in public, never telling who asked."""

from time import time

import pytest
from django.core import signing
from django.test import Client

from agglo.figures.models import Contest, Contradiction, Observation
from agglo.figures.vocabulary import Review
from tests.people import client_of

WRONG = "La source dit 827 <b>et</b> pas 863."


def sent(about: int, ago: int = 60, **said) -> dict[str, str]:
    read = signing.dumps([about, time() - ago], salt="contest")
    return {"wrong": WRONG, "proof": "", "email": "qui@exemple.fr", "trap": "", "read": read} | said


@pytest.fixture
def about(figure_id) -> int:
    return figure_id("F01")


def test_anybody_contests_without_account_nor_cookie_and_reads_the_answer(about, client):
    card = f"/chiffres/{about}/"
    assert f"{card}contester/" in client.get(card).content.decode()
    strict = Client(enforce_csrf_checks=True)
    shown = strict.get(f"{card}contester/")
    assert not shown.cookies and "no-store" in shown["Cache-Control"]
    there = strict.post(f"{card}contester/", sent(about))
    contest = Contest.objects.get()
    assert f"n°&nbsp;{contest.pk} est reçue" in strict.get(there["Location"]).content.decode()
    assert "contesté" not in client.get(card).content.decode()  # nobody has read it yet

    reviewer = client_of("reviewer")
    assert f"/equipe/contestations/{contest.pk}/" in reviewer.get("/equipe/").content.decode()
    page = reviewer.get(f"/equipe/contestations/{contest.pk}/").content.decode()
    assert "&lt;b&gt;et&lt;/b&gt;" in page and "mailto:qui@exemple.fr" in page
    answer = {"outcome": "2", "words": "Les deux périmètres diffèrent."}
    reviewer.post(f"/equipe/contestations/{contest.pk}/repondre/", answer)
    card_now = client.get(card).content.decode()
    assert "Ce chiffre a été contesté" in card_now and "Les deux périmètres diffèrent." in card_now
    assert "qui@exemple.fr" not in card_now and "827 &lt;b" not in card_now
    told = client.get(f"/chiffres/{about}.json").json()["contestations"]
    assert [one["reponse"] for one in told] == ["Les deux périmètres diffèrent."]
    late = reviewer.post(
        f"/equipe/contestations/{contest.pk}/repondre/", answer | {"words": "Autrement dit."}
    )
    assert late.status_code == 409 and "ne se réécrit pas" in late.content.decode()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"wrong": ""}, "Dites en une phrase ce qui est faux."),
        ({"trap": "http://pub.exemple"}, "pris pour celui d’une personne"),
        ({"read": "inventé"}, "pris pour celui d’une personne"),
        ({"email": "pas une adresse"}, "adresse"),
    ],
)
def test_what_is_not_kept_says_why_and_the_words_survive(about, client, said, words):
    answer = client.post(f"/chiffres/{about}/contester/", sent(about, proof="page 3 du rapport", **said))
    page = answer.content.decode()
    assert answer.status_code == 400 and words in page and "page 3 du rapport" in page
    assert not Contest.objects.exists()


@pytest.mark.parametrize("ago", [0, 25 * 3600])
def test_a_form_sent_at_once_or_a_day_later_is_shown_again(about, client, ago):
    assert client.post(f"/chiffres/{about}/contester/", sent(about, ago)).status_code == 400
    assert not Contest.objects.exists()


def test_a_form_of_another_figure_is_refused(about, client):
    assert client.post(f"/chiffres/{about}/contester/", sent(about + 1)).status_code == 400


def test_too_many_in_an_hour_are_told_so(about, client):
    answers = [client.post(f"/chiffres/{about}/contester/", sent(about)).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_contest_set_aside_is_never_shown(about, client):
    client.post(f"/chiffres/{about}/contester/", sent(about))
    contest, reviewer = Contest.objects.get(), client_of("reviewer")
    reviewer.post(
        f"/equipe/contestations/{contest.pk}/repondre/", {"outcome": "4", "words": "Sans rapport aucun."}
    )
    assert "contesté" not in client.get(f"/chiffres/{about}/").content.decode()


def test_a_reviewer_retains_another_answer_and_the_card_tells_both(facts, client):
    question, reviewer = Contradiction.objects.first(), client_of("reviewer")
    former = question.retained
    other = question.observations.exclude(pk=former.observation_id).first()
    address = f"/equipe/contradictions/{question.code}/"
    assert former.reason in reviewer.get(address).content.decode().replace("&#x27;", "'")
    short = reviewer.post(f"{address}retenir/", {"answer": other.pk, "reason": "non"})
    assert short.status_code == 400 and "Rien n’a été décidé" in short.content.decode()
    said = {"answer": other.pk, "reason": "Le procès-verbal est plus précis."}
    assert reviewer.post(f"{address}retenir/", said).status_code == 302
    card = client.get(f"/chiffres/{other.pk}/").content.decode()
    assert "Le procès-verbal est plus précis." in card and "Choix précédent" in card
    assert "Un valideur choisit" in client_of("staff").get(address).content.decode()


def test_a_waiting_figure_is_read_and_decided(facts, client):
    row = Observation.objects.filter(known_to=None, series__public=True).first()
    Observation.objects.filter(pk=row.pk).update(review=Review.SUBMITTED)
    reviewer = client_of("reviewer")
    assert client.get(f"/chiffres/{row.pk}/").status_code == 404
    assert f"/equipe/chiffres/{row.pk}/" in reviewer.get("/equipe/").content.decode()
    refused = reviewer.post(f"/equipe/chiffres/{row.pk}/decider/", {"decision": "2", "note": ""})
    assert refused.status_code == 400 and "Dites pourquoi" in refused.content.decode()
    reviewer.post(f"/equipe/chiffres/{row.pk}/decider/", {"decision": "3", "note": ""})
    assert client.get(f"/chiffres/{row.pk}/").status_code == 200
    assert "n’attend plus de décision" in reviewer.get(f"/equipe/chiffres/{row.pk}/").content.decode()
