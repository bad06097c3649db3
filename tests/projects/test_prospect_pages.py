"""Staff follow cases on their pages; a case under NDA opens by a logged act; nothing typed is lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from projects.models import Lot, NdaAccess, Prospect, Site, WeightSet
from projects.models.prospect_step import OPEN_FOR
from projects.prospecting import next_stage
from projects.weighing import declare
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.test_prospects import PERCENTS, prospect

pytestmark = pytest.mark.django_db
LIST = "/equipe/implantations/"
TYPED = {
    "code_name": "Alouette",
    "source": "Salon",
    "channel": "own",
    "confidentiality": "restricted",
    "jobs_low": "20",
    "jobs_high": "40",
    "transferred": "0",
    "entered_on": "2026-01-05",
    "last_contact_on": "2026-01-05",
}


@pytest.fixture
def agent(db):
    return person("staff")


@pytest.fixture
def staff(agent):
    return client_of(agent)


def test_a_new_case_belongs_to_who_typed_it_and_to_nobody_else(staff, agent):
    page = read(staff.get(LIST + "nouveau/"))
    assert f'value="{agent.pk}" selected' in page
    assert staff.post(LIST + "nouveau/", TYPED | {"owner": agent.pk}).status_code == 302
    made = Prospect.objects.get()
    assert (made.slug, made.owner, made.jobs) == ("alouette", agent, "entre 20 et\u00a040\u00a0emplois")
    other = client_of(person("staff", email="autre@exemple.fr"))
    assert other.get(LIST + "alouette/").status_code == 404
    assert "Alouette" not in read(other.get(LIST))
    assert "Alouette" in read(staff.get(LIST))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"jobs_low": "50"}, "le plus petit nombre vient d’abord"),
        ({"confidentiality": "public"}, "porte la date de son annonce"),
        ({"entered_on": "2099-01-01", "last_contact_on": "2099-01-01"}, "Cette date est à venir"),
        ({"code_name": "Nouveau"}, "Choisissez un autre nom de code"),
        ({"code_name": "Projet Acier", "name": "Acier"}, "il doit le taire"),
        ({"transferred": "41"}, "ne peuvent pas dépasser"),
        ({"jobs_high": "9999999999"}, "Ce nombre est trop grand"),
        ({"last_contact_on": "2026-01-01"}, "ne peut pas précéder"),
        ({"source": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_stays(staff, wrong, words):
    page = read(staff.post(LIST + "nouveau/", TYPED | {"site_words": "un hangar"} | wrong))
    assert words in page
    assert 'value="un hangar"' in page
    assert "tout ce que vous avez écrit est ici" in page
    assert not Prospect.objects.exists()


def test_a_lot_lies_on_the_site_that_is_sought(staff, agent, attested):
    one, other = Site.objects.order_by("pk")[:2]
    lot = Lot.objects.create(site=one, code="l1", name="Lot 1", source="Plan")
    said = TYPED | {"lot": lot.pk, "owner": agent.pk}
    assert "est sur un autre site" in read(staff.post(LIST + "nouveau/", said | {"site": other.pk}))
    assert staff.post(LIST + "nouveau/", said).status_code == 302
    assert Prospect.objects.get().site == one


def test_a_second_case_of_the_same_code_name_is_refused(staff):
    prospect("Alouette", confidentiality="internal")
    assert "porte déjà ce nom de code" in read(
        staff.post(LIST + "nouveau/", TYPED | {"code_name": "alouette"})
    )


def test_only_who_follows_it_or_a_reviewer_says_who_may_know(staff, agent):
    case = prospect("Cas", confidentiality="internal")
    said = TYPED | {"code_name": "Cas", "confidentiality": "public", "announced_on": "2026-01-05"}
    said |= {"entered_on": "2024-01-01", "last_contact_on": "2026-01-15"}
    assert staff.post(LIST + "cas/modifier/", said).status_code == 302
    case.refresh_from_db()
    assert (case.confidentiality, case.jobs_low) == ("internal", 20)
    assert client_of("reviewer").post(LIST + "cas/modifier/", said).status_code == 302
    case.refresh_from_db()
    assert case.confidentiality == "public"


def test_the_next_stage_is_one_button_and_a_loss_says_why(staff):
    prospect("Cas", (3, date(2026, 1, 2)), confidentiality="internal")
    page = read(staff.get(LIST + "cas/"))
    assert "Passer à «&nbsp;visite&nbsp;»" in page
    today = timezone.localdate()
    assert staff.post(LIST + "cas/etape/", {"stage": "4", "on": today.isoformat()}).status_code == 302
    case = Prospect.objects.with_stage().get()
    assert (case.stage, case.last_contact_on, case.passages.last().by.role) == (4, today, "staff")
    refused = read(
        staff.post(LIST + "cas/etape/", {"stage": "21", "on": today.isoformat(), "reason": "parti"})
    )
    assert "porte un motif de perte" in refused
    assert 'value="parti"' in refused
    assert case.passages.count() == 2
    tomorrow = (today + timedelta(days=1)).isoformat()
    assert "à venir" in read(staff.post(LIST + "cas/etape/", {"stage": "5", "on": tomorrow}))
    lost = {"stage": "21", "on": today.isoformat(), "reason": "parti", "loss": "competitor"}
    assert staff.post(LIST + "cas/etape/", lost).status_code == 302
    assert Prospect.objects.with_stage().get().stage == 21


def test_after_the_last_stage_there_is_no_next():
    assert [next_stage(stage) for stage in (None, 1, 8, 9, 21)] == [1, 2, 9, None, None]


def test_a_contact_is_one_button(staff):
    case = prospect(
        "Cas", (4, date(2025, 1, 2)), confidentiality="internal", last_contact_on=date(2025, 1, 2)
    )
    assert "dormant" in read(staff.get(LIST))
    assert staff.post(LIST + "cas/contact/").status_code == 302
    case.refresh_from_db()
    assert case.last_contact_on == timezone.localdate()
    assert "dormant" not in read(staff.get(LIST))


@pytest.fixture
def under_nda(agent):
    return prospect(
        "Orage", (4, date(2025, 1, 2)), name="Usine secrète", confidentiality="nda", owner=agent, jobs_low=321
    )


def test_reading_an_nda_case_never_logs_and_shows_a_cover_until_it_was_opened(staff, under_nda):
    for _ in range(2):
        page = read(staff.get(LIST + "orage/"))
        assert "Ouvrir le dossier" in page
        assert "secrète" not in page
        assert "321" not in page
    assert not NdaAccess.objects.exists()
    assert staff.post(LIST + "orage/contact/").status_code == 403
    assert staff.get(LIST + "orage/modifier/").status_code == 403
    assert staff.post(LIST + "orage/ouvrir/").status_code == 302
    page = read(staff.get(LIST + "orage/"))
    assert "Usine secrète" in page
    assert "Qui l’a ouvert" in page
    assert [(one.user.role, one.prospect) for one in NdaAccess.objects.all()] == [("staff", under_nda)]
    assert staff.get(LIST + "orage/modifier/").status_code == 200


def test_an_opening_ends_by_itself(staff, agent, under_nda):
    NdaAccess.objects.create(prospect=under_nda, user=agent, at=timezone.now() - OPEN_FOR)
    assert "Ouvrir le dossier" in read(staff.get(LIST + "orage/"))


@pytest.mark.parametrize("role", ["reviewer", "admin"])
def test_an_nda_case_does_not_exist_for_who_it_does_not_name(role, under_nda):
    client = client_of(role)
    for path in ("orage/", "orage/modifier/"):
        assert client.get(LIST + path).status_code == 404
    assert client.post(LIST + "orage/ouvrir/").status_code == 404
    assert "Orage" not in read(client.get(LIST))
    assert not NdaAccess.objects.exists()


@pytest.mark.parametrize("asked", ["", "?etape=4", "?site=usine", "?q=secrete", "?sort=stage"])
def test_no_filter_and_no_order_tells_what_a_shut_case_holds(staff, under_nda, asked):
    page = read(staff.get(LIST + asked))
    assert ("Orage" in page) == (asked in ("", "?sort=stage"))
    assert "321" not in page.split("Le portefeuille")[0]
    assert "visite, depuis" not in page


def test_the_list_asks_the_same_number_of_queries_whatever_its_length(staff, django_assert_max_num_queries):
    declare(PERCENTS, "le bureau", "parce que")
    for number in range(12):
        prospect(f"Cas {number}", (4, date(2025, 1, 2)), confidentiality="internal", jobs_low=number)
    with django_assert_max_num_queries(22):
        assert staff.get(LIST).status_code == 200


def test_weights_are_declared_from_today_on_and_the_former_ones_stay(staff, agent):
    declare(PERCENTS, "le bureau", "d’abord", since=date(2024, 1, 1))
    said = {f"stage-{stage}": str(percent) for stage, percent in (PERCENTS | {4: 30}).items()}
    said |= {"decided_by": "le conseil", "why": "Bilan.", "since": "2024-06-01"}
    page = read(staff.post(LIST + "poids/", said))
    assert "ne se déclare pas après coup" in page
    assert "Bilan." in page
    assert staff.post(LIST + "poids/", said | {"since": timezone.localdate().isoformat()}).status_code == 302
    assert WeightSet.objects.count() == 2
    held = WeightSet.objects.in_force()
    assert (held.by, float(held.by_stage[4])) == (agent, 0.3)
    assert WeightSet.objects.in_force(date(2024, 6, 1)).by_stage[4] == 0.25
    assert "d’abord" in read(staff.get(LIST + "poids/"))


def test_conversion_and_calibration_say_when_there_is_nothing_or_too_little(staff):
    assert "Aucun dossier que vous pouvez lire n’est encore qualifié" in read(
        staff.get(LIST + "transformation/")
    )
    assert "Rien à comparer" in read(staff.get(LIST + "calibrage/"))
    declare(PERCENTS, "le bureau", "parce que", since=date(2023, 1, 1))
    for number in range(6):
        last = (9, date(2024, 9, 1)) if number % 2 else (21, date(2024, 8, 1), "ground")
        life = (2, date(2024, 2, 1)), (5, date(2024, 5, 1)), last
        prospect(f"Cas {number}", *life, confidentiality="internal")
    page = read(staff.get(LIST + "transformation/"))
    assert "50 % (" in page
    assert "Aalen–Johansen" in page
    assert "Pas de terrain ou de local qui convienne</dt><dd>3 dossiers" in page
    page = read(staff.get(LIST + "calibrage/"))
    assert "trop peu de dossiers pour juger" in page
    assert "Score de Brier" in page
