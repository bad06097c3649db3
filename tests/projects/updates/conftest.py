"""A project with a milestone, its site, two agents and a reviewer; files go to a folder of the test."""

from datetime import date

import pytest
from django.db import connection

from agglo.celery import app
from projects.models import Bulletin, Gate, Milestone, Passage, PlannedDate, Project, Site, Update
from projects.subjects import subject_of
from tests.people import client_of, person
from tests.projects.updates.flow import ENTRY, typed

LAST = "Le terrain est acheté. Les travaux commencent."


@pytest.fixture
def far_numbers(db):
    """Rows numbered past a thousand: an address must not say « 5 000 »."""
    with connection.cursor() as cursor:
        for table in ("update", "attachment", "remark", "updateevent"):
            cursor.execute(f"ALTER SEQUENCE projects_{table}_id_seq RESTART 5000")


@pytest.fixture(autouse=True)
def now_tasks():
    """Messages are taken up in this very process: none is left in the queue of a site that runs beside."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def make_project(slug: str, gate: Gate | None = Gate.UNDERWAY, **fields) -> Project:
    made = Project.objects.create(
        slug=slug,
        name=f"Projet {slug}",
        kind="site",
        axis="industrie",
        published=True,
        source="délibération",
        subject=subject_of("PROJET", slug, slug),
        **fields,
    )
    if gate:
        Passage.objects.create(
            project=made,
            gate=gate,
            on=date(2024, 1, 1),
            until=date(2024, 1, 1),
            reason="parce que",
            source="x",
        )
    return made


@pytest.fixture
def site(db) -> Site:
    subject = subject_of("SITE", "halle", "Halle")
    return Site.objects.create(
        slug="halle", name="La halle", kind="industrial", published=True, source="x", subject=subject
    )


@pytest.fixture
def project(site, far_numbers) -> Project:
    made = make_project("atelier", site=site)
    milestone = Milestone.objects.create(project=made, name="Ouverture")
    PlannedDate.objects.create(
        milestone=milestone, planned_on=date(2026, 3, 1), decided_on=date(2024, 1, 1), source="x"
    )
    Bulletin.objects.create(
        project=made, as_of=date(2025, 1, 15), weather="cloud", synthesis=LAST, source="comité"
    )
    return made


@pytest.fixture
def author(db):
    return person("staff")


@pytest.fixture
def reviewer(db):
    return person("reviewer")


@pytest.fixture
def submitted(project, author) -> Update:
    client_of(author).post(ENTRY, typed())
    return Update.objects.get()
