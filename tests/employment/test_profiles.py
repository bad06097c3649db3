"""Plans, agreements, schools, programmes, offers: written on screen by one person, opened by another."""

from datetime import date

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import Review
from employment.models import (
    Agreement,
    Enrolment,
    HelpedCompany,
    PlannedOffer,
    Profile,
    Programme,
    RedundancyPlan,
    School,
    SchoolReport,
)
from employment.school_release import numbers, reports
from tests.people import client_of, person

PLAN = {
    "company": "Filature du Nord",
    "site": "Bruay",
    "commune": "62178",
    "announced_on": "2026-02-03",
    "signed_on": "2026-04-20",
    "posts": "143",
    "source": "La Voix du Nord",
}
AGREEMENT = {
    "signed_on": "2026-06-01",
    "amount": "1,2 M€",
    "job_objective": "90",
    "area": "Arrondissement de Béthune",
    "places": "62178, 62119",
    "jobs_cut": "143",
    "jobs_cut_words": "postes à l’annonce",
    "notified_on": "2026-05-04",
    "source": "Préfecture",
}
SCHOOL = {"name": "Atelier du canal", "commune": "62119", "programme": "CAP Soudeur", "source": "École"}
OFFER = {
    "name": "École du rail",
    "holder": "Région",
    "status": "à l’étude",
    "quotation": "une école du rail est à l’étude",
    "source": "Délibération",
}


@pytest.fixture
def staff(employment):
    return client_of(person("staff"))


@pytest.fixture
def reviewer(employment):
    return client_of(person("reviewer"))


def body(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def first(code: str, slug: str = "") -> str:
    return f"/equipe/saisies/{code}/{slug + '/' if slug else ''}nouveau/"


def opened(staff, reviewer, code: str, said: dict, slug: str = "") -> str:
    """Submitted by one, approved by another; the address of the profile."""
    response = staff.post(first(code, slug), said | {"act": "submit"})
    assert response.status_code == 302, body(response)
    answer = reviewer.post(f"{response['Location']}decider/", {"act": "approve"}, follow=True)
    assert "Validé et publié" in body(answer), body(answer)
    return response["Location"]


def test_staff_find_where_to_create_from_their_space_and_readers_do_not(staff, client):
    assert "/equipe/plans/" in body(staff.get("/equipe/"))
    for code in ("plans", "etablissements", "offres"):
        assert first(code) in body(staff.get("/equipe/plans/"))
    assert first("plans") not in body(client.get("/plans/"))


def test_a_plan_is_opened_by_its_approval_and_not_before(staff, reviewer, client):
    page = "/plans/filature-du-nord-bruay/"
    response = staff.post(first("plans"), PLAN | {"act": "submit"})
    assert client.get(page).status_code == 404
    assert staff.post(f"{response['Location']}decider/", {"act": "approve"}).status_code == 403
    reviewer.post(f"{response['Location']}decider/", {"act": "approve"})
    shown = body(client.get(page))
    assert "Filature du Nord Bruay" in shown
    assert "3 février 2026" in shown
    assert "20 avril 2026" in shown
    assert page in body(client.get("/plans/"))
    assert page not in body(client.get("/plans/?connu_le=2026-01-01"))
    plan = RedundancyPlan.objects.get(slug="filature-du-nord-bruay")
    held = reading.latest(["pse-postes-annonces"], [plan.key])
    assert held["pse-postes-annonces", *plan.key].value == 143
    assert "143" in body(client.get("/bilan/"))
    # Its follow-ups can be entered at once: populations and situations came with it.
    form = body(staff.get(f"/equipe/plans/{plan.slug}/suivis/nouveau/"))
    assert "Licenciés" in form
    assert "Création d’entreprise" in form


def test_nobody_opens_what_he_wrote(reviewer):
    location = reviewer.post(first("plans"), PLAN | {"act": "submit"})["Location"]
    reviewer.post(f"{location}decider/", {"act": "approve"})
    assert not RedundancyPlan.objects.filter(company="Filature du Nord").exists()


@pytest.mark.parametrize(
    ("code", "said", "changed", "words"),
    [
        ("plans", PLAN, {"company": ""}, "obligatoire"),
        ("plans", PLAN, {"announced_on": "2099-01-01"}, "à venir"),
        ("plans", PLAN, {"signed_on": "2026-01-01"}, "avant l’annonce"),
        ("plans", PLAN, {"posts": "12,5"}, "sans virgule"),
        ("plans", PLAN, {"commune": "Nulle-Part"}, "cinq caractères"),
        ("plans", PLAN, {"siren": "123456789"}, "clé de ce SIREN"),
        ("plans", PLAN, {"company": "Bridgestone", "site": "Béthune"}, "déjà été validé"),
        ("etablissements", SCHOOL, {"uai": "62"}, "sept chiffres et une lettre"),
        ("etablissements", SCHOOL, {"programme": "", "months": "24"}, "De quelle formation"),
        ("offres", OFFER, {"quotation": ""}, "obligatoire"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(staff, code, said, changed, words):
    page = body(staff.post(first(code), said | changed | {"act": "submit"}))
    assert words in page
    for name, value in (said | changed).items():
        if name not in changed and value:
            assert value in page, name
    assert not Profile.objects.filter(author__isnull=False).exists()


def test_a_name_of_a_person_is_warned_of(staff):
    page = body(staff.post(first("offres"), OFFER | {"holder": "Mme Durand", "act": "submit"}))
    assert "le nom d’une personne" in page


def test_an_agreement_says_its_jobs_objective_its_amount_and_its_territory(staff, reviewer, client):
    opened(staff, reviewer, "plans", PLAN)
    slug = "filature-du-nord-bruay"
    assert first("accords", slug) in body(staff.get("/equipe/plans/"))
    opened(staff, reviewer, "accords", AGREEMENT, slug)
    page = body(client.get(f"/plans/{slug}/convention/"))
    for words in ("90 emplois", "Arrondissement de Béthune", "1er juin 2026", "1 200 000", "143"):
        assert words in page
    key = ("CONVENTION", slug)
    held = reading.latest(["revit-contribution", "revit-emplois-objectif"], [key])
    assert held["revit-contribution", *key].value == 1_200_000
    assert held["revit-emplois-objectif", *key].value == 90
    assert "déjà été validé" in body(staff.post(first("accords", slug), AGREEMENT | {"act": "submit"}))


def test_the_objective_of_the_loaded_agreement_is_corrected_and_its_old_page_stays(staff, reviewer, client):
    row = Profile.objects.get(kind="accords")
    start = body(staff.get(f"/equipe/saisies/accords/{row.pk}/corriger/"))
    assert 'value="2021-06-04"' in start
    said = {
        **{name: str(value) for name, value in row.said.items() if isinstance(value, str | int)},
        "job_objective": "500",
        "area": "Béthune et Lens",
        "reason": "3",
        "reason_words": "La préfecture a publié la convention.",
        "act": "submit",
    }
    response = staff.post(f"/equipe/saisies/accords/{row.pk}/corriger/", said)
    assert response.status_code == 302, body(response)
    reviewer.post(f"{response['Location']}decider/", {"act": "approve"})
    page = f"/plans/{row.slug}/convention/"
    assert "500 emplois" in body(client.get(page))
    assert "date déduite" in body(client.get(page))
    old = body(client.get(f"{page}?connu_le=2024-01-01"))
    assert "500 emplois" not in old
    assert "Aucune source publique" in old
    assert Agreement.objects.get(plan__slug=row.slug).job_objective == 500


def test_a_school_opens_with_its_first_programme_and_takes_another(staff, reviewer, client):
    opened(staff, reviewer, "etablissements", SCHOOL | {"months": "24", "capacity": "14"})
    page = "/ecoles/atelier-du-canal/"
    shown = body(client.get(page))
    assert "CAP Soudeur" in shown
    assert "14 élèves" in shown
    assert first("formations", "atelier-du-canal") in body(staff.get("/equipe/plans/"))
    more = {"name": "CAP Usineur", "level": "3", "rncp": "rncp 38765", "source": "École"}
    opened(staff, reviewer, "formations", more, "atelier-du-canal")
    assert "RNCP38765" in body(client.get(page))
    form = body(staff.get(first("ecoles", "atelier-du-canal")))
    assert "CAP Usineur : élèves" in form
    assert "CAP Soudeur : élèves" in form


@pytest.mark.parametrize("rncp", ["RNCP", "12A", "0123", "RNCP1234567"])
def test_a_number_of_the_register_is_never_invented(staff, rncp):
    said = {"name": "CAP", "rncp": rncp, "source": "École", "act": "submit"}
    assert "répertoire s’écrit" in body(staff.post(first("formations", "ep2b"), said))


def test_an_offer_is_read_as_announced_and_its_status_is_corrected(staff, reviewer, client):
    path = opened(staff, reviewer, "offres", OFFER)
    assert "École du rail" in body(client.get("/ecoles/"))
    assert "École du rail" not in body(client.get("/ecoles/?connu_le=2024-01-01"))
    later = OFFER | {"status": "financée", "reason": "3", "reason_words": "Vote.", "act": "submit"}
    location = staff.post(f"{path}corriger/", later)["Location"]
    reviewer.post(f"{location}decider/", {"act": "approve"})
    assert PlannedOffer.objects.get(slug="ecole-du-rail").status == "financée"
    assert PlannedOffer.objects.filter(name="École du rail").count() == 1


def test_two_who_create_the_same_plan_do_not_open_it_twice(staff, reviewer):
    places = [staff.post(first("plans"), PLAN | {"act": "submit"})["Location"] for _ in range(2)]
    reviewer.post(f"{places[0]}decider/", {"act": "approve"})
    answer = reviewer.post(f"{places[1]}decider/", {"act": "approve"}, follow=True)
    assert "Une autre fiche de ce nom" in body(answer)
    assert Profile.objects.filter(review=Review.SUBMITTED).count() == 1


def test_a_date_of_the_profile_that_moves_moves_on_the_page_of_the_plan(staff, reviewer, client):
    path = opened(staff, reviewer, "plans", PLAN)
    said = PLAN | {"signed_on": "2026-04-21", "reason": "2", "reason_words": "Mal lu.", "act": "submit"}
    location = staff.post(f"{path}corriger/", said)["Location"]
    reviewer.post(f"{location}decider/", {"act": "approve"})
    page = body(client.get("/plans/filature-du-nord-bruay/"))
    assert "21 avril 2026" in page
    assert "20 avril 2026" not in page


def test_a_programme_that_opens_later_leaves_the_sums_of_before_whole(staff, reviewer):
    school, one = School.objects.get(), Programme.objects.get()
    report = SchoolReport.objects.create(school=school, as_of=date(2024, 10, 15), source="École")
    Enrolment.objects.create(report=report, programme=one, pupils=12)
    Programme.objects.create(school=school, name="Nouvelle", opened_on=date(2025, 9, 1), months=24)
    told = school.reports.prefetch_related("enrolments__programme", "exits", "results")
    assert 12 in numbers(school, told).values()
    assert not reports(school)


def test_three_years_are_computed_and_the_state_is_what_a_register_said(staff, reviewer):
    said = {"siren": "552100554", "name": "Une société", "registered_on": "2021-09-01", "act": "check"}
    page = body(staff.post("/equipe/saisies/entreprises/bridgestone-bethune/nouveau/", said))
    assert "1er septembre 2024" in page
    assert "à vérifier au répertoire" in page
    seen = {"checked_on": "2024-12-01"}
    page = body(staff.post("/equipe/saisies/entreprises/bridgestone-bethune/nouveau/", said | seen))
    assert "Que disait le répertoire" in page
    assert "Dans quel répertoire" in page


def test_a_company_three_years_old_is_on_the_worklist_until_somebody_looked_it_up(staff, reviewer):
    said = {"siren": "552100554", "name": "Une société", "registered_on": "2021-09-01"}
    path = "/equipe/saisies/entreprises/bridgestone-bethune/nouveau/"
    location = staff.post(path, said | {"act": "submit"})["Location"]
    reviewer.post(f"{location}decider/", {"act": "approve"})
    assert "trois ans le 1er septembre 2024" in body(staff.get("/equipe/"))
    seen = {"checked_on": "2024-12-01", "checked_state": "active", "checked_source": "Sirene"}
    why = {"reason": "3", "reason_words": "Lecture du répertoire.", "act": "submit"}
    later = staff.post(f"{location}corriger/", said | seen | why)["Location"]
    reviewer.post(f"{later}decider/", {"act": "approve"})
    assert "trois ans le 1er septembre 2024" not in body(staff.get("/equipe/"))
    assert HelpedCompany.objects.in_force().get().active_at_three is True


@pytest.mark.parametrize(
    ("state", "closed", "active"),
    [
        ("active", None, True),
        ("absent", None, None),
        ("closed", None, None),
        ("closed", date(2025, 1, 1), True),
    ],
)
def test_what_the_register_said_decides(state, closed, active):
    row = HelpedCompany(registered_on=date(2021, 9, 1), closed_on=closed, checked_on=date(2025, 2, 1))
    row.checked_state = state
    assert row.active_at_three is active
