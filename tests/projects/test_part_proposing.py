"""What hangs under a public record is typed by one, read by another, then written; nothing moves before."""

import pytest
from django.db import IntegrityError, transaction

from agglo.accounts.models import AuditEntry
from agglo.figures.vocabulary import Origin, Review
from projects.models import Organisation, Project, Publication
from tests.people import client_of, person
from tests.projects.aid import company, line
from tests.projects.conftest import read
from tests.projects.two import decided, filled, hidden, put, put_by_two

pytestmark = pytest.mark.django_db
HOME, PAGE = "/equipe/projets/tech-3e/", "/projets/tech-3e/"
RISK = {"words": "Retard du permis", "likelihood": 2, "impact": 3, "opened_on": "2025-01-01", "source": "x"}


@pytest.fixture
def people(attested):
    return client_of(person("staff")), client_of(person("reviewer"))


@pytest.fixture
def project(attested) -> Project:
    return Project.objects.get(slug="tech-3e")


def written(project: Project) -> list[int]:
    rows = (project.risks, project.milestones, project.partners, project.budget, project.decisions)
    return [one.count() for one in (*rows, project.passages)]


def test_it_waits_and_the_public_reads_nothing_of_it_until_another_publishes_it(people, project, client):
    staff, second = people
    before = written(project)
    page = put(staff, f"{HOME}risques/", RISK)
    assert written(project) == before
    assert "Retard du permis" not in read(client.get(PAGE))
    assert "Ajouter un risque : Retard du permis, à publier ou à renvoyer, proposé par Staff." in read(
        second.get("/equipe/")
    )
    assert "à publier ou à renvoyer" not in read(staff.get("/equipe/"))
    waits = read(staff.get(HOME))
    assert "Attend un valideur, proposé par Staff." in waits and page in waits
    said = read(second.get(page))
    assert "Ce qui serait écrit" in said and "Retard du permis" in said and "1er janvier 2025" in said
    assert "Publiée" in decided(second, page, "publish")
    assert "Retard du permis" in read(client.get(PAGE))
    assert "à publier ou à renvoyer" not in read(second.get("/equipe/"))
    assert "Attend un valideur" not in read(staff.get(HOME))
    history = read(staff.get("/equipe/publication/projets/tech-3e/"))
    assert "Ajouter un risque" in history and "Publié le" in history


def test_whoever_asked_never_decides(people, project):
    _, second = people
    page = put(second, f"{HOME}risques/", RISK)
    assert ">Publier</button>" not in read(second.get(page))
    assert "Une autre personne" in decided(second, page, "publish")
    assert not project.risks.exists()
    row = Publication.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(review=Review.APPROVED, reviewer=row.asked_by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(project=project, part="risque", asked_by=row.asked_by)


def test_an_agent_who_is_no_reviewer_decides_nothing(people, project):
    staff, second = people
    page = put(second, f"{HOME}risques/", RISK)
    assert staff.post(page, {"act": "publish", "stamp": hidden(staff, page, "stamp")}).status_code == 403
    assert not project.risks.exists()


def test_several_wait_at_once_beside_a_change_of_the_record_and_each_is_decided_alone(people, project):
    staff, second = people
    pages = [put(staff, f"{HOME}risques/", RISK | {"words": words}) for words in ("Un", "Deux", "Trois")]
    assert len(set(pages)) == 3
    form = f"{HOME}modifier/"
    said = filled(staff, form) | {"seen": hidden(staff, form, "seen"), "about": "Repris."}
    assert staff.post(form, said).status_code == 302
    decided(second, pages[1], "publish")
    assert [one.words for one in project.risks.all()] == ["Deux"]
    assert Publication.objects.filter(review=Review.SUBMITTED).count() == 3
    assert "une modification attend" in read(staff.get(HOME))


def test_sent_twice_it_waits_once(people):
    staff, _ = people
    assert put(staff, f"{HOME}risques/", RISK) == put(staff, f"{HOME}risques/", RISK)
    assert Publication.objects.count() == 1


def test_sent_back_it_is_taken_up_with_what_was_typed_and_the_former_stays_readable(people, project):
    staff, second = people
    page = put(staff, f"{HOME}risques/", RISK)
    assert "Écrivez ce qu’il faut reprendre" in decided(second, page, "back", note=" ")
    assert "Renvoyée" in decided(second, page, "back", note="Dites lequel.")
    assert "Ajouter un risque : Retard du permis, renvoyé : Dites lequel." in read(staff.get("/equipe/"))
    again = f"{HOME}risques/?reprise={Publication.objects.get().pk}"
    assert again in read(staff.get(page))
    opened = read(staff.get(again))
    assert "Dites lequel." in opened and "Retard du permis" in opened
    assert "Erreur" not in opened
    new = put(staff, again, RISK | {"words": "Retard du permis de construire"})
    assert new != page
    first, last = Publication.objects.order_by("pk")
    assert (first.review, first.note, last.review) == (Review.WITHDRAWN, "Dites lequel.", Review.SUBMITTED)
    assert "Dites lequel." in read(staff.get(page))
    assert "renvoyé : Dites lequel." not in read(staff.get("/equipe/"))
    decided(second, new, "publish")
    assert [one.words for one in project.risks.all()] == ["Retard du permis de construire"]


def test_one_s_own_is_corrected_in_place_and_that_of_a_colleague_is_taken_over(people, project):
    staff, second = people
    page = put(staff, f"{HOME}risques/", RISK)
    again = f"{HOME}risques/?reprise={Publication.objects.get().pk}"
    stamp = hidden(second, page, "stamp")
    assert put(staff, again, RISK | {"words": "Corrigé"}) == page
    late = read(second.post(page, {"act": "publish", "stamp": stamp}, follow=True))
    assert "a changé depuis que vous l’avez ouverte" in late
    assert "la sienne reste dans l’historique" in read(second.get(again))
    theirs = put(second, again, RISK | {"words": "Complété"})
    assert theirs != page
    assert "Clos" in read(staff.get("/equipe/publication/projets/tech-3e/"))
    assert "Une autre personne" in decided(second, theirs, "publish")
    assert not project.risks.exists()


def test_given_up_or_taken_back_it_is_never_written(people, project):
    staff, second = people
    page = put(staff, f"{HOME}risques/", RISK)
    assert "Seule la personne" in decided(second, page, "take_back")
    assert "reprise" in decided(staff, page, "take_back")
    assert "Rien n’est proposé" in decided(second, page, "publish", stamp="x")
    page = put(staff, f"{HOME}risques/", RISK)
    decided(second, page, "back", note="Non.")
    assert "abandonnée" in decided(staff, page, "give_up")
    assert not project.risks.exists() and not Publication.objects.of_parts().exists()


def test_decided_meanwhile_a_form_that_was_open_loses_nothing_of_what_was_typed(people, project):
    staff, second = people
    page = put(staff, f"{HOME}risques/", RISK)
    again = f"{HOME}risques/?reprise={Publication.objects.get().pk}"
    decided(second, page, "publish")
    assert staff.post(again, RISK | {"words": "Trop tard"}).status_code == 404
    assert project.risks.count() == 1


def test_looking_writes_nothing_and_shows_the_public_page_as_it_would_be(people, project, client):
    staff, second = people
    page = put(staff, f"{HOME}risques/", RISK)
    before, trail = written(project), AuditEntry.objects.count()
    shown = read(second.get(f"/equipe/publication/projets/tech-3e/apercu/?partie={page.split('/')[-2]}"))
    assert "Retard du permis" in shown
    second.get(page)
    assert (written(project), AuditEntry.objects.count()) == (before, trail)
    assert "Retard du permis" not in read(client.get(PAGE))


def test_what_the_database_refuses_is_said_to_whoever_proposes(people, project):
    staff, second = people
    said = {"organisation": project.lead.name, "role": "funder", "source": "x"}
    first, other = put(staff, f"{HOME}partenaires/", said), put(second, f"{HOME}partenaires/", said)
    decided(second, first, "publish")
    assert "a déjà ce rôle" in read(staff.post(f"{HOME}partenaires/", said))
    third = client_of(person("reviewer", email="troisieme@exemple.fr"))
    assert "ne peut plus être faite telle quelle" in read(third.get(other))
    assert "a déjà ce rôle" in decided(third, other, "publish")
    assert Publication.objects.get(pk=other.split("/")[-2]).review == Review.SUBMITTED
    assert project.partners.filter(role="funder").count() == 1


def test_what_only_the_database_knows_is_said_to_whoever_proposes_too(people):
    staff, _ = people
    aid = line(company("Alpha"), legal_basis="délibération", published=True)
    invented = company("Fictive", origin=Origin.DEMO)
    said = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-percent": "100"}
    page = read(staff.post(f"/equipe/aides/{aid.pk}/parts/", said | {"form-0-organisation": invented.pk}))
    assert "un enregistrement attesté ne se rattache pas à un enregistrement fictif" in page
    assert not Publication.objects.exists()


def test_a_company_is_found_by_its_letters_or_added_and_an_invented_one_is_not_offered(people, project):
    staff, second = people
    company("Fictive", origin=Origin.DEMO)
    said = {"organisation": "fict", "role": "funder", "source": "x"}
    page = read(staff.post(f"{HOME}partenaires/", said))
    assert "Rien ne porte ce nom" in page and "l’ajouter" in page
    put(staff, f"{HOME}partenaires/", said | {"organisation": project.lead.name.lower()})
    added = said | {"organisation": "FEDER", "organisation_choice": "+public"}
    page = put(staff, f"{HOME}partenaires/", added)
    assert "FEDER" in read(second.get(page)) and not Organisation.objects.filter(name="FEDER").exists()
    decided(second, page, "publish")
    made = Organisation.objects.get(name="FEDER")
    assert (made.kind, project.partners.get(organisation=made).role) == ("public", "funder")


def test_a_change_is_read_beside_what_is_there_and_again_once_that_moved(people, project):
    staff, second = people
    put_by_two(staff, f"{HOME}risques/", RISK)
    risk = project.risks.get()
    form = f"{HOME}risques/{risk.pk}/"
    page = put(staff, form, RISK | {"impact": 1})
    assert Publication.objects.latest("pk").changes == {"impact": ["3", "1"]}
    stamp = hidden(second, page, "stamp")
    project.risks.update(words="Retard de la grue", impact=2)
    late = read(second.post(page, {"act": "publish", "stamp": stamp}, follow=True))
    assert "a changé depuis" in late and "Changé entre-temps" in late
    decided(second, page, "publish")
    risk.refresh_from_db()
    assert (risk.words, risk.impact) == ("Retard de la grue", 1)
    assert "le public lit déjà cela" in read(staff.post(form, RISK | {"words": risk.words, "impact": 1}))


def test_what_it_changes_may_be_gone(people, project):
    staff, second = people
    put_by_two(staff, f"{HOME}risques/", RISK)
    risk = project.risks.get()
    page = put(staff, f"{HOME}risques/{risk.pk}/", RISK | {"impact": 1})
    risk.delete()
    assert "n’est plus au registre" in read(second.get(page))
    assert "n’est plus au registre" in decided(second, page, "publish")


def test_what_came_under_a_draft_while_it_was_read_is_read_before_it_is_published(people, project):
    staff, second = people
    Project.objects.filter(pk=project.pk).update(published=False)
    request = "/equipe/publication/projets/tech-3e/"
    staff.post(request, {"act": "ask"})
    stamp = hidden(second, request, "stamp")
    staff.post(f"{HOME}risques/", RISK)
    assert "a changé depuis" in read(second.post(request, {"act": "publish", "stamp": stamp}, follow=True))
    assert not Project.objects.get(pk=project.pk).published
    assert "Publiée" in decided(second, request, "publish")


def test_under_a_record_that_nobody_reads_it_is_written_at_once(people, project):
    staff, _ = people
    Project.objects.filter(pk=project.pk).update(published=False)
    assert staff.post(f"{HOME}risques/", RISK).url == HOME
    assert project.risks.count() == 1 and not Publication.objects.exists()
