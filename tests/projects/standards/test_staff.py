"""The pages of staff: bring, read cell by cell, accept, take back; Cartofriches by commune."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agglo.opendata import archive
from agglo.opendata.models import RawAnswer, Run, Status
from projects.models import Site, StandardImport
from projects.standards import carrying, cartofriches
from tests.people import client_of
from tests.projects.conftest import read
from tests.projects.standards.conftest import as_csv, rows_of

pytestmark = pytest.mark.django_db
HOME = "/equipe/standards/"


@pytest.fixture
def staff(agent):
    return client_of(agent)


def send(staff, code: str, *rows, content: bytes | None = None):
    """The page of the file once a worker compared it."""
    file = SimpleUploadedFile("f.csv", as_csv(code, *rows) if content is None else content)
    return worked(staff, staff.post(f"{HOME}apporter/", {"classe": code, "fichier": file}, follow=True))


def worked(browser, answer):
    """What the page says once a worker did what it was asked."""
    brought = StandardImport.objects.order_by("pk").last()
    if brought is None or carrying.carry_on(brought.pk) is None:
        return answer
    return browser.get(f"{HOME}{brought.pk}/")


@pytest.fixture
def second(reviewer):
    return client_of(reviewer)


def test_a_file_is_read_cell_by_cell_then_accepted_by_another_then_taken_back(
    staff, second, territory, example
):
    body = read(
        send(staff, "friches", example("friches"), example("friches", site_id="x", site_type="usine"))
    )
    brought = StandardImport.objects.get()
    page = f"{HOME}{brought.pk}/"
    assert "Rien n’est écrit" in body
    assert "« usine » n’est pas un mot du standard" in body
    refused = rows_of(read(staff.get(f"{page}refus.csv")).lstrip("\ufeff"))
    assert (refused[0]["ligne"], refused[0]["site_id"]) == ("3", "x")
    assert "usine" in refused[0]["raison"]
    mine = read(staff.get(page))
    assert "une autre personne, valideur, l’accepte" in mine and 'value="all"' not in mine
    assert "Une autre personne" in read(staff.post(f"{page}accepter/", {"act": "all"}, follow=True))
    assert not Site.objects.exists()
    assert "Aucune ligne n’était cochée" in read(
        second.post(f"{page}accepter/", {"act": "chosen"}, follow=True)
    )
    assert 'value="all">Accepter la ligne<' in read(second.get(page))
    done = second.post(f"{page}accepter/", {"act": "chosen", "row": "12083_22-12.0017"}, follow=True)
    assert "En cours d’écriture" in read(done) and not Site.objects.exists()
    assert "Ce qui a été écrit" in read(worked(second, done))
    assert Site.objects.get().published is False
    assert "est acceptée" in read(second.post(f"{page}accepter/", {"act": "all"}, follow=True))
    assert 'badge--wait">annulée' in read(worked(staff, staff.post(f"{page}annuler/", follow=True)))
    assert not Site.objects.exists()


def test_a_file_that_cannot_be_read_comes_back_with_its_sentence(staff, territory):
    response = send(staff, "friches", content=b"a;b\n1;2\n")
    assert response.status_code == 400
    assert "La colonne site_id manque" in read(response)
    assert not StandardImport.objects.exists()


def test_staff_take_away_everything_and_the_public_only_what_is_published(
    staff, second, client, territory, example
):
    send(staff, "friches", example("friches"))
    worked(second, second.post(f"{HOME}{StandardImport.objects.get().pk}/accepter/", {"act": "all"}))
    assert len(rows_of(staff.get(f"{HOME}friches.csv").content.decode())) == 1
    assert rows_of(client.get("/standards/friches.csv").content.decode()) == []


def test_abandoning_writes_nothing(staff, territory, example):
    send(staff, "friches", example("friches"))
    staff.post(f"{HOME}{StandardImport.objects.get().pk}/abandonner/")
    assert StandardImport.objects.get().state == "abandoned"
    assert not Site.objects.exists()


SQUARE = [[[2.6, 50.5], [2.61, 50.5], [2.61, 50.51], [2.6, 50.51], [2.6, 50.5]]]


def feature(number: int, **said) -> dict:
    properties = {
        "site_nom": f"Friche {number}", "site_type": "inconnu", "site_statut": "friche avec projet",
        "comm_insee": "62119", "comm_nom": "BETHUNE", "unite_fonciere_surface": 2022.6,
        "unite_fonciere_refcad": ["62119000AB0012"], "proprio_personne": "personne morale",
        "proprio_nom": "['abîmé'", "source_nom": "essai", "nature": "observatoire", **said,
    }  # fmt: skip
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    return {"id": f"62119_{number}", "type": "Feature", "geometry": geometry, "properties": properties}


@pytest.fixture
def archived(territory, settings, tmp_path):
    """The last answer of Cartofriches, in the archive as a refresh leaves it."""
    settings.OPENDATA_ARCHIVE = tmp_path
    features = [feature(1), feature(2, site_type="mixte"), feature(3, comm_insee="62178")]
    body = {"type": "FeatureCollection", "count": 3, "next": None, "features": features}
    with archive.receiving() as kept:
        kept.write(json.dumps(body).encode())
    run = Run.objects.create(code="cerema-cartofriches", status=Status.SUCCEEDED, finished_at=timezone.now())
    RawAnswer.objects.create(
        run=run,
        url="https://exemple.fr/geofriches/",
        checksum=kept.checksum,
        size=1,
        received_at=timezone.now(),
    )


def test_cartofriches_is_proposed_by_commune_and_replaces_nothing_by_itself(staff, second, archived):
    assert "Béthune (2 friches)" in read(staff.get(HOME))
    body = read(worked(staff, staff.post(f"{HOME}cartofriches/", {"commune": "62119"}, follow=True)))
    assert "« mixte » est un mot d’avant ; lu « mixte - autre »" in body
    assert "il n’est pas repris" in body
    assert not Site.objects.exists()
    brought = StandardImport.objects.get()
    worked(second, second.post(f"{HOME}{brought.pk}/accepter/", {"act": "all", "published": "on"}))
    site = Site.objects.get(name="Friche 1")
    assert (site.kind, site.commune.code, str(site.longitude)) == ("brownfield", "62119", "2.60500")
    assert site.outline["type"] == "Polygon"
    assert site.surfaces.get().square_metres == 2023
    rows = rows_of(staff.get("/standards/friches.csv").content.decode())
    assert [row["site_type"] for row in rows] == ["inconnu", "mixte - autre"]
    # Staff correct the site: the next answer shows beside their word, and waits.
    Site.objects.filter(pk=site.pk).update(name="Halle Dupuis")
    body = read(worked(staff, staff.post(f"{HOME}cartofriches/", {"commune": "62119"}, follow=True)))
    assert "Halle Dupuis" in body
    assert Site.objects.get(pk=site.pk).name == "Halle Dupuis"


def test_without_an_answer_the_page_says_where_to_ask(staff, territory):
    assert cartofriches.last() is None
    assert "n’a encore jamais été reçu" in read(staff.get(HOME))
