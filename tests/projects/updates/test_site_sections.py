"""On the page of a site: lots drawn where they have an outline, occupants in time, plans of another room."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.test import Client

from projects.lot_map import map_of_lots
from projects.models import Lot, LotState, Occupancy, Organisation
from projects.occupancy_bars import laid_out
from tests.projects.conftest import read

SQUARE = [[2.60, 50.50], [2.61, 50.50], [2.61, 50.51], [2.60, 50.51], [2.60, 50.50]]


def span(start, end=None):
    return SimpleNamespace(start=start and date(start, 1, 1), end=end and date(end, 1, 1))


def test_occupants_stand_on_one_axis_open_where_nobody_knows():
    axis = laid_out([span(None, 2010), span(2000, 2020), span(2020)], date(2025, 6, 1))
    assert (axis.first, axis.last) == (2000, 2025)
    first, second, third = axis.bars
    assert first.open_start and not first.open_end
    assert second.x == 0 and round(second.x + second.width, 1) == round(third.x, 1)
    assert third.open_end
    assert laid_out([span(None)], date(2025, 6, 1)) is None


def test_a_lot_without_outline_is_named_and_not_invented(site):
    drawn = Lot.objects.create(site=site, code="a", name="Lot A", source="x")
    drawn.outline = {"type": "Polygon", "coordinates": [SQUARE]}
    other = Lot(site=site, code="b", name="Lot B")
    assert map_of_lots(site, [(other, None)]) is None
    found = map_of_lots(site, [(drawn, LotState(use="brownfield")), (other, None)])
    assert found.svg.count('class="lot lot--brownfield"') == 1
    assert (found.uses, found.missing) == ([("brownfield", "friche")], [other])
    site.outline = drawn.outline
    alone = map_of_lots(site, [(other, None)])
    assert "lots__ground" in alone.svg and (alone.uses, alone.missing) == ([], [other])


@pytest.mark.parametrize("bad", [{"type": "Point", "coordinates": [2, 50]}, {"type": "?"}, {"a": 1}, [1]])
def test_what_is_no_polygon_is_not_drawn(site, bad):
    assert map_of_lots(site, [(Lot(site=site, name="Lot", outline=bad), None)]) is None


def test_the_page_draws_them_and_escapes_their_names(site):
    lot = Lot.objects.create(
        site=site, code="a", name="Lot <A>", source="x", outline={"type": "Polygon", "coordinates": [SQUARE]}
    )
    LotState.objects.create(lot=lot, since=date(2020, 1, 1), use="vacant", source="x")
    occupant = Organisation.objects.create(slug="o", name="Atelier & fils", kind="company", source="x")
    Occupancy.objects.create(site=site, occupant=occupant, start=date(2001, 1, 1), source="x")
    page = read(Client().get("/sites/halle/"))
    assert "Lot &lt;A&gt;" in page and "Lot <A>" not in page
    assert f'href="#lot-{lot.pk}"' in page and f'id="lot-{lot.pk}"' in page
    assert 'class="occupancy"' in page


def test_plans_reach_the_page_of_their_site_from_their_own_room(db):
    from django.core.management import call_command

    for command in ("load_territory", "load_indicators", "load_facts", "load_projects", "load_employment"):
        call_command(command, verbosity=0)
    page = read(Client().get("/sites/bridgestone-bethune/"))
    assert 'href="/plans/bridgestone-bethune/"' in page
    assert "Plan de sauvegarde de l’emploi" in page
