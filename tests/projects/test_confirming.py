"""A company says by a signed link whether jobs are there: once, in time, without account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from agglo.figures.vocabulary import Evidence
from projects import confirming
from projects.horizon_page import cohorts_of
from projects.horizons import Announced, Seen, after, cohorts
from projects.job_table import job_table
from projects.jobs import Standing
from projects.models import ConfirmationAnswer, ConfirmationRequest, JobClaim, JobPool
from tests.people import client_of
from tests.projects.conftest import read

SEEN = {"verdict": "confirmed", "said_by": "Direction, Usine", "words": ""}


@pytest.fixture(autouse=True)
def fresh_count():
    cache.clear()


def say(pool: JobPool, number: int, on: date, evidence=Evidence.OBSERVED, **more) -> JobClaim:
    fields = {"pool": pool, "scheme": "implantation", "source": "Presse"} | more
    return JobClaim.objects.create(number=number, as_of=on, evidence=evidence, **fields)


@pytest.fixture
def claim(db):
    return say(JobPool.objects.create(slug="usine", name="Emplois de l’usine"), 148, date(2026, 2, 1))


@pytest.fixture
def path(claim) -> str:
    return f"/confirmer/{confirming.token_of(confirming.ask(claim, 'Direction, Usine'))}/"


def standings(claim) -> dict[Standing, int]:
    return {row.standing: row.count.net for row in job_table(JobClaim.objects.filter(pool=claim.pool)).counts}


def test_the_page_shows_what_is_claimed_and_keeps_out_of_search_engines(client, path):
    response = client.get(path)
    page = read(response)
    for words in ("148", "Emplois de l’usine", "1er février 2026", "Direction, Usine"):
        assert words in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]


def test_a_confirmed_claim_counts_as_observed_and_the_link_serves_no_more(client, claim, path):
    assert standings(claim) == {Standing.REPORTED: 148}
    assert "Votre réponse est gardée" in read(client.post(path, SEEN))
    assert standings(claim) == {Standing.CONFIRMED: 148}
    claim.refresh_from_db()
    assert (claim.confirmed_by, claim.confirmed_on) == ("l’entreprise", timezone.localdate())
    for again in (client.get(path), client.post(path, SEEN | {"verdict": "denied"})):
        assert again.status_code == 410
    assert ConfirmationAnswer.objects.count() == 1
    entries = AuditEntry.objects.filter(table_name="projects_jobclaim", row_id=str(claim.pk), action="update")
    assert [entry.actor for entry in entries] == ["confirmation"]


def test_a_corrected_number_takes_the_place_of_the_one_said_which_stays_readable(client, claim, path):
    client.post(path, SEEN | {"verdict": "corrected", "number": "120", "words": "Trois équipes."})
    assert standings(claim) == {Standing.CONFIRMED: 120}
    claim.refresh_from_db()
    assert (claim.contested_on, claim.confirmed_by, claim.number) == (timezone.localdate(), "", 148)
    corrected = JobClaim.objects.exclude(pk=claim.pk).get()
    assert (corrected.as_of, corrected.wording) == (claim.as_of, "")
    assert ConfirmationAnswer.objects.get().words == "Trois équipes."


def test_denied_jobs_count_nowhere(client, claim, path):
    client.post(path, SEEN | {"verdict": "denied"})
    assert standings(claim) == {}
    assert [row.claim for row in job_table(JobClaim.objects.all()).claims] == [claim]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"verdict": "corrected"}, "Dites combien"),
        ({"said_by": ""}, "obligatoire"),
        ({"verdict": ""}, "obligatoire"),
        ({"verdict": "corrected", "number": "-3"}, "supérieure ou égale"),
    ],
)
def test_an_incomplete_answer_is_said_and_kept_on_the_page(client, claim, path, wrong, words):
    page = read(client.post(path, SEEN | {"words": "Trois équipes."} | wrong))
    assert words in page
    assert "Trois équipes." in page
    assert not ConfirmationAnswer.objects.exists()


def test_a_forged_a_withdrawn_and_a_late_link_change_nothing(client, claim, path):
    assert client.get(path[:-3] + "x/").status_code == 404
    assert client.post(f"/confirmer/{signing.dumps(999, salt=confirming.SALT)}/", SEEN).status_code == 404
    assert client.get(f"/confirmer/{signing.dumps(1, salt='autre')}/").status_code == 404
    asked = ConfirmationRequest.objects.get()
    ConfirmationRequest.objects.update(closes_on=timezone.localdate() - timedelta(days=1))
    assert client.post(path, SEEN).status_code == 410
    ConfirmationRequest.objects.update(closes_on=timezone.localdate())
    confirming.withdraw(asked)
    page = client.post(path, SEEN)
    assert page.status_code == 410
    assert "Rien n’a été changé" in read(page)
    assert not ConfirmationAnswer.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_time_keep_one(claim):
    token = confirming.token_of(confirming.ask(claim, "Direction"))

    def said(verdict: str) -> str:
        try:
            return confirming.answer(token, verdict, "Direction").verdict
        except confirming.Closed:
            return "closed"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        found = sorted(both.map(said, ["confirmed", "denied"]))
    assert found in (["closed", "confirmed"], ["closed", "denied"])
    assert ConfirmationAnswer.objects.count() == 1


def test_asking_again_withdraws_the_link_before(client, claim, path):
    confirming.ask(claim, "Secrétariat")
    assert client.get(path).status_code == 410


def test_an_answer_needs_the_token_of_its_form(path):
    assert Client(enforce_csrf_checks=True).post(path, SEEN).status_code == 403


def test_too_many_tries_from_one_address_wait_and_lose_nothing(client, path):
    for _ in range(confirming.TRIES):
        client.get("/confirmer/rien/")
    assert client.get(path).status_code == 429
    cache.clear()
    assert client.get(path).status_code == 200


def test_staff_make_copy_and_withdraw_the_link(claim):
    staff = client_of("staff")
    assert "Emplois de l’usine" in read(staff.get("/equipe/emplois/"))
    assert "Rien n’a été préparé" in read(staff.post(f"/equipe/emplois/{claim.pk}/demander/", follow=True))
    page = read(staff.post(f"/equipe/emplois/{claim.pk}/demander/", {"addressee": "Direction"}, follow=True))
    assert "http://testserver/confirmer/" in page
    asked = ConfirmationRequest.objects.get()
    assert asked.by.role == "staff"
    staff.post(f"/equipe/emplois/liens/{asked.pk}/retirer/")
    assert not ConfirmationRequest.objects.waiting().exists()


@pytest.mark.parametrize("wrong", [{"evidence": Evidence.ANNOUNCED}, {"contested_on": date(2026, 1, 1)}])
def test_only_observed_jobs_not_yet_answered_are_asked_about(claim, wrong):
    JobClaim.objects.update(**wrong)
    claim.refresh_from_db()
    with pytest.raises(confirming.NotAsked):
        confirming.ask(claim, "Direction")


def test_horizons_fall_on_the_same_day_of_the_month():
    assert after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert after(date(2024, 11, 30), 36) == date(2027, 11, 30)


def test_each_pool_counts_once_in_the_year_it_was_first_announced():
    said = [
        Announced("a", date(2021, 1, 5), 100),
        Announced("a", date(2021, 9, 1), 200),
        Announced("a", date(2022, 1, 1), 900),
    ]
    said += [Announced("b", date(2021, 5, 1), 50)]
    seen = {"a": [Seen(date(2024, 3, 1), 148)], "b": [Seen(date(2026, 1, 1), 40)]}
    (only,) = cohorts(said, seen, date(2024, 6, 1))
    assert (only.year, only.announced, only.pools) == (2021, 250, 2)
    twelve, _, last = only.horizons
    assert (twelve.due, twelve.pools_known, twelve.percent) == (250, 0, None)
    assert (last.due, last.known, last.seen, last.percent, last.not_yet) == (250, 200, 148, 74.0, 0)


def test_a_horizon_to_come_is_neither_zero_nor_unknown():
    (only,) = cohorts([Announced("a", date(2024, 1, 1), 10)], {}, date(2025, 1, 1))
    assert [(one.pools, one.not_yet) for one in only.horizons] == [(1, 0), (0, 1), (0, 1)]


def test_only_confirmed_jobs_our_part_and_no_transfer_enter_a_cohort(claim, django_assert_max_num_queries):
    say(claim.pool, 200, date(2025, 1, 15), Evidence.ANNOUNCED, transferred=20)
    shared = JobPool.objects.create(slug="acc", name="ACC", shared_with="Lens-Liévin")
    say(shared, 2000, date(2025, 1, 15), Evidence.ANNOUNCED)
    with django_assert_max_num_queries(1):
        (only,), aside = cohorts_of(JobClaim.objects.attested(), date(2026, 6, 1))
    assert (only.announced, only.horizons[0].pools_known, aside) == (180, 0, ["ACC"])
    confirming.answer(confirming.token_of(confirming.ask(claim, "Direction")), "confirmed", "Direction")
    (only,), _ = cohorts_of(JobClaim.objects.attested(), date(2026, 6, 1))
    assert (only.horizons[0].seen, only.horizons[0].known) == (148, 180)


def test_the_page_of_cohorts_tells_unknown_from_zero_and_from_not_yet(client, claim):
    say(claim.pool, 200, date(2025, 1, 15), Evidence.ANNOUNCED)
    page = read(client.get("/emplois/"))
    assert "non connu : rien de confirmé pour 200 annoncés" in page
    assert "pas encore échu" in page
    lines = read(client.get("/emplois.csv")).splitlines()
    assert lines[-3:] == [
        "attesté;2025;200;12;200;;;non connu;exactement",
        "attesté;2025;200;24;;;;pas encore échu;exactement",
        "attesté;2025;200;36;;;;pas encore échu;exactement",
    ]
