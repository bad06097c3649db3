"""Cases in a real browser: a stage noted in two taps on a phone without script, accessible pages."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from agglo.accounts.models import User
from projects import confirming
from projects.demo.loading import load
from projects.models import JobClaim, Prospect
from tests.people import client_of, person
from tests.projects.test_prospects import OLD, prospect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STAFF = "/equipe/implantations/"
CASE = STAFF + "alouette/"
PAGES = [STAFF, STAFF + "nouveau/", STAFF + "poids/", STAFF + "transformation/", STAFF + "calibrage/", CASE]
PAGES += ["/equipe/emplois/", "/implantations/", "/emplois/"]
# Every watermark of a place with a form lies under it.
UNDER = """() => [...document.querySelectorAll('.is-demo')].filter(one => one.querySelector('form'))
    .every(one => getComputedStyle(one, '::before').zIndex === '-1')"""


def signed_in(context, url: str, user: User) -> None:
    cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def test_a_stage_is_noted_in_two_taps_on_a_phone_without_script(chromium, live_server):
    prospect("Alouette", (4, OLD), confidentiality="internal")
    context = chromium.new_context(
        java_script_enabled=False,
        has_touch=True,
        viewport={"width": 390, "height": 844},
        base_url=live_server.url,
    )
    signed_in(context, live_server.url, person("staff"))
    page = context.new_page()
    page.goto(STAFF)
    page.get_by_role("link", name="Alouette").tap()
    page.get_by_role("button", name="Passer à").tap()
    expect(page.get_by_text("Noté : liste courte")).to_be_visible()
    assert Prospect.objects.with_stage().get().stage == 5
    context.close()


def test_every_page_of_the_pipeline_is_accessible_and_fits_its_window(page, axe, live_server):
    for command in ("load_territory", "load_facts", "load_projects"):
        call_command(command, verbosity=0)
    load()
    prospect("Alouette", (4, OLD), confidentiality="internal")
    signed_in(page.context, live_server.url, person("staff"))
    claim = JobClaim.objects.attested().observed().unconfirmed().first()
    link = f"/confirmer/{confirming.token_of(confirming.ask(claim, 'Direction'))}/"
    faults = []
    for path in [*PAGES, link]:
        page.goto(path, wait_until="networkidle")
        faults += [f"{path}: {fault}" for fault in axe(page)]
        if not page.evaluate(UNDER):
            faults.append(f"{path}: « donnée fictive » runs over a form")
        for width in (390, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
                faults.append(f"{path}: {wide} px wide in a window of {width}")
    assert not faults, "\n".join(faults)


def test_elected_members_read_the_pipeline_on_a_phone(page, axe, live_server):
    call_command("load_territory", verbosity=0)
    load()
    signed_in(page.context, live_server.url, person("elected"))
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/elus/", "/elus/implantations/"):
        page.goto(path, wait_until="networkidle")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        expect(page.get_by_text("jamais").first).to_be_visible()
