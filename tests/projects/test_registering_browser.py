"""A project is added on a telephone without script, a site with the keyboard; no fault that axe can see."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from projects.models import Project, Publication
from tests.people import client_of, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def records():
    for command in ("load_territory", "load_facts", "load_projects"):
        call_command(command, verbosity=0)


def signed_in(live_server, who: str = "staff") -> dict:
    cookie = client_of(person(who)).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}


def test_from_the_worklist_to_a_project_that_waits_on_a_telephone_without_script(
    chromium, live_server, records
):
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    context.add_cookies([signed_in(live_server)])
    page = context.new_page()
    page.goto("/equipe/")
    page.get_by_role("link", name="Ajouter un projet").click()
    page.get_by_label("Intitulé").fill("Halle de réemploi")
    page.get_by_label("Nature").select_option("ecology")
    page.get_by_label("Axe stratégique").select_option("industrie")
    page.get_by_label("Porteur").fill("Régie de quartier")
    page.get_by_role("button", name="Ajouter ce projet").click()
    assert page.get_by_label("Intitulé").input_value() == "Halle de réemploi"
    page.get_by_label("l’ajouter : autre personne morale").check()
    page.get_by_role("button", name="Ajouter ce projet").click()
    expect(page.get_by_text("Projet gardé")).to_be_visible()
    page.get_by_role("link", name="Demander la publication").click()
    page.get_by_role("button", name="Demander la publication").click()
    expect(page.get_by_text("Demandé :")).to_be_visible()
    assert Publication.objects.get().project.lead.name == "Régie de quartier"
    context.close()


def test_the_keyboard_alone_adds_a_site(page, live_server, records):
    page.context.add_cookies([signed_in(live_server)])
    page.goto("/equipe/sites/nouveau/")
    page.get_by_label("Nom", exact=True).focus()
    page.keyboard.type("Quai au charbon")
    page.keyboard.press("Tab")
    page.keyboard.type("friche")
    page.keyboard.press("Tab")
    page.keyboard.type("bethune")
    page.keyboard.press("Enter")
    page.wait_for_url("**/equipe/sites/quai-au-charbon/")
    expect(page.get_by_text("Friche · Béthune")).to_be_visible()


def test_every_page_fits_its_screen_and_axe_finds_nothing(page, live_server, misfits, records):
    page.context.add_cookies([signed_in(live_server)])
    Project.objects.filter(slug="tech-3e").update(published=False)
    faults = []

    def look(name: str) -> None:
        faults.extend(misfits(page, name))

    for path in (
        "/equipe/projets/nouveau/",
        "/equipe/sites/nouveau/",
        "/equipe/sites/bridgestone-bethune/",
        "/equipe/sites/bridgestone-bethune/modifier/",
        "/equipe/projets/tech-3e/",
        "/equipe/projets/tech-3e/modifier/",
        "/equipe/publication/projets/tech-3e/",
        "/equipe/publication/projets/tech-3e/apercu/",
        "/equipe/listes/sites/",
    ):
        assert page.goto(path).status == 200, path
        look(path)
    page.goto("/equipe/projets/nouveau/")
    page.get_by_label("Porteur").fill("zzz")
    page.get_by_label("Site").fill("e")
    page.get_by_role("button", name="Ajouter ce projet").click()
    look("the form with its errors and its choices")
    assert not faults
