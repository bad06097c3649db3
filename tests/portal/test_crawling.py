"""What search engines are told leads to public pages, and to nothing else."""

import re

import pytest

from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from agglo.indicators.loading import load_indicators
from agglo.portal.crawling import PAGES
from employment.models import RedundancyPlan
from projects.models import Project, Site
from tests.employment.conftest import employment
from tests.kept import kept
from tests.projects.conftest import attested

__all__ = ["attested", "employment"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def everything(attested, employment, db):
    kept("indicators", load_indicators)


def places(client) -> list[str]:
    text = client.get("/sitemap.xml").content.decode()
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", text)


def test_the_map_holds_every_public_page_once_and_each_answers(client, everything):
    found = places(client)
    assert len(found) == len(set(found))
    assert {*PAGES, "/plans/bridgestone-bethune/", "/ecoles/ep2b/", "/communes/62119/"} <= set(found)
    assert sum(path.startswith("/communes/6") for path in found) == 100
    # Alike pages are told by three of their kind.
    kinds: dict[str, list[str]] = {}
    for path in found:
        kinds.setdefault(path.split("/")[1] if path.count("/") > 2 else path, []).append(path)
    for alike in kinds.values():
        for path in alike[:3]:
            assert client.get(path).status_code == 200, path


def test_what_is_not_public_or_invented_is_not_told(client, everything):
    hidden = Project.objects.attested().first()
    hidden.published = False
    hidden.save()
    RedundancyPlan.objects.update(published=False)
    made = Site.objects.create(
        subject=Subject.objects.create(scheme="SITE", code="fictif", name="Site fictif"),
        slug="fictif", name="Site fictif", kind="park", published=True, source="essai", origin=Origin.DEMO,
    )  # fmt: skip
    found = places(client)
    for row in (hidden, made, RedundancyPlan.objects.get()):
        assert row.get_absolute_url() not in found
    assert "/plans/" in found


def test_machines_are_kept_from_the_rooms_of_the_house_and_from_endless_addresses(client, settings):
    settings.SITE_URL = "https://eco.example"
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert {"Disallow: /equipe/", "Disallow: /elus/", "Disallow: /admin/", "Disallow: /*?"} <= set(lines)
    assert "Sitemap: https://eco.example/sitemap.xml" in lines
