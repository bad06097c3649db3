"""Imports in a browser: brought without script on a telephone, written by another with the keyboard."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from projects.bulk import carrying, deciding
from projects.models import Import, Site
from tests.people import client_of
from tests.projects.bulk.conftest import NEW, as_csv, exported

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(context, live_server, user) -> None:
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client_of(user).cookies[name].value, "url": live_server.url}]
    )


def edited() -> bytes:
    rows = [one | {"pollution": "avérée"} if one["repere"] == "acc-douvrin" else one for one in exported()]
    rows.append({name: NEW.get(name, "") for name in rows[0]} | {"publie": "oui"})
    rows.append({name: NEW.get(name, "") for name in rows[0]} | {"nom": "Autre", "nature": "château"})
    return as_csv(rows)


def test_brought_on_a_telephone_without_script_then_written_by_another_with_the_keyboard(
    chromium, page, live_server, ground, agent, reviewer
):
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    signed_in(context, live_server, agent)
    phone = context.new_page()
    phone.goto("/equipe/imports/")
    phone.get_by_label("Fichier .xlsx ou .csv").set_input_files(
        {"name": "sites.csv", "mimeType": "text/csv", "buffer": edited()}
    )
    phone.get_by_role("button", name="Comparer").click()
    row = Import.objects.get()
    carrying.carry_on(row.pk)
    phone.reload()
    expect(phone.get_by_text("« château » n’est pas dans la liste")).to_be_visible()
    phone.get_by_role("button", name="Demander l’écriture").click()
    expect(phone.get_by_text("Attend une autre personne").first).to_be_visible()
    assert phone.get_by_role("button", name="Écrire").count() == 0
    context.close()
    signed_in(page.context, live_server, reviewer)
    page.goto(f"/equipe/imports/{row.pk}/")
    page.get_by_role("button", name="Écrire 2 fiches").focus()
    page.keyboard.press("Enter")
    page.get_by_text("En cours d’écriture").first.wait_for()
    carrying.carry_on(row.pk)
    page.get_by_role("button", name="Annuler cet import").wait_for()
    assert Site.objects.get(slug="ancienne-filature").published


def test_every_page_fits_and_axe_finds_nothing(page, live_server, misfits, ground, agent, reviewer):
    signed_in(page.context, live_server, reviewer)
    faults = []

    def look(path: str, state: str) -> None:
        assert page.goto(path).status == 200, path
        faults.extend(misfits(page, state))

    row = deciding.receive("sites.csv", edited(), agent)
    address = f"/equipe/imports/{row.pk}/"
    look("/equipe/imports/", "the list")
    look(address, "busy")
    carrying.carry_on(row.pk)
    look(address, "ready")
    look(f"{address}?type=refused", "refused lines")
    deciding.ask(row.pk, agent)
    look(address, "asked, to a reviewer")
    carrying.carry_on(deciding.apply(row.pk, reviewer).pk)
    look(address, "applied")
    carrying.carry_on(deciding.undo(row.pk, agent).pk)
    look(address, "undone")
    assert not faults
