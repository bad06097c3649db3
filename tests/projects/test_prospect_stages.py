"""Stages: no day before the case, none twice; a case without any is said to be counted nowhere."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from projects.implantation_page import unstaged
from projects.models import Prospect
from projects.weighing import declare
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.test_prospect_pages import LIST, TYPED
from tests.projects.test_prospects import PERCENTS, prospect

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(db):
    return client_of("staff")


def note(client, stage: int, on: date):
    return client.post(LIST + "cas/etape/", {"stage": str(stage), "on": on.isoformat()})


def test_a_stage_is_not_older_than_its_case(staff):
    case = prospect("Cas", confidentiality="internal", entered_on=date(2024, 1, 1))
    page = read(note(staff, 2, date(2023, 12, 31)))
    assert "Le dossier est entré le 1er janvier 2024" in page
    assert 'value="2023-12-31"' in page
    assert not case.passages.exists()
    assert note(staff, 2, date(2024, 1, 1)).status_code == 302
    assert case.passages.count() == 1


def test_a_case_does_not_enter_after_its_first_stage(staff):
    prospect("Cas", (1, date(2024, 2, 1)), confidentiality="internal")
    said = TYPED | {"code_name": "Cas", "confidentiality": "internal"}
    page = read(staff.post(LIST + "cas/modifier/", said | {"entered_on": "2024-02-02"}))
    assert "Une étape est déjà notée le 1er février 2024" in page
    assert staff.post(LIST + "cas/modifier/", said | {"entered_on": "2024-02-01"}).status_code == 302


def test_a_stage_sent_twice_is_kept_once(staff):
    case, today = prospect("Cas", (2, date(2026, 1, 2)), confidentiality="internal"), timezone.localdate()
    assert [note(staff, 3, today).status_code for _ in range(2)] == [302, 302]
    assert [one.stage for one in case.passages.all()] == [2, 3]


def test_a_stage_that_the_case_is_at_is_noted_again_with_a_reason_only(staff):
    case = prospect("Cas", (2, date(2026, 1, 2)), (3, date(2026, 1, 9)), confidentiality="internal")
    later = timezone.localdate() - timedelta(1)
    page = read(note(staff, 3, later))
    assert "déjà à cette étape, depuis le 9 janvier 2026" in page
    assert case.passages.count() == 2
    said = {"stage": "3", "on": later.isoformat(), "reason": "date mal saisie"}
    assert staff.post(LIST + "cas/etape/", said).status_code == 302
    assert Prospect.objects.with_stage().get().stage_on == later
    assert note(staff, 2, timezone.localdate()).status_code == 302, "a case may go back"


def test_a_case_without_stage_says_that_no_portfolio_counts_it(staff):
    declare(PERCENTS, "le bureau", "parce que")
    prospect("Cas", confidentiality="internal")
    assert "aucun portefeuille ne compte ce dossier" in read(staff.get(LIST + "cas/"))
    assert "1 dossier sans étape notée" in read(staff.get(LIST))
    prospect("Autre", confidentiality="internal")
    elected = client_of("elected")
    assert "2 dossiers sans étape notée" in read(elected.get("/elus/implantations/"))
    for case in Prospect.objects.all():
        case.passages.create(stage=1, on=date(2026, 1, 5))
    assert "sans étape notée" not in read(staff.get(LIST))


def test_a_case_one_may_not_read_is_not_among_those_without_stage(db):
    prospect("Orage", confidentiality="nda")
    prospect("Grêle", confidentiality="restricted")
    assert unstaged(person("staff")) == ""
    assert unstaged(person("reviewer")) == "1 dossier sans étape notée"


def test_one_case_reads_as_one(staff):
    declare(PERCENTS, "le bureau", "parce que", since=date(2023, 1, 1))
    won = (2, date(2024, 2, 1)), (6, date(2024, 5, 1)), (9, date(2024, 9, 1))
    prospect("Gagné", *won, confidentiality="internal")
    prospect("Cas", (4, date(2024, 2, 1)), confidentiality="internal", jobs_low=10)
    assert "1 dossier en cours ; l’étape" in read(staff.get(LIST))
    page = read(staff.get(LIST + "calibrage/"))
    assert "2 issues connues ; 1 encore ouverte, qui ne juge rien" in page
    assert "issues connue;" not in page


def test_a_reader_of_no_case_under_way_reads_no_empty_portfolio(db):
    declare(PERCENTS, "le bureau", "parce que")
    prospect("Grêle", (4, date(2024, 2, 1)), confidentiality="restricted", jobs_low=10)
    for page in (client_of("staff").get(LIST), client_of("elected").get("/elus/implantations/")):
        words = read(page)
        assert "Aucun dossier que vous pouvez lire n’est en cours." in words
        assert "0 dossier" not in words


def test_the_class_of_a_case_is_said_in_words():
    kinds = {kind: Prospect(confidentiality=kind).class_words for kind in ("nda", "restricted")}
    assert kinds == {"nda": "sous accord de confidentialité", "restricted": "restreint"}


def test_on_a_past_day_the_public_page_tells_the_ledger_only(client, attested):
    declare(PERCENTS, "le bureau", "parce que", since=date(2024, 1, 1))
    known = {"confidentiality": "public", "announced_on": date(2026, 3, 1), "jobs_low": 40}
    for number in range(3):
        prospect(f"Annoncé {number}", (4, date(2026, 3, 1)), **known)
    page = read(client.get("/implantations/"))
    assert "Annoncé 1" in page
    assert "Situation au" in page
    page = read(client.get("/implantations/?connu_le=2020-01-01"))
    for today in ("Annoncé 1", "Situation au", "2026"):
        assert today not in page.split("<main")[1].split("</main>")[0]
    assert "ne gardent pas leur passé" in page
