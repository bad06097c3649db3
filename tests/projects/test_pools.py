"""Jobs are declared on screen: a pool of a project or a site, then numbers; by two where it is public."""

from datetime import date

import pytest

from agglo.figures.vocabulary import Evidence, Origin
from projects.horizon_page import horizon_books
from projects.job_parts import pools_of
from projects.job_table import job_table
from projects.models import JobClaim, JobPool, Project, Site
from projects.publishable import stamp_of
from tests.people import client_of
from tests.projects.conftest import read
from tests.projects.two import put_by_two

pytestmark = pytest.mark.django_db
HOME = "/equipe/emplois/"
SAID = {
    "scheme": "implantation", "evidence": 2, "qualifier": 1, "number": "40", "as_of": "2025-01-15",
    "horizon": "24", "transferred": "", "source": "Délibération",
}  # fmt: skip


@pytest.fixture
def staff(attested):
    return client_of("staff")


@pytest.fixture
def draft(attested) -> Project:
    Project.objects.filter(slug="tech-3e").update(published=False)
    return Project.objects.get(slug="tech-3e")


@pytest.fixture
def pool(draft) -> JobPool:
    return JobPool.objects.create(slug="tech-3e", name="Emplois de l’école", project=draft)


def form_of(pool: JobPool, more: str = "nombre/") -> str:
    return f"/equipe/projets/{pool.project.slug}/gisements/{pool.pk}/{more}"


def test_a_pool_then_a_number_are_added_from_the_page_of_jobs(staff, draft):
    assert "/equipe/emplois/gisement/" in read(staff.get(HOME))
    chosen = staff.post(f"{HOME}gisement/", {"project": draft.name})
    assert chosen.url == "/equipe/projets/tech-3e/gisements/"
    assert "l’un des deux" in read(staff.post(f"{HOME}gisement/", {"project": ""}))
    staff.post(chosen.url, {"name": "Emplois de l’école"})
    pool = JobPool.objects.get(project=draft)
    assert pool.slug == "tech-3e-emplois-de-lecole"
    assert "déjà au registre" in read(staff.post(chosen.url, {"name": "emplois de l’école"}))
    page = read(staff.get(f"{HOME}?q=l’école"))
    assert form_of(pool) in page and "Aucun nombre encore" in page
    assert staff.post(form_of(pool), SAID).url == HOME
    claim = pool.claims.get()
    assert (claim.number, claim.horizon, claim.due_on, claim.transferred) == (40, 24, date(2027, 1, 15), 0)
    assert (claim.evidence, claim.confirmed_by, claim.origin) == (Evidence.ANNOUNCED, "", draft.origin)
    assert "environ 40, annoncé, au 15 janvier 2025, à 24 mois" in read(staff.get(HOME + "?q=école"))


def test_jobs_of_what_is_not_public_are_on_no_public_page_until_it_is(staff, pool, client):
    staff.post(form_of(pool), SAID | {"number": "7777"})
    for page in ("/emplois/", "/emplois.csv", "/"):
        assert "7777" not in read(client.get(page)).replace(" ", ""), page
    assert 7777 not in [one.announced for book in horizon_books() for one, _, _ in book.rows]
    Project.objects.filter(pk=pool.project_id).update(published=True)
    assert 7777 in [one.announced for book in horizon_books() for one, _, _ in book.rows]


def test_the_share_of_a_pool_is_given_and_its_jobs_are_counted(staff, client):
    acc = JobPool.objects.get(slug="acc")
    page = put_by_two(
        staff,
        f"/equipe/projets/{acc.project.slug}/gisements/{acc.pk}/",
        {"name": acc.name, "shared_with": acc.shared_with, "share": "50"},
    )
    assert "Publiée" in page
    table = job_table(JobClaim.objects.filter(pool=acc))
    assert [one.count.net for one in table.counts] == [1000] and not table.aside


def test_under_a_public_record_a_number_waits_for_a_second_person(staff, client):
    logs = JobPool.objects.get(slug="logs-logistique")
    form, page = (
        f"/equipe/sites/bridgestone-bethune/gisements/{logs.pk}/nombre/",
        "/sites/bridgestone-bethune/",
    )
    staff.post(form, SAID | {"number": "4321"})
    assert not JobClaim.objects.filter(number=4321).exists()
    put_by_two(staff, form, SAID | {"number": "4322"})
    assert "4 322" in read(client.get(page)) and "4 321" not in read(client.get(page))


def test_no_number_of_a_public_page_is_written_alone_through_a_draft(draft):
    site = Site.objects.get(slug="bridgestone-bethune")
    both = JobPool.objects.create(slug="both", name="Les deux", project=draft, site=site)
    assert both not in pools_of(draft) and both in pools_of(site)
    Project.objects.filter(pk=draft.pk).update(published=True)
    draft.refresh_from_db()
    assert both in pools_of(draft) and both not in pools_of(site)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": ""}, "obligatoire"),
        ({"as_of": "2999-01-01"}, "à venir"),
        ({"transferred": "41"}, "une partie du nombre"),
        ({"due_on": "2024-01-01"}, "après l’annonce"),
        ({"qualifier": "4"}, "choix valide"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(staff, pool, wrong, words):
    assert words in read(staff.post(form_of(pool), SAID | wrong)).replace("Sélectionnez un", "")
    assert not pool.claims.exists()


def test_a_share_names_the_other_and_a_number_is_said_once_a_day(staff, pool):
    change = form_of(pool, "")
    assert "dites avec qui" in read(staff.post(change, {"name": pool.name, "share": "50"}))
    staff.post(form_of(pool), SAID)
    assert "il tient, donnez un autre jour" in read(staff.post(form_of(pool), SAID | {"number": "50"}))
    other = JobPool.objects.get(slug="acc")
    staff.post(change, {"name": pool.name, "overlaps": other.pk})
    assert list(pool.may_overlap.all()) == [other]


def test_jobs_of_an_invented_project_are_invented(staff, pool):
    Project.objects.filter(pk=pool.project_id).update(origin=Origin.DEMO, lead=None, site=None)
    staff.post(form_of(pool), SAID)
    assert pool.claims.get().is_demo


def test_a_draft_to_which_jobs_were_added_is_read_again_before_it_is_published(staff, pool):
    before = stamp_of(pool.project)
    staff.post(form_of(pool), SAID)
    assert stamp_of(pool.project) != before
