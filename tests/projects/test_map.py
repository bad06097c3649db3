"""The map of sites: each site once, reachable by keyboard, the list beside saying the same."""

import re

import pytest
from django.core.management import call_command

from agglo.figures.models import Subject
from agglo.figures.vocabulary import Origin
from agglo.territory.shapes import project
from projects import map_grid
from projects.map_grid import LISTED, Degrees, View, gathered, view_of
from projects.models import Site
from tests.projects.conftest import read

PLACES = [(f"2.{n:02d}", f"50.{m}") for n in range(30, 80, 9) for m in (45, 52, 58)]


def lay(many: int) -> None:
    """Sites on a few places, every third one invented, some nobody can place."""
    for n in range(many):
        subject = Subject.objects.create(scheme="SITE", code=f"s{n}", name=f"S{n}")
        longitude, latitude = PLACES[n * 7 % len(PLACES)] if n % 11 else (None, None)
        Site.objects.create(
            subject=subject, slug=f"s{n}", name=f"S{n}", kind="park", source="essai", published=True,
            longitude=longitude, latitude=latitude, origin=Origin.DEMO if n % 3 else Origin.ATTESTED,
        )  # fmt: skip


@pytest.mark.django_db
def test_each_site_is_gathered_once_and_invented_ones_never_join_attested_ones():
    lay(36)
    marks, unplaced, unplaced_count = gathered(Site.objects.for_list(), View())
    keys = [key for mark in marks for key in mark.keys] + [site.pk for site in unplaced]
    assert sorted(keys) == sorted(Site.objects.values_list("pk", flat=True))
    assert len(unplaced) == unplaced_count == Site.objects.filter(latitude=None).count()
    assert len({mark.anchor for mark in marks}) == len(marks)
    demo = set(Site.objects.filter(origin=Origin.DEMO).values_list("pk", flat=True))
    for mark in marks:
        assert demo.issuperset(mark.keys) if mark.is_demo else demo.isdisjoint(mark.keys)
        assert mark.many == len(mark.keys) == len(mark.sites)


@pytest.mark.django_db
def test_a_mark_stands_amid_its_sites_and_a_site_without_a_point_at_its_commune(attested):
    Site.objects.filter(pk=Site.objects.exclude(commune=None).first().pk).update(
        latitude=None, longitude=None
    )
    Site.objects.filter(pk=Site.objects.last().pk).update(latitude="50.12345", longitude="-1.98765")
    marks, _, _ = gathered(Site.objects.for_list(), View())
    assert sum(mark.many for mark in marks) > len(marks)
    for mark in marks:
        points = [project(*site.point) for site in mark.sites]
        middle = [sum(edges) / mark.many for edges in zip(*points, strict=True)]
        assert (mark.x, mark.y) == pytest.approx(middle)
        assert {(x // mark.cell, y // mark.cell) for x, y in points} == {
            (mark.x // mark.cell, mark.y // mark.cell)
        }


@pytest.mark.django_db
@pytest.mark.parametrize("longitude", ["2.64321", "-1.98765", "0.00001", "-0.3", "179.99999", "2"])
def test_a_place_is_read_as_exactly_as_it_is_kept(attested, longitude):
    Site.objects.update(latitude="50.5", longitude=longitude)
    assert set(Site.objects.values_list(Degrees("longitude"), flat=True)) == {float(longitude)}


@pytest.mark.django_db
def test_the_list_beside_the_map_is_short_and_what_it_leaves_out_is_on_the_map_and_in_the_table(client):
    lay(165)
    marks, unplaced, _ = gathered(Site.objects.for_list(), View())
    told = [mark for mark in marks if mark.listed]
    assert sum(len(mark.sites) or 1 for mark in told) + len(unplaced) <= LISTED
    body = read(client.get("/carte/?nature=park"))
    beside = body[body.index('id="liste"') :]
    assert beside.count('class="worklist__what"') <= LISTED
    aside = sum(mark.many for mark in marks if not mark.listed)
    assert aside and f"{aside} autres sites sont sur la carte" in beside
    assert 'href="/sites/?nature=park"' in beside
    svg = body[body.index('<svg class="map"') :].split("</svg>")[0]
    assert svg.count("<a href=") == len(marks)
    for anchor in re.findall(r'href="#(lieu-\d+)"', svg):
        assert f'id="{anchor}"' in beside


@pytest.mark.django_db
def test_marks_of_many_sites_lead_closer_until_each_site_is_told(client):
    lay(330)
    body = read(client.get("/carte/?nature=park"))
    hrefs = re.findall(r'href="(\?nature=park&amp;vue=[^"]+)#carte"', body)
    assert hrefs
    for _ in range(3):
        body = read(client.get(f"/carte/{hrefs[0].replace('&amp;', '&')}"))
        hrefs = re.findall(r'href="(\?nature=park&amp;vue=[^"]+)#carte"', body)
        if not hrefs:
            break
    assert "Tout le territoire" in body
    assert re.search(r'href="/sites/s\d+/"', body)


@pytest.mark.django_db
def test_marks_are_never_too_many_to_be_told_apart_and_miss_no_site():
    """Twice as many places apart as one drawing holds marks."""
    lay(90)
    fine, _, lost = gathered(Site.objects.for_list(), View())
    apart = range(2 * map_grid.MARKS)
    subjects = Subject.objects.bulk_create(Subject(scheme="SITE", code=f"a{n}", name=f"A{n}") for n in apart)
    Site.objects.bulk_create(
        Site(
            subject=subject, slug=subject.code, name=subject.name, kind="park", source="essai",
            published=True, longitude=2.25 + n % 20 * 0.03, latitude=50.4 + n // 20 * 0.02,
        )
        for n, subject in enumerate(subjects)
    )  # fmt: skip
    wide, _, _ = gathered(Site.objects.for_list(), View())
    assert len(wide) <= map_grid.MARKS
    assert sum(mark.many for mark in fine) == 90 - lost
    assert sum(mark.many for mark in wide) == 90 - lost + len(apart)
    assert wide[0].cell > fine[0].cell
    for mark in wide:
        assert len(mark.sites) in (0, mark.many)


@pytest.mark.django_db
@pytest.mark.parametrize("vue", ["ici", "1,2", "nan,0,100", "0,0,-4", "1e9,0,100", "0,0,1"])
def test_a_view_that_means_nothing_shows_the_whole(client, vue):
    lay(3)
    assert view_of(vue) == View()
    assert client.get(f"/carte/?vue={vue}").status_code == 200


@pytest.mark.django_db
def test_the_map_links_to_sites_and_to_the_list(client, attested, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
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


@pytest.mark.django_db
def test_what_is_attested_lies_over_what_is_invented_and_the_first_towns_are_named(attested, client):
    lay(150)
    drawn = client.get("/carte/").content.decode()
    drawn = drawn[drawn.index('class="map-sites__marks"') :]
    links = re.findall(r"<a href=[^>]*?(is-fictive)?\"?><title>", drawn)
    assert "is-fictive" in links and "" in links
    assert links == sorted(links, reverse=True)
    names = re.findall(r"<text[^>]*>([^<]*)</text>", drawn[drawn.index('class="map__names"') :])
    assert {"Béthune", "Bruay-la-Buissière"} <= set(names)
