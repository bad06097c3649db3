"""Long lists: choices with what each would leave, columns one chooses, views one keeps, files that say so."""

import io
import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from projects import list_file
from projects.listing import PAGE
from projects.models import Gate, LifeStage, Lot, Passage, Project, SavedView, Site, Stage
from tests.people import client_of, person
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db


def test_each_choice_says_what_it_would_leave_and_empty_ones_are_not_offered(ground, client):
    Site.objects.filter(slug="sans-lieu").update(origin=Origin.DEMO)
    body = read(client.get("/sites/"))
    assert "site industriel – 2, et 1 inventé<" in body
    assert "Béthune – 1<" in body
    assert "campus –" not in body
    body = read(client.get("/sites/?commune=62119"))
    assert "site industriel – 1<" in body
    assert "Douvrin – 1<" in body  # counted without the commune that is chosen
    assert "1 site</caption>" in body


def test_stages_are_counted_beside_their_choices_each_site_once_a_stage_in_force(ground, client):
    acc, old = Site.objects.get(slug="acc-douvrin"), Site.objects.get(slug="bridgestone-bethune")
    invented = Site.objects.get(slug="sans-lieu")
    Site.objects.filter(pk=invented.pk).update(origin=Origin.DEMO)
    lots = [Lot.objects.create(site=old, code=f"l{n}", name=f"L{n}", source="essai") for n in (1, 2)]
    for site, lot, stage, start, end in (
        (acc, None, Stage.ACTIVE, date(2020, 1, 1), None),
        (old, None, Stage.ACTIVE, date(1961, 1, 1), date(2021, 5, 1)),
        (old, lots[0], Stage.CLEAN_UP, date(2022, 1, 1), None),
        (old, lots[1], Stage.CLEAN_UP, date(2023, 1, 1), None),
        (old, None, Stage.MARKETING, None, None),
        (invented, None, Stage.MARKETING, date(2024, 1, 1), None),
    ):
        origin = Origin.DEMO if site == invented else Origin.ATTESTED
        LifeStage.objects.create(
            site=site, lot=lot, stage=stage, start=start, end=end, source="essai", origin=origin
        )
    body = read(client.get("/sites/"))
    assert "en activité – 1<" in body and "dépollution – 1<" in body
    assert "commercialisation – 1, et 1 inventé<" in body
    assert "viabilisation –" not in body
    body = read(client.get(f"/sites/?etape={int(Stage.MARKETING)}&commune=62119"))
    assert "commercialisation – 1<" in body and "dépollution – 1<" in body
    assert "en activité –" not in body


def test_a_facet_follows_the_words_that_are_searched(ground, client):
    body = read(client.get("/projets/?q=batteries"))
    assert "en projet – 1<" in body
    assert "2 projets" not in body


def test_columns_are_chosen_in_the_address_and_no_cookie_is_set(ground, client):
    usual = read(client.get("/sites/"))
    assert 'data-label="Étapes en cours"' in usual
    answer = client.get("/sites/?col=pollution&col=source&q=usine")
    body = read(answer)
    assert 'data-label="Pollution du sol"' in body
    assert 'data-label="Étapes en cours"' not in body
    assert 'name="col" value="source" checked' in body
    assert "/sites.xlsx?col=pollution&amp;col=source&amp;q=usine" in body
    assert not answer.cookies


def test_a_public_workbook_tells_its_filters_date_definitions_and_licence(ground, client):
    book = load_workbook(io.BytesIO(client.get("/sites.xlsx?commune=62276").getvalue()))
    said = {row[0]: row[1] for row in book["À lire"].iter_rows(values_only=True)}
    assert said["filtres"] == "Commune = Douvrin"
    assert said["licence"] == "Licence Ouverte 2.0"
    assert said["nature"] == "Ce que le site est."
    rows = list(book["Données"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["site", "acc-douvrin"]
    assert client.get("/sites.pdf").status_code == 404


def test_where_a_project_stands_is_kept_by_the_database(ground):
    project = Project.objects.get(slug="etude")
    assert (project.gate, project.gate_on) == (Gate.DESIGN, date(2024, 1, 1))
    told = {"project": project, "source": "essai"}
    later, before = date(2025, 1, 1), date(2023, 1, 1)
    last = Passage.objects.create(gate=Gate.UNDERWAY, on=later, until=later, **told)
    Passage.objects.create(gate=Gate.IDEA, on=before, until=before, **told)
    project.about = "Enregistré avec ce que le programme croyait encore."
    project.save()
    project.refresh_from_db()
    assert (project.gate, project.gate_on) == (Gate.UNDERWAY, later)
    last.delete()
    project.refresh_from_db()
    assert project.gate == Gate.DESIGN


def test_a_view_is_kept_under_a_name_and_is_nobody_elses(ground):
    mine, other = person("staff"), person("staff", email="autre@exemple.fr")
    browser = client_of(mine)
    query = "nature=industrial&col=source"
    browser.post("/equipe/listes/sites/garder/", {"nom": "Les usines", "query": query})
    body = read(browser.get("/equipe/listes/sites/"))
    assert f'href="/equipe/listes/sites/?{query.replace("&", "&amp;")}"' in body
    assert "Les usines" not in read(client_of(other).get("/equipe/listes/sites/"))
    assert "Les usines" not in read(browser.get("/equipe/listes/projets/"))
    view = SavedView.objects.get()
    assert client_of(other).post(f"/equipe/listes/sites/{view.pk}/oublier/").status_code == 404
    browser.post("/equipe/listes/sites/garder/", {"nom": "Les usines", "query": "q=acc"})
    assert SavedView.objects.get().query == "q=acc"
    assert "Donnez un nom" in read(browser.post("/equipe/listes/sites/garder/", {"nom": " "}, follow=True))
    browser.post(f"/equipe/listes/sites/{view.pk}/oublier/")
    assert not SavedView.objects.exists()
    assert get_user_model().objects.count() == 2


def test_staff_see_what_is_not_published_and_the_public_does_not(ground, client):
    Site.objects.filter(slug="acc-douvrin").update(published=False)
    assert "Usine de batteries" not in read(client.get("/sites/"))
    assert "Douvrin" not in read(client.get("/sites/"))
    browser = client_of("staff")
    assert "Usine de batteries" in read(browser.get("/equipe/listes/sites/?commune=62276"))
    assert browser.get("/equipe/listes/lieux/").status_code == 404


def lay(numbers: range) -> None:
    commune = Site.objects.get(slug="acc-douvrin").commune
    for number in numbers:
        slug = f"essai-{number}"
        subjects = [Subject.objects.create(scheme=s, code=slug, name=slug) for s in ("SITE", "PROJET")]
        told = {"slug": slug, "name": slug, "source": "essai", "published": True}
        site = Site.objects.create(subject=subjects[0], kind="park", commune=commune, **told)
        Project.objects.create(subject=subjects[1], kind="site", axis="industrie", site=site, **told)


def asked(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path).getvalue()
    return len(captured)


@pytest.mark.parametrize("path", ["/sites/", "/projets/", "/sites/?q=essai&page=2", "/carte/"])
def test_queries_do_not_grow_with_records(ground, client, path):
    lay(range(30))
    before = asked(client, path)
    lay(range(30, 90))
    assert asked(client, path) <= before


def test_choices_are_counted_in_one_query_whatever_the_filters(ground, client):
    lay(range(30))
    before = asked(client, "/projets/")
    assert asked(client, "/projets/?nature=site&axe=industrie&q=essai") == before


@pytest.mark.parametrize("path", ["/sites.csv", "/projets.csv"])
def test_a_file_is_read_in_one_query_however_long(ground, client, path):
    names = [f"long-{number}" for number in range(list_file.AT_ONCE + 10)]
    for scheme, model, told in (
        ("SITE", Site, {"kind": "park"}),
        ("PROJET", Project, {"kind": "site", "axis": "industrie"}),
    ):
        subjects = Subject.objects.bulk_create(Subject(scheme=scheme, code=n, name=n) for n in names)
        model.objects.bulk_create(
            model(subject=one, slug=one.code, name=one.name, source="essai", published=True, **told)
            for one in subjects
        )
    assert asked(client, path) == 1
    assert client.get(path).getvalue().decode().count("long-") >= len(names)


def test_a_file_begins_before_its_first_row_is_read(ground, client):
    with CaptureQueriesContext(connection) as captured:
        first = next(iter(client.get("/projets.csv").streaming_content))
    assert first.decode().splitlines()[-1].startswith("projet;intitule;")
    assert len(captured) == 0


@pytest.mark.parametrize("sort", ["axis", "-axis", "lead", "-gate", "name", "-updated_at&col=updated_at"])
def test_each_record_stands_on_one_page_and_only_one(ground, client, sort):
    """Records that a column holds equal too; pages of the second half are read from the end."""
    lay(range(70))
    Project.objects.filter(slug__startswith="essai").update(updated_at=timezone.now())
    many = Project.objects.count()
    said = []
    for page in range(1, -(-many // PAGE) + 1):
        body = read(client.get(f"/projets/?sort={sort}&page={page}"))
        table = body[body.index("<tbody") : body.index("</tbody")]
        said += re.findall(r'href="/projets/([^/"?]+)/"', table)
    assert len(said) == len(set(said)) == many
    whole = client.get(f"/projets.csv?sort={sort}").getvalue().decode().splitlines()
    rows = [line.split(";")[0] for line in whole if not line.startswith(("#", "\ufeff#"))][1:]
    assert said == rows
