"""Parks and their inventories in a browser: pages fit, no fault that axe can see, a unit by keyboard."""

from datetime import date

import pytest
from django.conf import settings

from projects.models import InventoryRound, LandUnit, Lot, LotState, RoundPark
from tests.people import client_of, person
from tests.projects.inventory.test_pages import TOLD, add_units, adopt_inventory, new_park
from tests.projects.standards.test_land import SQUARE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/equipe/inventaires/"


def signed_in(context, live_server, who: str = "staff") -> None:
    name = settings.SESSION_COOKIE_NAME
    value = client_of(person(who)).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])


def test_every_page_fits_its_screen_and_axe_finds_nothing(page, live_server, misfits):
    park = new_park()
    add_units(park, 15, vacant=2)
    adopt_inventory(park)
    new_park("parc-de-mazinghem")
    opened = InventoryRound.objects.create(name="Inventaire 2026", opened_on=date(2026, 1, 5), **TOLD)
    RoundPark.objects.create(round=opened, park=park)
    signed_in(page.context, live_server)
    unit = park.land_units.first()
    faults = []

    def look(path: str) -> None:
        faults.extend(misfits(page, path))

    for path in (
        "/zones-activite/",
        "/zones-activite/ruitz/",
        HOME,
        f"{HOME}nouveau/",
        f"{HOME}{opened.pk}/",
        f"{HOME}zones/ruitz/",
        f"{HOME}zones/ruitz/unites/nouvelle/",
        f"{HOME}zones/ruitz/unites/{unit.pk}/",
        "/equipe/standards/",
    ):
        assert page.goto(path).status == 200, path
        look(path)
    lot = Lot.objects.create(site=park, code="1", name="Lot 1", outline=SQUARE, **TOLD)
    for year, use in ((2020, "vacant"), (2024, "brownfield")):
        LotState.objects.create(lot=lot, since=date(year, 1, 1), use=use, reason="visite", **TOLD)
    page.goto("/sites/ruitz/")
    page.get_by_text("Son histoire").click()
    page.get_by_text("depuis le 1er janvier 2020").wait_for()
    look("a site whose lot tells its history")
    page.goto(f"{HOME}zones/ruitz/unites/{unit.pk}/")
    page.get_by_text("Retirer cette unité").click()
    page.get_by_role("button", name="Retirer l’unité uf-0").wait_for()
    look("a unit that may be taken out")
    page.goto(f"{HOME}zones/ruitz/unites/nouvelle/")
    page.get_by_label("Références cadastrales").fill("n’importe quoi")
    page.locator("main form button[type=submit]").first.click()
    look("a unit that is refused")
    assert not faults


def test_on_a_telephone_choices_stand_one_a_line_and_cells_keep_their_names(chromium, live_server):
    add_units(new_park(), 2)
    new_park("mazinghem")
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 390, "height": 800})
    signed_in(context, live_server)
    page = context.new_page()
    page.goto(f"{HOME}nouveau/")
    places = "all => all.map(one => one.getBoundingClientRect().x)"
    boxes = page.eval_on_selector_all(".choices [type=checkbox]", places)
    assert len(boxes) == 2 and len(set(boxes)) == 1
    page.goto(f"{HOME}zones/ruitz/")
    said = "all => all.map(one => getComputedStyle(one, '::before').content)"
    names = page.eval_on_selector_all("main tbody tr:first-child td", said)
    assert names == ['"État légal"', '"Surface"', '"Propriétaire"', '"Occupation"', '"CFE"']
    context.close()


def test_the_keyboard_alone_adds_a_unit_on_a_telephone_without_script(chromium, live_server):
    new_park()
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    signed_in(context, live_server)
    page = context.new_page()
    page.goto(f"{HOME}zones/ruitz/")
    page.get_by_role("link", name="Ajouter une unité").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Repère").focus()
    page.keyboard.type("uf-01")
    page.get_by_label("Source").focus()
    page.keyboard.type("Cadastre")
    page.keyboard.press("Enter")
    page.get_by_text("gardée").first.wait_for()
    unit = LandUnit.objects.get()
    assert (unit.code, unit.park.slug) == ("uf-01", "ruitz")
    page.get_by_label("Depuis le").focus()
    assert page.evaluate("document.activeElement.name") == "start"
    context.close()
