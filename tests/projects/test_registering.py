"""Staff add sites and projects on screen, a second person makes them public, new names are found."""

import re

import pytest
from django.db import IntegrityError, transaction

from agglo.figures.models import Subject
from agglo.figures.vocabulary import Review
from projects.models import Commitment, Organisation, Project, Publication, Site
from projects.registering import enter, free_key
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.two import changed_by_two
from tests.projects.two import stamp as stamp_now

pytestmark = pytest.mark.django_db
NEW, NEW_SITE = "/equipe/projets/nouveau/", "/equipe/sites/nouveau/"


@pytest.fixture
def author(attested):
    return person("staff")


@pytest.fixture
def staff(author):
    return client_of(author)


@pytest.fixture
def reviewer(attested):
    return client_of(person("reviewer"))


def typed(**more) -> dict:
    said = {
        "name": "Atelier de réemploi",
        "kind": "ecology",
        "axis": "industrie",
        "source": "Bureau du 3 mars",
    }
    return said | more


def ask(client, kind: str, slug: str, act: str = "ask", **more) -> str:
    return read(client.post(f"/equipe/publication/{kind}/{slug}/", {"act": act, **more}, follow=True))


def test_four_fields_make_a_project_with_its_key_its_row_in_the_ledger_and_nothing_public(staff):
    page = read(staff.post(NEW, typed(), follow=True))
    assert "Projet gardé" in page and "Demander la publication" in page
    made = Project.objects.get(slug="atelier-de-reemploi")
    assert (made.published, made.is_demo, made.lead, made.site) == (False, False, None, None)
    assert (made.subject.name, made.subject.path) == (made.name, "/projets/atelier-de-reemploi/")
    assert staff.get("/projets/atelier-de-reemploi/").status_code == 404
    assert made.name not in read(staff.get("/projets/"))
    listed = read(staff.get("/equipe/listes/projets/?q=reemploi"))
    assert "pas encore public" in listed and 'href="/equipe/projets/atelier-de-reemploi/"' in listed


def test_what_is_missing_is_said_and_what_was_typed_stays(staff):
    before = Project.objects.count()
    page = read(staff.post(NEW, typed(name="", about="Un texte à ne pas perdre", lead="zzz")))
    assert Project.objects.count() == before
    assert "tout ce que vous avez écrit est ici" in page and 'href="#id_name"' in page
    assert "Un texte à ne pas perdre" in page and 'value="zzz"' in page
    assert "Remplissez ce champ" in page


def test_an_empty_choice_is_said_in_words_and_asked_for_when_it_must_be_made(staff):
    page = read(staff.get(NEW))
    assert "---" not in page
    assert '<option value="" selected>à choisir</option>' in page
    assert "Choisissez une réponse" in read(staff.post(NEW, typed(kind="")))


@pytest.mark.parametrize("written", [str, str.upper])
def test_a_project_that_is_there_already_is_not_added_twice(staff, written):
    there = Project.objects.get(slug="tech-3e")
    page = read(
        staff.post(NEW, typed(name=f" {written(there.name)}", lead=there.lead.name if there.lead else ""))
    )
    assert "est déjà au registre" in page


def test_keys_are_made_of_the_name_never_of_a_word_that_an_address_holds(staff):
    assert free_key(Project, "Nouveau") == "nouveau-2"
    assert free_key(Project, "Tech 3e") == "tech-3e-2"
    assert free_key(Site, "«»") == "fiche"
    staff.post(NEW, typed(name="Nouveau"))
    assert staff.get("/equipe/projets/nouveau-2/").status_code == 200


def test_a_key_of_a_deleted_record_whose_figures_remain_is_not_taken_again(staff):
    Subject.objects.create(scheme="PROJET", code="ancien", name="Ancien", kind_label="projet")
    assert free_key(Project, "Ancien") == "ancien-2"


def test_a_site_is_chosen_by_a_few_letters_without_accents(staff):
    site = Site.objects.get(slug="bridgestone-bethune")
    staff.post(NEW, typed(site="brIDgéstone"))
    assert Project.objects.get(slug="atelier-de-reemploi").site == site


def test_several_answers_are_offered_and_the_chosen_one_is_kept(staff):
    words = "site" if Site.objects.search("site").count() > 1 else "a"
    several = list(Site.objects.attested().search(words)[:12])
    page = read(staff.post(NEW, typed(site=words)))
    assert "choisissez ci-dessous" in page or "ajoutez un mot" in page
    assert page.count('name="site_choice"') == len(several) + 1
    staff.post(NEW, typed(site=words, site_choice=str(several[1].pk)))
    assert Project.objects.get(slug="atelier-de-reemploi").site == several[1]


def test_a_choice_that_the_words_do_not_hold_is_not_taken(staff):
    other = Site.objects.get(slug="bridgestone-bethune")
    page = read(staff.post(NEW, typed(site="rien de tel", site_choice=str(other.pk))))
    assert "Rien ne porte ce nom" in page
    assert not Project.objects.filter(slug="atelier-de-reemploi").exists()


def test_an_unknown_lead_is_added_once_its_nature_is_told(staff):
    page = read(staff.post(NEW, typed(lead="Régie de quartier")))
    assert "dites ci-dessous ce qu’il faut ajouter" in page
    assert not Organisation.objects.filter(name="Régie de quartier").exists()
    staff.post(NEW, typed(lead="Régie de quartier", lead_choice="+other"))
    lead = Project.objects.get(slug="atelier-de-reemploi").lead
    assert (lead.name, lead.kind, lead.source) == ("Régie de quartier", "other", "Bureau du 3 mars")


def test_what_was_picked_stays_picked_when_something_else_is_refused(staff):
    said = typed(name="", lead="Régie de quartier", lead_choice="+other")
    page = read(staff.post(NEW, said))
    assert re.search('name="lead_choice" value="[+]other"[^>]*checked', page)
    assert "Rien ne porte ce nom" not in page


def test_a_missing_site_is_added_after_the_project_which_finds_it(staff):
    answer = staff.post(NEW, typed(site="Ancienne verrerie", site_choice="+site"))
    assert Project.objects.get(slug="atelier-de-reemploi").site is None
    assert answer.url.startswith(NEW_SITE)
    assert 'value="Ancienne verrerie"' in read(staff.get(answer.url))
    said = {"name": "Ancienne verrerie", "kind": "brownfield", "commune": "bethune", "source": "Visite"}
    assert staff.post(answer.url, said).url == "/equipe/projets/atelier-de-reemploi/"
    project = Project.objects.get(slug="atelier-de-reemploi")
    assert (project.site.slug, project.site.commune.name) == ("ancienne-verrerie", "Béthune")
    assert Project.objects.search("verrerie").get() == project


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [("50,5", "", "il en manque une"), ("2,6", "50,5", "échangées"), ("ici", "2", "nombre")],
)
def test_a_point_is_whole_and_in_france(staff, latitude, longitude, said):
    form = {"name": "Quai", "kind": "park", "source": "Relevé", "latitude": latitude, "longitude": longitude}
    page = read(staff.post(NEW_SITE, form))
    assert said in page and f'value="{latitude}"' in page
    assert not Site.objects.filter(slug="quai").exists()


def test_a_site_with_a_point_says_that_it_was_stated(staff):
    form = {"name": "Quai", "kind": "park", "source": "Relevé", "latitude": "50,52", "longitude": "2,64"}
    assert staff.post(NEW_SITE, form).url == "/equipe/sites/quai/"
    assert Site.objects.get(slug="quai").position == Site.Position.STATED
    assert "pas encore public" in read(staff.get("/equipe/sites/quai/"))


def test_nobody_publishes_what_they_asked_for_themselves_a_reviewer_included(attested):
    both = person("reviewer")
    alone = client_of(both)
    alone.post(NEW, typed())
    ask(alone, "projets", "atelier-de-reemploi")
    stamp = stamp_now("projets", "atelier-de-reemploi")
    page = ask(alone, "projets", "atelier-de-reemploi", "publish", stamp=stamp)
    assert "Une autre personne" in page
    assert not Project.objects.get(slug="atelier-de-reemploi").published
    row = Publication.objects.get()
    with pytest.raises(IntegrityError, match="decided_by_somebody_else"), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(review=Review.APPROVED, reviewer=both)


def test_a_second_person_reads_publishes_and_everybody_sees_it(staff, reviewer):
    staff.post(NEW, typed(about="Ce que le public lira."))
    assert "Demandé" in ask(staff, "projets", "atelier-de-reemploi")
    assert "Fiche à publier ou à renvoyer, demandée par Staff." in read(reviewer.get("/equipe/"))
    page = read(reviewer.get("/equipe/publication/projets/atelier-de-reemploi/"))
    assert "Ce que le public lira." in page
    assert "Aperçu" in read(reviewer.get("/equipe/publication/projets/atelier-de-reemploi/apercu/"))
    stamp = stamp_now("projets", "atelier-de-reemploi")
    assert "Publiée" in ask(reviewer, "projets", "atelier-de-reemploi", "publish", stamp=stamp)
    assert "Ce que le public lira." in read(client_of("anonymous").get("/projets/atelier-de-reemploi/"))
    assert "à publier ou à renvoyer, demandée" not in read(reviewer.get("/equipe/"))


def test_what_changed_after_it_was_read_is_read_again(staff, reviewer):
    staff.post(NEW, typed())
    ask(staff, "projets", "atelier-de-reemploi")
    stamp = stamp_now("projets", "atelier-de-reemploi")
    staff.post("/equipe/projets/atelier-de-reemploi/modifier/", typed(about="Autre chose"))
    page = ask(reviewer, "projets", "atelier-de-reemploi", "publish", stamp=stamp)
    assert "a changé depuis" in page and "Autre chose" in page
    assert not Project.objects.get(slug="atelier-de-reemploi").published


def test_it_is_sent_back_with_a_note_taken_up_and_asked_again(staff, reviewer):
    staff.post(NEW, typed())
    ask(staff, "projets", "atelier-de-reemploi")
    assert "Écrivez ce qu’il faut reprendre" in ask(
        reviewer, "projets", "atelier-de-reemploi", "back", note=" "
    )
    ask(reviewer, "projets", "atelier-de-reemploi", "back", note="Dites qui le mène.")
    assert "Publication renvoyée : Dites qui le mène." in read(staff.get("/equipe/"))
    assert "Demandé" in ask(staff, "projets", "atelier-de-reemploi")
    assert "Dites qui le mène." not in read(staff.get("/equipe/"))
    assert "Demande reprise" in ask(staff, "projets", "atelier-de-reemploi", "take_back")


def test_staff_alone_neither_publishes_nor_withdraws(staff):
    for act in ("publish", "back", "withdraw"):
        answer = staff.post("/equipe/publication/projets/tech-3e/", {"act": act, "note": "non"})
        assert answer.status_code == 403
    staff.post("/equipe/projets/tech-3e/modifier/", typed(name="TECH 3E", published=""))
    assert Project.objects.get(slug="tech-3e").published


def test_a_reviewer_takes_a_record_off_the_public_with_a_reason(reviewer):
    assert "Dites pourquoi" in ask(reviewer, "projets", "tech-3e", "withdraw", note="")
    assert "Retirée" in ask(reviewer, "projets", "tech-3e", "withdraw", note="En double")
    assert reviewer.get("/projets/tech-3e/").status_code == 404
    assert "En double" in read(reviewer.get("/equipe/publication/projets/tech-3e/"))


def test_a_site_that_is_renamed_on_screen_takes_its_projects_along(attested):
    project = Project.objects.filter(site__slug="bridgestone-bethune").first()
    site = project.site
    form = "/equipe/sites/bridgestone-bethune/modifier/"
    changed_by_two(form, "sites", "bridgestone-bethune", name="Parc du Lawe")
    assert project in Project.objects.search("lawe")
    assert project not in Project.objects.search("bridgestone lawe pneus")
    assert Subject.objects.get(pk=site.subject_id).name == "Parc du Lawe"


def test_a_lead_that_is_renamed_takes_projects_and_promises_along(attested):
    promise = Commitment.objects.exclude(promiser=None).first()
    promise.promiser.name = "Nom d’après"
    promise.promiser.save()
    assert promise in Commitment.objects.search("nom apres")


def test_a_name_typed_as_it_stands_means_the_same_site_even_when_two_have_it(staff):
    twins = [
        enter(Site(name="Le Port", kind="park", source="essai", address=address))
        for address in ("1 quai", "2 quai")
    ]
    project = enter(Project(name="Grue", kind="site", axis="industrie", source="essai", site=twins[1]))
    staff.post("/equipe/projets/grue/modifier/", typed(name="Grue", site="Le Port"))
    project.refresh_from_db()
    assert project.site == twins[1]


def test_a_site_added_for_a_project_leads_back_to_it_and_says_whose_sheet_is_not_public(staff):
    staff.post(NEW, typed(name="Quai des ateliers"))
    said = {"name": "Quai au charbon", "kind": "brownfield", "source": "Bureau"}
    page = read(staff.post(f"{NEW_SITE}?projet=quai-des-ateliers", said, follow=True))
    assert "rattaché à ce projet" in page and "Quai des ateliers" in page
    assert Project.objects.get(slug="quai-des-ateliers").site.name == "Quai au charbon"
