"""Staff steer projects and promises outside the administration: each change keeps its date and reason."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from agglo.accounts.models import AuditEntry
from projects.forms import accounts, aid, ground, promise, register, steering, support
from projects.forms.record import RecordForm
from projects.forms.sentences import SENTENCES
from projects.models import Commitment, Gate, Milestone, PlannedDate, Project, Status, Verdict
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.two import changed_by_two, published_by_two, put, put_by_two

pytestmark = pytest.mark.django_db
HOME = "/equipe/projets/tech-3e/"


@pytest.fixture
def staff(attested):
    return client_of(person("staff"))


@pytest.fixture
def project(attested) -> Project:
    return Project.objects.get(slug="tech-3e")


def test_every_rule_of_the_database_that_a_form_meets_has_its_sentence():
    forms = [
        one
        for module in (accounts, aid, ground, promise, register, steering, support)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, RecordForm) and one is not RecordForm
    ]
    rules = {rule.name for form in forms if form._meta.model for rule in form._meta.model._meta.constraints}
    assert len(rules) > 25
    assert rules - set(SENTENCES) == set()


def test_the_page_says_what_each_gate_still_asks_for(staff):
    page = read(staff.get(HOME))
    assert "Il manque" in page and "un budget prévu, par financeur" in page
    assert "TECH 3E" in read(staff.get("/equipe/projets/"))


def test_a_gate_is_refused_until_what_it_asks_is_there_then_dated(staff, project):
    said = {"gate": int(Gate.UNDERWAY), "on": "2025-06-01", "source": "Comité", "reason": ""}
    before = project.passages.count()
    page = read(staff.post(f"{HOME}etapes/", said))
    assert "il manque au registre" in page and "un budget prévu" in page
    assert 'value="2025-06-01"' in page
    assert project.passages.count() == before
    for path, more in (
        ("decisions/", {"words": "Lancer", "body": "Conseil", "on": "2025-05-01"}),
        (
            "jalons/",
            {"name": "Ouverture", "order": 1, "planned_on": "2026-01-01", "decided_on": "2025-05-02"},
        ),
        ("budget/", {"label": "Travaux", "planned": "1 200 000", "as_of": "2025-05-01"}),
    ):
        put_by_two(staff, HOME + path, {"source": "Comité", **more})
    put_by_two(staff, f"{HOME}etapes/", said)
    last = project.passages.latest("pk")
    assert (last.gate, last.on, last.until, last.by.role) == (
        Gate.UNDERWAY,
        date(2025, 6, 1),
        date(2025, 6, 1),
        "staff",
    )


def test_a_pause_says_why_and_nothing_is_noted_ahead_of_its_day(staff, project):
    said = {"gate": int(Gate.PAUSED), "on": "2025-06-01", "source": "Comité", "reason": ""}
    assert "dit toujours pourquoi" in read(staff.post(f"{HOME}etapes/", said))
    ahead = said | {"reason": "Financement perdu", "on": timezone.localdate() + timedelta(9)}
    assert "à venir" in read(staff.post(f"{HOME}etapes/", ahead))
    decided = {"words": "Lancer", "body": "Conseil", "on": timezone.localdate() + timedelta(9), "source": "x"}
    assert "une décision se note une fois prise" in read(staff.post(f"{HOME}decisions/", decided))
    put_by_two(staff, f"{HOME}etapes/", said | {"reason": "Financement perdu"})
    assert "Financement perdu" in read(staff.get(HOME))
    assert "Financement perdu" in read(staff.get("/projets/tech-3e/"))


def test_a_milestone_keeps_every_date_it_was_planned_for(staff, project):
    put_by_two(
        staff,
        f"{HOME}jalons/",
        {
            "name": "Ouverture",
            "order": 1,
            "planned_on": "2025-01-01",
            "decided_on": "2024-01-01",
            "source": "Comité",
        },
    )
    milestone = Milestone.objects.get(project=project)
    path = f"{HOME}jalons/{milestone.pk}/"
    new = {"planned_on": "2025-09-01", "decided_on": "2024-06-01", "source": "Comité"}
    assert "obligatoire" in read(staff.post(f"{path}date/", new))
    put_by_two(staff, f"{path}date/", new | {"reason": "recours"})
    older = new | {"decided_on": "2024-03-01", "reason": "x"}
    assert "plus tard" in read(staff.post(f"{path}date/", older))
    assert "déjà été décidée" in read(staff.post(f"{path}date/", new | {"reason": "x"}))
    assert [one.planned_on.year for one in PlannedDate.objects.filter(milestone=milestone)] == [2025, 2025]
    assert "obligatoire" in read(staff.post(f"{path}atteint/", {"actual_on": "2025-10-01", "evidence": ""}))
    put_by_two(staff, f"{path}atteint/", {"actual_on": "2025-10-01", "evidence": "procès-verbal"})
    page = read(staff.get(HOME))
    assert "1er janvier 2025" in page or "1 janvier 2025" in page
    assert "recours" in page and "atteint le" in page
    milestone.refresh_from_db()
    assert milestone.slip == 273


def test_money_risks_partners_and_the_sheet_are_edited_with_their_trace(staff, project):
    assert "Donnez le montant" in read(
        staff.post(f"{HOME}budget/", {"label": "Études", "as_of": "2025-01-01", "source": "x"})
    )
    said = {
        "words": "Retard du permis",
        "likelihood": 2,
        "impact": 3,
        "opened_on": "2025-01-01",
        "source": "x",
    }
    put_by_two(staff, f"{HOME}risques/", said)
    risk = project.risks.get()
    early = said | {"closed_on": "2024-01-01"}
    assert "avant d’avoir été vu" in read(staff.post(f"{HOME}risques/{risk.pk}/", early))
    put_by_two(staff, f"{HOME}risques/{risk.pk}/", said | {"closed_on": "2025-03-01"})
    risk.refresh_from_db()
    assert risk.closed_on == date(2025, 3, 1)
    lead = project.lead.name
    put_by_two(staff, f"{HOME}partenaires/", {"organisation": lead, "role": "funder", "source": "x"})
    again = read(staff.post(f"{HOME}partenaires/", {"organisation": lead, "role": "funder", "source": "x"}))
    assert "a déjà ce rôle" in again
    sheet = {"name": "TECH 3E", "source": "La Gazette", "about": "Plateforme"}
    assert "Publiée" in changed_by_two(f"{HOME}modifier/", "projets", "tech-3e", **sheet)
    project.refresh_from_db()
    assert (project.name, project.about) == ("TECH 3E", "Plateforme")
    assert AuditEntry.objects.filter(table_name="projects_risk", user__role="reviewer").count() == 2


def typed_promise(**more) -> dict:
    promiser = Commitment.objects.first().promiser.name
    said = {"promise": "Ouvrir un guichet", "promiser": promiser, "made_on": "2024-01-10", "qualifier": 0}
    return said | {"source": "Conseil", "wording": "un guichet sera ouvert"} | more


def test_a_promise_is_added_and_read_by_the_public(staff, client):
    page = read(staff.post("/equipe/engagements/nouveau/", typed_promise(target="3")))
    assert "donnez l’unité" in page and "Ouvrir un guichet" in page
    page = read(staff.post("/equipe/engagements/nouveau/", typed_promise(due_on="2020-01-01")))
    assert "vient après elle" in page
    for _ in range(2):
        staff.post("/equipe/engagements/nouveau/", typed_promise(due_on="2025-01-01"))
    kept = Commitment.objects.filter(promise="Ouvrir un guichet")
    assert sorted(kept.values_list("slug", flat=True)) == ["ouvrir-un-guichet", "ouvrir-un-guichet-2"]
    assert "Ouvrir un guichet" not in read(client.get("/engagements/"))
    published_by_two("engagements", "ouvrir-un-guichet")
    assert "Ouvrir un guichet" in read(client.get("/engagements/"))
    worklist = staff.get("/equipe/")
    assert "Promesse sans verdict" in read(worklist)
    links = re.findall(r'class="worklist__what" href="([^"]*)"', worklist.content.decode())
    assert links and all(one.startswith("/") for one in links), links
    verdict = {"status": "kept", "on": "2025-02-01", "said_by": "Service", "source": "x", "evidence": "vu"}
    put(staff, "/equipe/engagements/ouvrir-un-guichet/verdict/", verdict)
    asked = "/equipe/engagements/ouvrir-un-guichet/verdict/"
    assert asked in read(worklist) and asked not in read(staff.get("/equipe/"))


def test_a_verdict_needs_its_evidence_and_stays(staff, client):
    path = "/equipe/engagements/ambassadeurs-numeriques/verdict/"
    said = {"status": "kept", "on": "2025-01-01", "said_by": "Service", "source": "Contrats", "evidence": ""}
    assert "obligatoire" in read(staff.post(path, said))
    ahead = said | {"evidence": "x", "on": "2099-01-01"}
    assert "à venir" in read(staff.post(path, ahead))
    before = Verdict.objects.count()
    put_by_two(staff, path, said | {"evidence": "Deux contrats signés", "reached": "2"})
    made = Verdict.objects.latest("pk")
    assert (Verdict.objects.count(), made.status, made.by.role) == (before + 1, Status.KEPT, "staff")
    assert "Deux contrats signés" in read(client.get("/engagements/"))


def test_elected_members_and_the_public_do_not_steer(attested):
    elected = client_of(person("elected"))
    for path in (HOME, "/equipe/engagements/", "/equipe/aides/", "/equipe/accompagnement/"):
        assert elected.get(path).status_code == 403
