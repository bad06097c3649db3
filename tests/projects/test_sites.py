"""Sites: what the database refuses, stages that coexist and go back, the list, its file, and one page."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from agglo.accounts.models import AuditEntry
from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from projects.loading import load_projects
from projects.models import LifeStage, Occupancy, Organisation, Ownership, Site, Stage, Surface
from projects.models.life import goes_back
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(attested) -> Site:
    return Site.objects.get(slug="bridgestone-bethune")


def new_site(slug: str, **fields) -> Site:
    subject = Subject.objects.create(scheme="SITE", code=slug, name=slug, kind_label="site")
    return Site.objects.create(
        subject=subject,
        slug=slug,
        **{"name": slug, "kind": "brownfield", "source": "essai", "published": True} | fields,
    )


def refused(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_loading_again_changes_nothing_and_keeps_what_people_wrote(attested):
    Site.objects.filter(slug="acc-douvrin").update(about="Écrit par le service.")
    before = AuditEntry.objects.count()
    assert load_projects() == attested
    assert AuditEntry.objects.count() == before
    assert Site.objects.get(slug="acc-douvrin").about == "Écrit par le service."


def test_every_attested_record_names_its_source(attested):
    for model in (Organisation, Site, Surface, Ownership, LifeStage, Occupancy):
        assert not model.objects.filter(source="").exists(), model
        assert not model.objects.exclude(origin=Origin.ATTESTED).exists(), model


def test_sites_loaded_before_their_communes_find_them_later(facts):
    from django.core.management import call_command

    load_projects()
    assert Site.objects.get(slug="acc-douvrin").commune is None
    call_command("load_territory", verbosity=0)
    load_projects()
    site = Site.objects.get(slug="acc-douvrin")
    assert site.commune.name == "Douvrin"
    assert "douvrin" in site.search_key


def test_the_database_refuses_what_cannot_be(site):
    sig = Organisation.objects.get(slug="sig")
    told = {"site": site, "source": "essai"}
    refused("surface_is_positive", lambda: Surface.objects.create(kind="ground", square_metres=0, **told))
    refused(
        "ownership_names_legal_persons_only",
        lambda: Ownership.objects.create(nature="natural", owner=sig, **told),
    )
    refused(
        "life_stage_is_ordered",
        lambda: LifeStage.objects.create(stage=3, start=date(2022, 1, 2), end=date(2022, 1, 1), **told),
    )
    refused("life_stage_is_known", lambda: LifeStage.objects.create(stage=40, **told))
    refused(
        "occupancy_siret_check_digit",
        lambda: Occupancy.objects.create(occupant=sig, siret="20007246000011", **told),
    )
    refused("site_stated_point_is_there", lambda: new_site("sans-point", position="stated"))


def test_a_real_siren_passes_and_an_invented_one_is_of_class_fictional_only(attested):
    def organisation(siren, origin):
        return Organisation.objects.create(
            slug=f"essai-{siren}", name="Essai", kind="company", siren=siren, origin=origin, source="essai"
        )

    refused("organisation_siren_check_digit", lambda: organisation("200072461", Origin.ATTESTED))
    refused("organisation_siren_check_digit", lambda: organisation("246200364", Origin.DEMO))
    organisation("246200364", Origin.ATTESTED)
    organisation("200072461", Origin.DEMO)


def test_stages_coexist(site):
    now = Site.objects.for_list().get(pk=site.pk).stages_now
    assert [one.stage for one in now] == [Stage.SETTLING, Stage.ACTIVE_AGAIN]
    for stage in (Stage.SETTLING, Stage.ACTIVE_AGAIN):
        assert site in Site.objects.at_stage(stage)
    assert site not in Site.objects.at_stage(Stage.ACTIVE)
    assert site in Site.objects.at_stage(Stage.ACTIVE, date(2020, 1, 1))


def test_a_step_back_is_told_and_lots_are_told_apart(attested):
    site = new_site("recul")
    told = {"site": site, "source": "essai"}
    far = LifeStage.objects.create(
        stage=Stage.SERVICING, start=date(2022, 1, 1), end=date(2023, 1, 1), **told
    )
    back = LifeStage.objects.create(
        stage=Stage.CLEAN_UP, start=date(2023, 1, 1), reason="plomb trouvé", **told
    )
    assert goes_back([far, back]) == {back.pk}
    far.end = date(2024, 1, 1)
    assert goes_back([far, back]) == set()  # both at once
    far.end, back.lot_id = date(2023, 1, 1), 7
    assert goes_back([far, back]) == set()


def test_every_change_is_in_the_trail(site):
    site.zoning = "U"
    site.save()
    entry = AuditEntry.objects.about(site).first()
    assert (entry.before["zoning"], entry.after["zoning"]) == ("", "U")


@pytest.mark.parametrize(
    ("query", "there", "absent"),
    [
        ("?q=bethune", "Ancien site Bridgestone", "LogisterrA26"),
        ("?q=NŒUX", "LogisterrA26", "Ancien site Bridgestone"),
        ("?nature=campus", "Campus universitaire de Béthune", "LogisterrA26"),
        ("?commune=62276", "Usine de batteries ACC", "LogisterrA26"),
        ("?etape=10", "Ancien site Bridgestone", "Campus universitaire"),
    ],
)
def test_the_list_is_filtered_without_accents(client, attested, query, there, absent):
    body = read(client.get(f"/sites/{query}"))
    table = body[body.index("<tbody>") :]
    assert there in table
    assert absent not in table


def test_nothing_found_says_so_and_a_wrong_filter_is_told(client, attested):
    assert "Aucun site ne répond à ces filtres." in read(client.get("/sites/?q=zzz"))
    assert "Sélectionnez un choix valide" in read(client.get("/sites/?nature=chateau"))


def test_an_empty_list_still_answers(client, db):
    assert "Aucun site n’est encore publié." in read(client.get("/sites/"))


def test_the_file_holds_what_is_filtered_and_says_so(client, attested):
    body = read(client.get("/sites.csv?nature=campus"))
    head = [line for line in body.splitlines() if line.startswith(("#", "\ufeff#"))]
    assert any("Nature = campus" in line for line in head)
    rows = list(csv.DictReader(io.StringIO(body.split("\n", len(head))[len(head)]), delimiter=";"))
    assert [row["site"] for row in rows] == ["campus-bethune"]
    assert rows[0]["classe"] == "attesté"


def test_no_cell_of_the_file_starts_a_formula(client, attested):
    new_site("piege", name="=1+1")
    assert ";'=1+1;" in read(client.get("/sites.csv"))


def test_what_is_not_published_is_not_there(client, attested):
    new_site("cache", name="Projet discret", published=False)
    assert client.get("/sites/cache/").status_code == 404
    for path in ("/sites/", "/sites.csv"):
        assert "Projet discret" not in read(client.get(path))


def test_the_page_keeps_every_source_and_the_words(client, site):
    body = read(client.get("/sites/bridgestone-bethune/"))
    for said in (
        "32 ha",
        "16 ha",
        "1,2 ha",
        "12 000 m², environ 25 % du site",
        "SIG",
        "depuis le 1er janvier 2022",
    ):
        assert said in body
    assert "« L’entreprise BlackStar s’y installera prochainement »" in body
    assert "Projets d’implantation à l’étude" in body  # the ledger's own figure
    assert "Plateforme industrielle multi-activités" in body
    assert (
        Subject.objects.get(scheme="SITE", code="bridgestone-bethune").path == "/sites/bridgestone-bethune/"
    )


def test_the_page_follows_the_date_asked_for(client, site):
    body = read(client.get("/sites/bridgestone-bethune/?connu_le=2021-03-01"))
    assert "Les chiffres de cette page sont ceux que l’on connaissait le 1er mars 2021" in body
    assert "Vous lisez ce que l’on savait" not in body
    assert "Projets d’implantation à l’étude" not in body
    assert "n’est pas une date" in read(client.get("/sites/bridgestone-bethune/?connu_le=hier"))


def test_a_natural_person_is_never_named(client, site):
    Ownership.objects.create(site=site, nature="natural", source="Cadastre", start=date(2024, 1, 1))
    assert "personne physique" in read(client.get("/sites/bridgestone-bethune/"))


def test_queries_do_not_grow_with_sites(client, attested, django_assert_max_num_queries):
    for number in range(60):
        LifeStage.objects.create(site=new_site(f"site-{number}"), stage=4, source="essai")
    with django_assert_max_num_queries(8):
        client.get("/sites/")
    with django_assert_max_num_queries(5):
        client.get("/sites.csv")
    with django_assert_max_num_queries(19):
        client.get("/sites/bridgestone-bethune/")
