"""What a company writes freely is read by staff only, whatever the page; a reviewer withdraws an answer."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import IntegrityError, transaction

from agglo.figures.vocabulary import Evidence, Origin
from projects import confirming
from projects.models import AnswerWithdrawal, ConfirmationAnswer, ConfirmationRequest, JobClaim, JobPool
from tests.people import client_of, person
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db
NAMES, WHO = "Jean Dupont et Marie Martin, en arrêt maladie", "Jean Dupont, DRH de BlackStar"
SITE = "/sites/bridgestone-bethune/"


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


@pytest.fixture
def claim(attested) -> JobClaim:
    return JobClaim.objects.get(pool__slug="blackstar", number=148)


def answered(client, claim: JobClaim, **more) -> ConfirmationAnswer:
    path = f"/confirmer/{confirming.token_of(confirming.ask(claim, 'Direction, BlackStar'))}/"
    page = read(client.get(path))
    assert "Ce que tout le monde lira" in page and "jamais publiée" in page
    said = {"verdict": "corrected", "number": "131", "said_by": WHO, "words": f"{NAMES}, sont partis."}
    assert "gardée" in read(client.post(path, said | more))
    return ConfirmationAnswer.objects.latest("pk")


@pytest.mark.parametrize("verdict", ["confirmed", "corrected", "denied"])
def test_names_that_a_company_writes_are_on_no_public_page_and_on_that_of_staff(client, claim, verdict):
    answered(client, claim, verdict=verdict)
    pages = ["/emplois/", "/emplois.csv", "/projets/blackstar/", "/bilan/", "/sites.csv", "/projets.csv"]
    for page in (SITE, *pages):
        shown = client.get(page)
        if shown.status_code == 200:
            assert "Dupont" not in read(shown) and "Martin" not in read(shown), page
    shown = read(client.get(SITE))
    assert ("confirmé par BlackStar le" in shown) == (verdict != "denied")
    assert ("Réponse de l’entreprise, BlackStar" in shown) == (verdict == "corrected")
    team = read(client_of("staff").get("/equipe/emplois/"))
    assert WHO in team and NAMES in team


def test_a_free_word_left_in_a_claim_is_not_shown(client, claim):
    JobClaim.objects.filter(pk=claim.pk).update(confirmed_by=WHO, confirmed_on=date(2026, 3, 1))
    assert "Dupont" not in read(client.get(SITE))


def test_what_was_written_before_is_made_safe(client, claim):
    given = answered(client, claim)
    made = given.counted
    JobClaim.objects.filter(pk=made.pk).update(
        confirmed_by=WHO, source=f"Réponse de l’entreprise, {WHO}", wording=given.words, answer=None
    )
    import_module("projects.migrations.0033_answers_safe_and_withdrawn").make_safe(apps, None)
    made.refresh_from_db()
    said = (made.confirmed_by, made.source, made.wording)
    assert said == ("BlackStar", "Réponse de l’entreprise, BlackStar", "")
    assert made.answer == given


@pytest.mark.parametrize("verdict", ["confirmed", "corrected", "denied"])
def test_a_reviewer_withdraws_an_answer_with_a_reason_and_it_stays_readable(client, claim, verdict):
    before = JobClaim.objects.order_by("pk").values_list("pk", "number", "confirmed_by", "contested_on")
    as_was = list(before)
    given = answered(client, claim, verdict=verdict)
    assert list(before.all()) != as_was
    act, reviewer = f"/equipe/emplois/reponses/{given.pk}/retirer/", client_of("reviewer")
    assert client_of("staff").post(act, {"why": "Faux"}).status_code == 403
    assert "Dites pourquoi" in read(reviewer.post(act, {"why": " "}, follow=True))
    assert list(before.all()) != as_was
    page = read(reviewer.post(act, {"why": "Répondu par un tiers."}, follow=True))
    assert "Répondu par un tiers." in page and WHO in page
    assert list(before.all()) == as_was
    assert "confirmé par" not in read(client.get(SITE))
    kept = AnswerWithdrawal.objects.get(answer=given)
    assert (kept.why, kept.by.role) == ("Répondu par un tiers.", "reviewer")
    assert "déjà retirée" in read(reviewer.post(act, {"why": "Encore"}, follow=True))
    claim.refresh_from_db()
    assert confirming.ask(claim, "Direction").is_open()


def test_an_answer_is_not_withdrawn_over_a_number_noted_since(client, claim):
    given = answered(client, claim, verdict="denied")
    fields = {"pool": claim.pool, "scheme": claim.scheme, "evidence": claim.evidence, "as_of": claim.as_of}
    JobClaim.objects.create(**fields, number=120, source="Presse", origin=Origin.OTHER_SOURCE)
    with pytest.raises(confirming.CannotWithdraw, match="Un autre nombre"):
        confirming.withdraw_answer(given.pk, person("reviewer"), "Faux")
    assert not AnswerWithdrawal.objects.exists()


def test_a_withdrawal_says_why_and_is_kept_as_it_is_in_the_database():
    pool = JobPool.objects.create(slug="usine", name="Usine")
    claim = JobClaim.objects.create(
        pool=pool, scheme="aid", number=3, evidence=Evidence.OBSERVED, as_of=date(2026, 1, 1), source="x"
    )
    asked = ConfirmationRequest.objects.create(claim=claim, addressee="Direction")
    given = ConfirmationAnswer.objects.create(request=asked, verdict="denied", said_by="x")
    by = person("reviewer")
    with pytest.raises(IntegrityError, match="withdrawal_says_why"), transaction.atomic():
        AnswerWithdrawal.objects.create(answer=given, by=by, why="")
    kept = AnswerWithdrawal.objects.create(answer=given, by=by, why="Faux")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        AnswerWithdrawal.objects.filter(pk=kept.pk).update(why="Juste")
