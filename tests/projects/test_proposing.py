"""What the public reads is changed by two: one proposes, another reads old and new, then it shows."""

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.vocabulary import Origin, Review
from agglo.territory.models import Territory
from projects.models import Organisation, Project, Publication, Site
from projects.registering import enter
from tests.people import client_of, person
from tests.projects.aid import company, line, moved
from tests.projects.conftest import read
from tests.projects.two import decided, filled, proposed, request_page, seen

pytestmark = pytest.mark.django_db
FORM, PAGE = "/equipe/projets/tech-3e/modifier/", "/projets/tech-3e/"
REQUEST = request_page("projets", "tech-3e")


@pytest.fixture
def people(attested):
    return client_of(person("staff")), client_of(person("reviewer"))


def change(client, form: str = FORM, **more) -> str:
    return proposed(client, form, **more)


def act(client, name: str, page: str = REQUEST, **more) -> str:
    return decided(client, page, name, **more)


def test_a_change_waits_and_the_public_reads_what_it_read_until_another_publishes_it(people, client):
    staff, second = people
    before = Project.objects.get(slug="tech-3e")
    assert "Modification proposée" in change(staff, about="Un accueil de plus.")
    assert "Un accueil de plus." not in read(client.get(PAGE))
    kept = Project.objects.get(slug="tech-3e")
    assert (kept.about, kept.updated_at) == (before.about, before.updated_at)
    assert "Modification d’une fiche à publier ou à renvoyer, proposée par Staff." in read(
        second.get("/equipe/")
    )
    page = read(second.get(REQUEST))
    assert "Ce qui changerait" in page and "Présentation" in page and "accueil" in page
    assert "Un accueil de plus." in read(second.get(f"{REQUEST}apercu/"))
    assert "une modification attend" in read(staff.get("/equipe/projets/tech-3e/"))
    assert "Publiée" in act(second, "publish")
    assert "Un accueil de plus." in read(client.get(PAGE))
    assert "à publier ou à renvoyer, proposée" not in read(second.get("/equipe/"))


def test_only_what_differs_is_kept_old_and_new(people):
    staff, _ = people
    was = Project.objects.get(slug="tech-3e").name
    change(staff, name="TECH 3E, le campus", circular="on")
    row = Publication.objects.get()
    assert row.changes == {"name": [was, "TECH 3E, le campus"], "circular": ["", "on"]}
    page = read(staff.get(REQUEST))
    assert "Intitulé" in page and "TECH 3E, le campus" in page and "oui" in page
    assert "le public lit déjà cela" in change(staff, name=was, circular="")


def test_nobody_publishes_a_change_of_their_own_and_the_database_refuses_it_too(people, client):
    _, alone = people
    change(alone, about="Seul.")
    stamp = alone.get(REQUEST).context["stamp"]
    assert "Une autre personne" in act(alone, "publish", stamp=stamp)
    assert "Seul." not in read(client.get(PAGE))
    row = Publication.objects.get()
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(review=Review.APPROVED, reviewer=row.asked_by)
    with pytest.raises(IntegrityError, match="asked_once"), transaction.atomic():
        Publication.objects.create(project=row.project, asked_by=row.asked_by)


def test_staff_alone_does_not_decide_about_a_change(people):
    staff, _ = people
    change(staff, about="Seul.")
    for name in ("publish", "back"):
        assert staff.post(REQUEST, {"act": name, "note": "x"}).status_code == 403


def test_a_draft_is_still_changed_at_once(people):
    staff, _ = people
    Project.objects.filter(slug="tech-3e").update(published=False)
    assert 'name="seen"' not in staff.get(FORM).content.decode()
    page = read(staff.post(FORM, filled(staff, FORM) | {"about": "Au brouillon."}, follow=True))
    assert "Fiche enregistrée." in page
    assert Project.objects.get(slug="tech-3e").about == "Au brouillon."
    assert not Publication.objects.exists()


def test_it_comes_back_with_a_note_is_taken_up_and_given_up(people):
    staff, second = people
    change(staff, about="À reprendre.")
    act(second, "back", note="Citez la délibération.")
    assert "Modification renvoyée : Citez la délibération." in read(staff.get("/equipe/"))
    page = read(staff.get(FORM))
    assert "Citez la délibération." in page and "À reprendre." in page
    assert "Modification proposée" in change(staff, about="Repris.")
    assert Publication.objects.filter(review=Review.SUBMITTED).get().changes["about"][1] == "Repris."
    act(second, "back", note="Non.")
    assert "abandonnée" in act(staff, "give_up")
    assert "Modification renvoyée" not in read(staff.get("/equipe/"))
    assert "Repris." not in read(staff.get(FORM))
    assert "Repris." in read(staff.get(REQUEST))


def test_its_author_corrects_it_in_place_and_who_was_reading_reads_again(people):
    staff, second = people
    change(staff, about="Une fote.")
    stamp = second.get(REQUEST).context["stamp"]
    assert "Votre modification attend" in read(staff.get(FORM))
    change(staff, about="Une faute.")
    assert Publication.objects.get().changes["about"][1] == "Une faute."
    assert "a changé depuis" in act(second, "publish", stamp=stamp)
    assert "Publiée" in act(second, "publish")
    assert Project.objects.get(slug="tech-3e").about == "Une faute."


def test_it_is_taken_back_and_its_words_stay_readable(people):
    staff, _ = people
    change(staff, about="Trop tôt.")
    assert "reprise" in act(staff, "take_back")
    assert "Trop tôt." not in read(staff.get(FORM))
    assert "Trop tôt." in read(staff.get(REQUEST))


def test_a_colleague_takes_a_waiting_change_up_and_both_stay_readable(people):
    staff, second = people
    change(staff, about="De l’une.", circular="on")
    page = read(second.get(FORM))
    assert "Une modification de Staff attend" in page and "De l’une." in page
    change(second, about="De l’une, complété.")
    first, last = Publication.objects.order_by("pk")
    assert (first.review, first.changes["about"][1]) == (Review.WITHDRAWN, "De l’une.")
    assert (last.review, last.asked_by.role, set(last.changes)) == (1, "reviewer", {"about", "circular"})
    assert "Une autre personne" in act(second, "publish", stamp=second.get(REQUEST).context["stamp"])
    assert "Publiée" in act(client_of(person("reviewer", email="b@exemple.fr")), "publish")


def test_two_who_write_at_once_lose_nothing(people):
    staff, second = people
    said, opened = filled(second, FORM), seen(second, FORM)
    change(staff, about="Arrivé avant.")
    page = read(second.post(FORM, said | {"seen": opened, "circular": "on"}))
    assert "Pendant que vous écriviez" in page and "Ce que vous changeriez" in page
    assert 'name="circular" id="id_circular" checked' in page
    assert "Ce qui est proposé" in page and "Arrivé" in page
    assert Publication.objects.get().changes["about"][1] == "Arrivé avant."
    second.post(FORM, said | {"seen": seen(second, FORM), "circular": "on"})
    assert Publication.objects.filter(review=Review.SUBMITTED).get().changes == {"circular": ["", "on"]}


def test_what_arrived_meanwhile_is_shown_even_after_another_fault_was_mended(people):
    staff, second = people
    said, opened = filled(second, FORM), seen(second, FORM)
    change(staff, about="Arrivé avant.")
    page = second.post(FORM, said | {"seen": opened, "name": ""})
    assert "Pendant que vous écriviez" not in read(page)
    assert page.context["hidden"] == [("seen", opened)]
    page = read(second.post(FORM, said | {"seen": opened, "name": "Un nom"}))
    assert "Pendant que vous écriviez" in page and "Arrivé" in page


def test_a_record_that_changed_meanwhile_is_read_beside_what_it_says_now(people):
    """As an import would: one field that the change touches, and one that it does not."""
    staff, second = people
    change(staff, about="Proposé.")
    stamp = second.get(REQUEST).context["stamp"]
    held = Project.objects.get(slug="tech-3e")
    held.about, held.name = "Venu d’un fichier.", "TECH 3E bis"
    held.save()
    assert "a changé depuis" in act(second, "publish", stamp=stamp)
    page = read(second.get(REQUEST))
    assert "Changé entre-temps" in page and "fichier." in page
    act(second, "publish")
    held.refresh_from_db()
    assert (held.about, held.name) == ("Proposé.", "TECH 3E bis")
    assert Publication.objects.get().changes["about"] == ["Venu d’un fichier.", "Proposé."]


def test_what_can_no_longer_be_is_said_and_sent_back(people):
    staff, second = people
    held = Project.objects.get(slug="tech-3e")
    change(staff, name="Campus du futur")
    enter(Project(name="Campus du futur", kind="site", axis="industrie", lead=held.lead, source="essai"))
    assert "ne peut plus être faite telle quelle" in read(second.get(REQUEST))
    assert "est déjà au registre" in act(second, "publish")
    assert Project.objects.get(slug="tech-3e").name == held.name
    assert "Renvoyée" in act(second, "back", note="Ce nom est pris.")


def test_a_new_lead_is_added_only_once_it_is_published(people):
    staff, second = people
    change(staff, lead="Régie de quartier", lead_choice="+other")
    assert not Organisation.objects.filter(name="Régie de quartier").exists()
    assert "Régie de quartier – l’ajouter : autre personne morale" in read(second.get(REQUEST))
    change(staff, about="Avec elle.")
    assert Publication.objects.get().changes["lead_choice"] == ["", "+other"]
    act(second, "publish")
    assert Project.objects.get(slug="tech-3e").lead.name == "Régie de quartier"


def test_a_site_keeps_its_commune_and_takes_another_only_once_published(people, client):
    staff, second = people
    form, page = "/equipe/sites/bridgestone-bethune/modifier/", request_page("sites", "bridgestone-bethune")
    change(staff, form, address="Rue des Écoles")
    assert set(Publication.objects.get().changes) == {"address"}
    change(staff, form, commune="62178", latitude="", longitude="")
    row = Publication.objects.get()
    assert row.changes["commune"][1] == "62178"
    assert "(62119)" in read(second.get(page)) and "(62178)" in read(second.get(page))
    assert Site.objects.get(slug="bridgestone-bethune").commune.code == "62119"
    act(second, "publish", page)
    site = Site.objects.get(slug="bridgestone-bethune")
    assert (site.commune, site.address) == (Territory.objects.get(subject__code="62178"), "Rue des Écoles")
    assert site.published and "Rue des Écoles" in site.about + site.address


def test_aid_and_promises_are_changed_by_two_as_well(people, client):
    staff, second = people
    made = line(company("Alpha"), about="Une halle", legal_basis="délibération", published=True)
    moved(made, amount=80_000)
    form, page = f"/equipe/aides/{made.pk}/modifier/", request_page("aides", made.pk)
    assert "sur quelle base" in change(staff, form, legal_basis="")
    change(staff, form, about="Une halle de réemploi", jobs="12")
    assert "Une halle de réemploi" not in read(client.get("/aides/"))
    act(second, "publish", page)
    assert "Une halle de réemploi" in read(client.get("/aides/"))
    slug = "ambassadeurs-numeriques"
    form, page = f"/equipe/engagements/{slug}/", request_page("engagements", slug)
    change(staff, form, due_on="2031-03-01")
    assert "1er mars 2031" in read(second.get(page))
    assert "1er mars 2031" not in read(client.get("/engagements/"))
    act(second, "publish", page)
    assert "1er mars 2031" in read(client.get("/engagements/"))


def test_what_the_database_would_refuse_is_said_to_whoever_proposes_it(people):
    staff, _ = people
    made = line(company("Alpha"), about="Une halle", legal_basis="délibération", published=True)
    told = {"kind": "site", "axis": "industrie", "source": "essai", "origin": Origin.DEMO}
    fictive = enter(Project(name="Projet fictif", **told))
    page = change(staff, f"/equipe/aides/{made.pk}/modifier/", project=str(fictive.pk))
    assert "ne se rattache pas" in page
    assert not Publication.objects.exists()


def test_a_record_taken_off_the_public_keeps_the_change_that_waited(people):
    staff, second = people
    change(staff, about="En attente.")
    act(second, "withdraw", note="En double")
    assert "Une modification est déjà proposée" in act(staff, "ask")
    act(second, "publish")
    held = Project.objects.get(slug="tech-3e")
    assert (held.about, held.published) == ("En attente.", False)


def test_lines_of_a_text_are_no_change_by_themselves(people):
    staff, _ = people
    Project.objects.filter(slug="tech-3e").update(about="Une ligne.\nUne autre.")
    change(staff, about="Une ligne.\r\nUne autre.", circular="on")
    assert set(Publication.objects.get().changes) == {"circular"}
