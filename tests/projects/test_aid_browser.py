"""Support and aid in a real browser: two taps for an act, without script; no fault that axe can see."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from agglo.figures.vocabulary import Origin
from projects.models import Counterpart, SupportAct
from tests.people import client_of, person
from tests.projects.aid import TOLD, case, company, line, moved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def records():
    for command in ("load_territory", "load_facts", "load_projects"):
        call_command(command, verbosity=0)
    one = company("Alpha")
    kept = case(one)
    made = line(one, regime="de_minimis", case=kept, published=True)
    moved(made, amount=120_000, on=date(2025, 2, 1))
    moved(made, "paid", 60_000, on=date(2025, 5, 1))
    Counterpart.objects.create(
        line=made, kind="jobs_kept", words="Garder 20 emplois", counted_unit="emplois", target=20,
        check_on=date(2026, 1, 1), clawback="pro_rata", **TOLD,
    )  # fmt: skip
    return kept, made


def signed_in(live_server) -> dict:
    cookie = client_of(person("staff")).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}


def test_an_act_costs_two_taps_from_the_list_on_a_telephone_without_script(chromium, live_server, records):
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    context.add_cookies([signed_in(live_server)])
    page = context.new_page()
    page.goto("/equipe/accompagnement/")
    page.get_by_role("link", name="Alpha").click()
    page.get_by_role("button", name="Diagnostic").click()
    expect(page.get_by_text("Acte noté")).to_be_visible()
    assert SupportAct.objects.get().kind == "diagnosis"
    context.close()


def test_every_page_fits_its_screen_and_axe_finds_nothing(page, live_server, misfits, records):
    kept, made = records
    page.context.add_cookies([signed_in(live_server)])
    check = f"/equipe/aides/de-minimis/?entreprise={kept.company_id}&montant=200000&le=2026-01-15"
    faults = []
    fictive = {"origin": Origin.DEMO}
    invented = line(
        company("Fictive", **fictive), funder=company("Payeur", **fictive), beneficiary=fictive, **fictive
    )
    moved(invented, amount=120_000, on=date(2025, 2, 1), **fictive)
    for path in (
        "/aides/",
        f"/equipe/publication/aides/{invented.pk}/",
        "/equipe/accompagnement/",
        "/equipe/accompagnement/nouveau/",
        kept.get_absolute_url(),
        "/equipe/aides/",
        "/equipe/aides/nouvelle/",
        made.get_absolute_url(),
        f"{made.get_absolute_url()}parts/",
        f"{made.get_absolute_url()}mouvements/",
        check,
        "/equipe/aides/groupes/",
        "/equipe/projets/",
        "/equipe/projets/tech-3e/",
        "/equipe/projets/tech-3e/etapes/",
        "/equipe/engagements/",
        "/equipe/engagements/nouveau/",
    ):
        assert page.goto(path).status == 200, path
        faults += misfits(page, path)
    assert faults == []
