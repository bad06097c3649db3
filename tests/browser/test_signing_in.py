"""The door in a real browser: password, enrolment, recovery codes; with and without JavaScript."""

import base64

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django_otp.oath import totp

from agglo.accounts.models import AuditEntry
from tests.people import PASSWORD, client_of, person

LONG_NAME = "Marie-Christine Dubois-Lefebvre"
# What of the header is shown and does not stand wholly within it.
OUTSIDE = """() => {
  const header = document.querySelector(".site-header").getBoundingClientRect();
  return [...document.querySelectorAll(".site-header :is(svg, .brand__name, a, button, summary)")]
    .filter((one) => one.checkVisibility())
    .filter((one) => {
      const box = one.getBoundingClientRect();
      return box.top < header.top + (one.matches(".brand *") ? 4 : 0) || box.bottom > header.bottom
        || box.left < 8 || box.right > innerWidth - 8;
    }).map((one) => one.textContent.trim());
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def give_password(page, email: str, password: str = PASSWORD) -> None:
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()


def give_first_code(page) -> None:
    secret = page.locator("main code").inner_text().replace(" ", "")
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    page.get_by_label("Code à six chiffres").fill(f"{totp(key):06d}")
    page.get_by_role("button", name="Vérifier et enregistrer").click()


def test_a_reviewer_enrols_and_every_step_is_accessible(page, axe):
    reviewer = person("reviewer")
    seen = []

    def look() -> None:
        seen.append(page.locator("h1").inner_text())
        assert axe(page) == [], seen[-1]

    page.goto("/compte/connexion/?next=/compte/")
    look()
    give_password(page, reviewer.email, "pas le bon")
    look()
    give_password(page, reviewer.email)
    look()
    page.get_by_role("button", name="Commencer").click()
    look()
    give_first_code(page)
    look()
    page.get_by_role("link", name="Je les ai notés").click()
    look()
    assert len(set(seen)) == 4, seen
    assert page.url.endswith("/compte/")
    assert reviewer in {entry.user for entry in AuditEntry.objects.filter(table_name="otp_totp_totpdevice")}


def test_it_all_works_without_javascript_on_a_phone(chromium, live_server):
    admin = person("admin")
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    page.goto("/admin/")
    give_password(page, admin.email)
    page.get_by_role("button", name="Commencer").click()
    wider = page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth")
    give_first_code(page)
    page.get_by_role("link", name="Je les ai notés").click()
    assert page.url.endswith("/admin/")
    assert wider == 0
    assert any(SESSION_KEY in session.get_decoded() for session in Session.objects.all())
    context.close()


def test_the_header_of_an_administrator_is_whole_at_every_width(page, live_server):
    somebody = person("admin")
    somebody.name = LONG_NAME
    somebody.save()
    cookie = client_of(somebody).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.goto("/compte/")
    for width in (390, 768, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if width < 992:
            page.locator(".menu--small").evaluate("menu => menu.open = true")
        assert LONG_NAME in page.locator(".site-header").inner_text()
        assert page.evaluate(OUTSIDE) == [], width
