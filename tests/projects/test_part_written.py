"""Each thing that hangs under a public record, through its own page: proposed, read in its place, written."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Model

from agglo.accounts.models import AuditEntry
from projects.models import (
    Commitment,
    FundingLine,
    JobPool,
    Milestone,
    Movement,
    PlannedDate,
    Project,
    Publication,
    Site,
    Verdict,
)
from projects.parts import PARTS
from tests.people import client_of, person
from tests.projects.aid import company, line, moved
from tests.projects.conftest import read
from tests.projects.two import decided, put

pytestmark = pytest.mark.django_db
HOME, SITE = "/equipe/projets/tech-3e/", "/equipe/sites/bridgestone-bethune/"
RISK = {"words": "Retard du permis", "likelihood": 2, "impact": 3, "opened_on": "2025-01-01", "source": "x"}
NUMBER = {
    "scheme": "aid", "evidence": 2, "qualifier": 1, "number": "25", "as_of": "2025-01-01", "horizon": 24,
    "source": "Convention",
}  # fmt: skip
MILESTONE = {"name": "Ouverture", "order": 1, "planned_on": "2027-01-01", "decided_on": "2025-01-01"}


@pytest.fixture
def people(attested):
    return client_of(person("staff")), client_of(person("reviewer"))


@pytest.fixture
def project(attested) -> Project:
    return Project.objects.get(slug="tech-3e")


def pool(project: Project) -> JobPool:
    return JobPool.objects.create(slug="tech-3e", name="Emplois", project=project)


@pytest.fixture
def milestone(project) -> Milestone:
    made = Milestone.objects.create(project=project, name="Livraison", order=1)
    PlannedDate.objects.create(
        milestone=made, planned_on=date(2026, 1, 1), decided_on=date(2025, 1, 1), source="x"
    )
    return made


@pytest.fixture
def aid(attested) -> FundingLine:
    found = line(company("Alpha"), legal_basis="délibération", published=True)
    moved(found, amount=90000)
    return found


def test_a_movement_bears_the_name_of_who_asked_and_is_cancelled_by_two(people, aid, client):
    staff, second = people
    home = f"/equipe/aides/{aid.pk}/"
    said = {"kind": "paid", "amount": "45 000", "qualifier": 0, "on": "2025-03-01", "evidence": "mandat"}
    page = put(staff, f"{home}mouvements/", said | {"source": "Trésor"})
    assert "45 000" not in read(client.get("/aides/"))
    would = read(second.get(page))
    assert "Ce que le public lirait" in would and "45 000" in would.split("Ce que le public lirait")[1]
    decided(second, page, "publish")
    paid = Movement.objects.get(kind="paid", line=aid)
    assert (paid.amount, paid.by.role) == (Decimal(45000), "staff")
    assert "45 000" in read(client.get("/aides/"))
    cancel = put(staff, f"{home}mouvements/{paid.pk}/annuler/", {"evidence": "saisi deux fois"})
    assert "Annuler « versé, 45 000 €, 1er mars 2025 »" in read(second.get(cancel)).replace("\u202f", " ")
    assert Movement.objects.in_force().filter(pk=paid.pk).exists()
    decided(second, cancel, "publish")
    assert not Movement.objects.in_force().filter(pk=paid.pk).exists()
    assert "versé" in read(second.get(cancel))


def test_shares_stand_whole_in_place_of_those_before(people, aid):
    staff, second = people
    page, other = f"/equipe/aides/{aid.pk}/parts/", company("Beta")
    alpha = aid.beneficiaries.get().organisation_id
    said = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 1}
    same = said | {"form-0-organisation": alpha, "form-0-percent": "100"}
    assert "le public lit déjà cela" in read(staff.post(page, same, follow=True))
    half = said | {"form-0-organisation": alpha, "form-0-percent": "60"}
    half |= {"form-1-organisation": other.pk, "form-1-percent": "40"}
    assert "ajustez-les" in read(staff.post(page, half | {"form-1-percent": "50"}))
    request = put(staff, page, half)
    assert aid.beneficiaries.count() == 1
    shown = read(second.get(request))
    assert "Ligne 1, Part, en %" in shown and "Beta" in shown
    again = f"{page}?reprise={Publication.objects.get().pk}"
    assert 'value="40"' in read(staff.get(again))
    assert "Publiée" in decided(second, request, "publish")
    assert sorted(aid.beneficiaries.values_list("share", flat=True)) == [Decimal("0.4"), Decimal("0.6")]


def test_a_verdict_is_read_in_its_place_before_it_is_given(people, client):
    staff, second = people
    promise = Commitment.objects.published().get(slug="ambassadeurs-numeriques")
    before = Verdict.objects.filter(commitment=promise).count()
    said = {"status": "kept", "on": "2025-01-01", "said_by": "Service", "source": "Contrats"}
    page = put(staff, f"/equipe/engagements/{promise.slug}/verdict/", said | {"evidence": "Deux contrats"})
    assert Verdict.objects.filter(commitment=promise).count() == before
    assert "Donner un verdict" in read(staff.get("/equipe/engagements/"))
    assert "Deux contrats" in read(second.get(page)).split("Ce que le public lirait")[1]
    again = read(second.get(f"/equipe/engagements/{promise.slug}/verdict/"))
    assert "Une proposition de Staff attend déjà d’être lue, sur le même point" in again
    decided(second, page, "publish")
    assert "Deux contrats" in read(client.get("/engagements/"))


def ground() -> dict[str, Model]:
    """One of each thing that a site is made of."""
    site, told = Site.objects.get(slug="bridgestone-bethune"), {"source": "Essai"}
    return {
        "vie-change": site.stages.create(stage=5, start=date(2024, 1, 1), **told),
        "occupant-change": site.occupancies.create(occupant=company("Alpha"), start=date(2020, 1, 1), **told),
        "proprio-change": site.ownerships.create(nature="natural", start=date(2020, 1, 1), **told),
        "surface-change": site.surfaces.create(kind="ground", square_metres=17000, **told),
        "etat": site.lots.create(code="lot-a", name="Lot A", **told),
    }


TYPED = {
    "etape": {"gate": 8, "on": "2025-06-01", "source": "Comité", "reason": "Recours"},
    "partenaire": {"role": "funder", "source": "x"},
    "jalon": MILESTONE | {"source": "x"},
    "date": {"planned_on": "2028-01-01", "decided_on": "2025-06-01", "reason": "recours", "source": "x"},
    "atteint": {"actual_on": "2025-10-01", "evidence": "procès-verbal"},
    "budget": {"label": "Études", "planned": "1 200,50", "as_of": "2025-01-01", "source": "x"},
    "risque": RISK,
    "risque-change": RISK | {"closed_on": "2025-03-01"},
    "decision": {"words": "Lancer", "body": "Conseil", "on": "2025-05-01", "source": "x"},
    "mouvement": {
        "kind": "paid", "amount": "1 000", "qualifier": 0, "on": "2025-03-01", "evidence": "mandat",
        "source": "x",
    },
    "annulation": {"evidence": "saisi deux fois"},
    "beneficiaires": {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-percent": "100"},
    "contrepartie": {
        "kind": "jobs_created", "words": "Créer 20 emplois", "target": "20", "counted_unit": "jobs",
        "qualifier": 0, "clawback": "none", "due_on": "2026-01-01", "check_on": "2026-02-01", "source": "x",
    },
    "constat": {
        "on": "2025-02-01", "found": "kept", "evidence": "déclaration", "said_by": "Service", "source": "x",
    },
    "verdict": {
        "status": "kept", "on": "2025-01-01", "said_by": "Service", "source": "x", "evidence": "contrats",
    },
    "vie": {"stage": 6, "start": "2025-01-01", "reason": "Chantier ouvert", "source": "Arrêté"},
    "vie-change": {"stage": 5, "start": "2024-01-01", "end": "2025-01-01", "source": "Arrêté"},
    "occupant": {"occupant": "Alpha", "start": "2025-01-01", "source": "Visite"},
    "occupant-change": {"occupant": "Alpha", "start": "2020-01-01", "end": "2025-01-01", "source": "Visite"},
    "proprio": {"owner": "Alpha", "nature": "legal", "start": "2025-01-01", "source": "Acte"},
    "proprio-change": {"nature": "natural", "start": "2020-01-01", "end": "2025-01-01", "source": "Acte"},
    "surface": {"kind": "ground", "area": "1,7 ha", "qualifier": 0, "source": "Géomètre"},
    "surface-change": {"kind": "ground", "area": "2 ha", "qualifier": 0, "source": "Géomètre"},
    "lot": {"name": "Lot B", "area": "4 000 m²", "source": "Plan"},
    "etat": {
        "since": "2025-01-01", "works": "serviced", "sale": "for_sale", "use": "never_used", "source": "Plan",
    },
    "gisement": {"name": "Emplois de l’école"},
    "gisement-change": {"name": "Emplois", "shared_with": "Lens-Liévin", "share": "50"},
    "gisement-nombre": NUMBER,
    "emplois": {"name": "Emplois du chantier"},
    "emplois-change": {"name": "Emplois de Log’s"},
    "emplois-nombre": NUMBER,
}  # fmt: skip


@pytest.mark.parametrize("code", PARTS)
def test_each_is_proposed_through_its_own_page_and_written_by_another(code, people, project, milestone, aid):
    staff, second = people
    part, said = PARTS[code], TYPED[code]
    promise = aid.counterparts.create(
        kind="other", words="Rester dix ans", due_on=date(2030, 1, 1), check_on=date(2030, 2, 1), source="x"
    )
    things = {
        "date": milestone,
        "atteint": milestone,
        "risque-change": project.risks.create(**RISK),
        "annulation": aid.movements.get(),
        "constat": promise,
    } | ground()
    things |= dict.fromkeys(("gisement-change", "gisement-nombre"), pool(project))
    things |= dict.fromkeys(("emplois-change", "emplois-nombre"), JobPool.objects.get(slug="logs-logistique"))
    promised = Commitment.objects.published().first()
    sheet = {
        "projets": HOME,
        "aides": f"/equipe/aides/{aid.pk}/",
        "engagements": f"/equipe/engagements/{promised.slug}/",
        "sites": SITE,
    }[part.kind]
    if code == "partenaire":
        said = said | {"organisation": project.lead.name}
    if code == "beneficiaires":
        said = said | {"form-0-organisation": company("Beta").pk}
    thing = things.get(code)
    form = sheet + part.path.format(pk=thing.pk if thing else None)
    assert "un autre relit avant que cela se voie" in read(staff.get(form))
    trail = AuditEntry.objects.exclude(table_name="projects_publication")
    before = trail.count()
    page = put(staff, form, said)
    assert trail.count() == before
    assert "Ce qui serait écrit" in read(second.get(page))
    assert "Publiée" in decided(second, page, "publish")
    assert trail.count() > before
    assert "a été écrit" in read(second.get(page))
