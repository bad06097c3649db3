"""The map of sites: each site once, reachable by keyboard, the list beside saying the same."""

import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.vocabulary import Origin
from projects.map import clustered
from projects.models import Site
from tests.projects.conftest import read

places = st.one_of(
    st.none(),
    st.tuples(st.decimals("2.2", "2.9", places=5), st.decimals("50.4", "50.7", places=5)),
)


def site(number: int, place, demo: bool) -> Site:
    longitude, latitude = place or (None, None)
    return Site(
        slug=f"s{number}",
        name=f"S{number}",
        longitude=longitude,
        latitude=latitude,
        origin=Origin.DEMO if demo else Origin.ATTESTED,
    )


@given(st.lists(st.tuples(places, st.booleans()), max_size=40))
def test_each_site_is_drawn_once_and_invented_ones_never_join_attested_ones(some):
    sites = [site(number, place, demo) for number, (place, demo) in enumerate(some)]
    clusters, unplaced = clustered(sites)
    shown = [one.slug for cluster in clusters for one in cluster.sites] + [one.slug for one in unplaced]
    assert sorted(shown) == sorted(one.slug for one in sites)
    assert len({cluster.anchor for cluster in clusters}) == len(clusters)
    assert all(len({one.is_demo for one in cluster.sites}) == 1 for cluster in clusters)
    assert all(one.point is None for one in unplaced)


def test_sites_far_apart_are_apart():
    far = [
        site(1, (Decimal("2.3"), Decimal("50.4")), False),
        site(2, (Decimal("2.8"), Decimal("50.6")), False),
    ]
    assert [cluster.href for cluster in clustered(far)[0]] == ["/sites/s2/", "/sites/s1/"]


@pytest.mark.django_db
def test_the_map_links_to_sites_and_to_the_list(client, attested, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        body = read(client.get("/carte/"))
    svg = body[body.index('<svg class="map"') :].split("</svg>")[0]
    assert 'href="/sites/acc-douvrin/"' in svg
    assert "2 sites, Béthune" in svg
    for anchor in re.findall(r'href="#(lieu-\d+)"', svg):
        assert f'id="{anchor}"' in body
    for one in Site.objects.all():
        assert f'href="/sites/{one.slug}/"' in body[body.index('id="liste"') :]
    assert "placé au centre de la commune" in body


@pytest.mark.django_db
def test_the_map_is_filtered_and_answers_when_empty(client, attested):
    body = read(client.get("/carte/?nature=campus"))
    assert "Campus universitaire" in body
    assert "LogisterrA26" not in body
    assert "Aucun site ne répond" in read(client.get("/carte/?q=zzz"))
    Site.objects.update(published=False)
    assert "Aucun site n’est encore publié" in read(client.get("/carte/"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_reaches_a_site_through_the_map(page, axe):
    for command in ("load_territory", "load_facts", "load_projects"):
        call_command(command, verbosity=0)
    page.goto("/carte/")
    assert axe(page) == []
    page.locator(".map-figure .skip").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('svg') !== null")
    page.locator('svg a[href="/sites/acc-douvrin/"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sites/acc-douvrin/")
    assert page.locator("h1").inner_text() == "Usine de batteries ACC"
