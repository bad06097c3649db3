"""The fictional set: says that it is one, cannot be mistaken, counts nowhere, and goes away whole."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from agglo.figures.vocabulary import Origin
from projects.demo.loading import load, remove
from projects.identifiers import is_siren, is_siret
from projects.job_table import job_table
from projects.models import (
    BudgetLine,
    Commitment,
    JobClaim,
    JobPool,
    Occupancy,
    Organisation,
    Ownership,
    Partner,
    Project,
    Site,
)
from tests.projects.conftest import read

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    found = {
        model._meta.db_table: model.objects.count() for model in apps.get_app_config("projects").get_models()
    }
    return found | {"subjects": apps.get_model("figures", "Subject").objects.count()}


def test_the_set_is_laid_once_and_goes_away_whole(attested):
    before = rows()
    counts = load()
    assert counts == {"sites fictifs": 165, "projets fictifs": 60, "entreprises fictives": 90}
    laid = rows()
    assert load() == counts
    assert rows() == laid
    remove()
    assert rows() == before


def test_nothing_invented_could_be_real_and_nothing_of_it_is_counted(
    client, attested, django_assert_max_num_queries
):
    counted = job_table(JobClaim.objects.attested()).counts
    load()
    assert job_table(JobClaim.objects.attested()).counts == counted
    demo = {"origin": Origin.DEMO}
    assert not any(is_siren(one.siren) for one in Organisation.objects.filter(**demo))
    assert not any(is_siret(one.siret) for one in Occupancy.objects.filter(**demo))
    for path, words in (("/sites/", "5 sites, et 165 inventés"), ("/projets/", "18 projets, et 60 inventés")):
        body = read(client.get(path))
        assert words in body
        assert "donnée fictive" in body
    with django_assert_max_num_queries(10):
        assert "5 sites, et 165 inventés" in read(client.get("/carte/"))
    lines = [line for line in read(client.get("/sites.csv")).splitlines() if line.startswith("fictif-")]
    assert len(lines) == 165
    assert all("fictif – démonstration" in line for line in lines)


def test_each_fictional_page_says_so_first(client, attested):
    load()
    for one in (
        Site.objects.filter(origin=Origin.DEMO).first(),
        Project.objects.filter(origin=Origin.DEMO).first(),
    ):
        body = read(client.get(one.get_absolute_url()))
        assert "is-demo" in body
        assert "Rien de cette page n’est vrai" in body


@pytest.mark.parametrize(
    "tie",
    [
        lambda one: Project.objects.filter(slug="quebec").update(site=one.site),
        lambda one: Project.objects.filter(slug="quebec").update(lead=one.lead),
        lambda one: Project.objects.filter(pk=one.pk).update(origin=Origin.ATTESTED),
        lambda one: Partner.objects.filter(project__origin=Origin.ATTESTED).update(organisation=one.lead),
        lambda one: Commitment.objects.filter(origin=Origin.ATTESTED).update(promiser=one.lead),
        lambda one: Commitment.objects.filter(origin=Origin.ATTESTED).update(project=one),
        lambda one: Occupancy.objects.filter(origin=Origin.ATTESTED).update(occupant=one.lead),
        lambda one: Ownership.objects.filter(origin=Origin.ATTESTED).update(owner=one.lead),
        lambda one: BudgetLine.objects.create(
            project=Project.objects.get(slug="quebec"), funder=one.lead, label="x", planned=1,
            as_of=date(2025, 1, 1), source="x",
        ),
    ],
    ids=range(9),
)  # fmt: skip
def test_the_database_ties_no_attested_record_to_an_invented_one(attested, tie):
    load()
    one = Project.objects.filter(origin=Origin.DEMO, site__isnull=False, lead__isnull=False).first()
    with pytest.raises(IntegrityError, match="never mix"):
        tie(one)


def test_an_attested_record_tied_to_an_invented_one_stops_the_removal(attested):
    load()
    site = Site.objects.filter(origin=Origin.DEMO).first()
    pool = JobPool.objects.filter(claims__origin=Origin.ATTESTED).first()
    JobPool.objects.filter(pk=pool.pk).update(site=site)
    before = rows()
    with pytest.raises(CommandError, match="Rien n’a été retiré"):
        call_command("demo_projects", "remove")
    assert rows() == before
