"""Typing a follow-up in a real browser without script: the keys and clicks that a pasted table costs."""

import os

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from employment.models import FollowUp
from tests.people import client_of, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = "CDI\t400\nCréation\t100\nRetraite\t60\nRecherche d’emploi\t200\nBase\t786\nTotal\t560"
MOST_STEPS = 20


def test_a_follow_up_is_pasted_and_submitted_in_few_steps_and_fits_a_telephone(chromium, live_server):
    for command in ("load_territory", "load_indicators", "load_facts", "load_projects", "load_employment"):
        call_command(command, verbosity=0)
    cookie = client_of(person("staff")).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR", base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto("/equipe/plans/")
    page.get_by_role("link", name="Nouveau point de suivi").click()
    steps = 1
    # The order of day and month on screen is that of the machine: eight digits all the same.
    page.get_by_label("Situation au").fill("2026-06-30")
    steps += 1 + 8
    page.get_by_label("Coller le tableau").fill(TABLE)
    steps += 2  # one click, one paste
    page.get_by_role("button", name="Vérifier").click()
    steps += 1
    expect(page.get_by_text("Les sommes tiennent")).to_be_visible()
    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if folder := os.environ.get("AGGLO_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/form-{width}.png", full_page=True)
    page.get_by_role("button", name="Soumettre").click()
    steps += 1
    row = FollowUp.objects.get(attested=False)
    assert (row.base, row.total, row.lines.count()) == (786, 560, 4)
    expect(page.get_by_text("Une autre personne que celle")).to_be_visible()
    assert steps <= MOST_STEPS
    if folder := os.environ.get("AGGLO_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/submitted.png", full_page=True)
        for name, path in (
            ("bilan", "/bilan/"),
            ("plan", "/plans/bridgestone-bethune/"),
            ("closure", "/plans/bridgestone-bethune/bilan/"),
            ("worklist", "/equipe/plans/"),
        ):
            for width in (390, 1440):
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(path)
                page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    context.close()
