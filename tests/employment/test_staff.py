"""Staff type a follow-up, another person approves it, and nothing that was typed is lost on the way."""

from datetime import date

import pytest

from agglo.accounts.models import AuditEntry
from agglo.figures import reading
from agglo.figures.models import Observation
from agglo.figures.vocabulary import Review
from employment.models import FollowUp, RedundancyPlan
from tests.people import client_of, person

NEW = "/equipe/plans/bridgestone-bethune/suivis/nouveau/"
TABLE = """Situation\tEffectif\tPart
CDI\t1\u00a0
CDI externe\t300\t40 %
Création\tenv. 60
Recherche d’emploi\t200
Licorne\t7"""


@pytest.fixture
def staff(employment):
    return client_of(person("staff"))


@pytest.fixture
def reviewer(employment):
    return client_of(person("reviewer"))


def typed(**more) -> dict:
    plan = RedundancyPlan.objects.get()
    said = {
        "end": "2026-06-30",
        "source": "Commission de suivi",
        "perimeter": plan.perimeters.get(code="accompanied").pk,
        "base": "786",
        "n-CDI_EXTERNE": "400",
        "n-CREATION": "100",
        "n-RECHERCHE_ACTIVE": "200",
        "act": "submit",
    }
    return said | more


def body(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_the_worklist_leads_to_a_form_with_the_former_numbers_beside(staff):
    assert NEW in body(staff.get("/equipe/plans/"))
    page = body(staff.get(NEW))
    assert "La Gazette France" in page


def test_checking_writes_nothing_keeps_everything_and_says_what_is_odd(staff):
    page = body(staff.post(NEW, typed(act="check", total="400", **{"n-CREATION": "900"})))
    assert FollowUp.objects.filter(attested=False).count() == 0
    assert 'value="900"' in page
    assert "dépasse le périmètre" in page
    assert "la source dit 400" in page


@pytest.mark.parametrize(
    ("field", "said", "words"),
    [
        ("n-CREATION", "12,5", "sans virgule"),
        ("n-CREATION", "-3", "négatif"),
        ("n-CREATION", "12 %", "pourcentage"),
        ("n-CREATION", "99999999999", "plus grand"),
        ("base", "env. 786", "nombre exact"),
        ("end", "2099-01-01", "à venir"),
        ("end", "", "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_all_the_rest_stays(staff, field, said, words):
    page = body(staff.post(NEW, typed(**{field: said, "wording": "400 en CDI."})))
    assert words in page
    assert 'value="400"' in page
    assert "400 en CDI." in page
    assert FollowUp.objects.filter(attested=False).count() == 0


def test_a_pasted_table_fills_the_fields_and_keeps_the_lines_not_understood(staff):
    said = typed(pasted=TABLE) | {"n-CDI_EXTERNE": "", "n-CREATION": "", "n-RECHERCHE_ACTIVE": ""}
    page = body(staff.post(NEW, said))
    for value in ('value="1"', 'value="environ 60"', 'value="200"'):
        assert value in page
    assert "Licorne" in page
    assert "n’est pas connue" in page
    left = page.split("<textarea")[1].split("</textarea>")[0]
    assert "Création" not in left


def test_a_table_that_contradicts_a_field_is_asked_about(staff):
    page = body(staff.post(NEW, typed(pasted="CDI\t410")))
    assert "Le tableau dit 410" in page
    assert 'value="400"' in page


def submitted(staff) -> FollowUp:
    response = staff.post(NEW, typed())
    assert response.status_code == 302, body(response)
    return FollowUp.objects.get(attested=False)


def test_submitted_sent_back_with_a_note_changed_and_approved_by_another(staff, reviewer):
    row = submitted(staff)
    path = f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/"
    assert staff.get(path + "modifier/").status_code == 403
    assert staff.post(path + "decider/", {"act": "approve"}).status_code == 403
    reviewer.post(path + "decider/", {"act": "back", "note": ""})
    row.refresh_from_db()
    assert row.review == Review.SUBMITTED
    reviewer.post(path + "decider/", {"act": "back", "note": "Il manque les retraites."})
    assert "Il manque les retraites." in body(staff.get(path + "modifier/"))
    staff.post(path + "modifier/", typed(**{"n-RETRAITE": "50"}))
    page = body(reviewer.get(path))
    assert "Valider et publier" in page
    reviewer.post(path + "decider/", {"act": "approve"})
    row.refresh_from_db()
    assert (row.review, row.reviewer.role) == (Review.APPROVED, "reviewer")
    assert "30 juin 2026" in body(staff.get("/plans/bridgestone-bethune/bilan/"))


def test_a_reviewer_may_not_approve_what_he_typed(reviewer):
    row = submitted(reviewer)
    path = f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/"
    assert "Valider et publier" not in body(reviewer.get(path))
    reviewer.post(path + "decider/", {"act": "approve"})
    row.refresh_from_db()
    assert row.review == Review.SUBMITTED


def test_a_colleague_may_not_change_a_draft(staff, reviewer):
    staff.post(NEW, typed(act="save"))
    row = FollowUp.objects.get(attested=False)
    path = f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/modifier/"
    assert reviewer.get(path).status_code == 403
    assert staff.get(path).status_code == 200


def approved(staff, reviewer) -> FollowUp:
    row = submitted(staff)
    reviewer.post(f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/decider/", {"act": "approve"})
    row.refresh_from_db()
    assert row.review == Review.APPROVED
    return row


def test_a_second_account_of_the_same_source_and_date_is_a_correction(staff, reviewer):
    approved(staff, reviewer)
    assert "corrigez-le" in body(staff.post(NEW, typed()))


def test_a_correction_needs_its_reason_and_the_old_page_stays(staff, reviewer):
    row = approved(staff, reviewer)
    path = f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/corriger/"
    assert "obligatoire" in body(staff.post(path, typed(**{"n-CREATION": "110"})))
    said = typed(reason="2", reason_words="Faute de frappe.", **{"n-CREATION": "110"})
    assert staff.post(path, said).status_code == 302
    later = FollowUp.objects.get(corrects=row)
    reviewer.post(f"/equipe/plans/bridgestone-bethune/suivis/{later.pk}/decider/", {"act": "approve"})
    series = "SITUATION=CREATION"
    held = Observation.objects.filter(series__breakdown__key=series, series__public=True).order_by("pk")
    assert [int(one.value) for one in held] == [100, 110]
    assert held[1].reason_words == "Faute de frappe."


def test_a_text_about_somebody_is_not_submitted_before_it_was_read_again(staff):
    page = body(staff.post(NEW, typed(wording="Mme Durand part en formation.")))
    assert "le nom d’une personne" in page
    assert FollowUp.objects.filter(attested=False).count() == 0
    response = staff.post(NEW, typed(wording="Mme Durand part en formation.", nobody="on"))
    assert response.status_code == 302


def test_a_newer_follow_up_is_read_by_default_and_the_press_stays_beside(staff, reviewer):
    key = ("PLAN", "bridgestone-bethune")
    assert reading.latest(["pse-avec-solution"], [key])[("pse-avec-solution", *key)].value == 772
    approved(staff, reviewer)
    assert reading.latest(["pse-avec-solution"], [key])[("pse-avec-solution", *key)].value == 500
    every = reading.find_series(["pse-avec-solution"], [key], every_account=True)
    assert len(every) == 2


def test_an_older_follow_up_does_not_take_the_place_of_the_press(staff, reviewer):
    staff.post(NEW, typed(end="2022-06-30"))
    row = FollowUp.objects.get(attested=False)
    reviewer.post(f"/equipe/plans/bridgestone-bethune/suivis/{row.pk}/decider/", {"act": "approve"})
    key = ("PLAN", "bridgestone-bethune")
    assert reading.latest(["pse-avec-solution"], [key])[("pse-avec-solution", *key)].value == 772


def test_every_change_leaves_its_entry_with_who_did_it(staff):
    row = submitted(staff)
    entries = AuditEntry.objects.filter(table_name="employment_followup", row_id=str(row.pk))
    assert {entry.user_id for entry in entries} == {row.author_id}


def test_the_date_of_a_follow_up_is_kept_as_typed(staff):
    assert submitted(staff).end == date(2026, 6, 30)
