"""Files of standards in a browser: accepted by another person who sees the worker at it; every state fits."""

import pytest
from django.conf import settings
from django.core.management import call_command

from projects.models import Site
from projects.standards import STANDARDS, carrying, deciding
from tests.people import client_of, person
from tests.projects.standards.conftest import as_csv, example_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def signed_in(context, live_server, user) -> None:
    name = settings.SESSION_COOKIE_NAME
    value = client_of(user).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])


def test_each_state_fits_and_a_page_left_open_follows_the_worker(page, live_server, misfits):
    call_command("load_territory", verbosity=0)
    agent, reviewer = person("staff"), person("reviewer")
    rows = [example_of("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(2)]
    rows.append(example_of("friches", site_id="x", site_type="usine"))
    brought = deciding.bring(STANDARDS["friches"], "f.csv", as_csv("friches", *rows), agent)
    signed_in(page.context, live_server, reviewer)
    page.goto(f"/equipe/standards/{brought.pk}/")
    page.get_by_text("Commence dès qu’une tâche de fond est libre").wait_for()
    faults = list(misfits(page, "busy"))
    carrying.carry_on(brought.pk)
    page.get_by_text("n’est pas un mot du standard").wait_for()  # of itself, without a click
    faults += misfits(page, "compared")
    page.get_by_role("button", name="Accepter les 2 lignes").focus()
    page.keyboard.press("Enter")
    page.get_by_text("En cours d’écriture").first.wait_for()
    carrying.carry_on(brought.pk)
    page.get_by_role("button", name="Annuler cette importation").wait_for()
    faults += misfits(page, "accepted")
    assert Site.objects.count() == 2
    page.goto("/equipe/standards/")
    faults += misfits(page, "the list")
    assert not faults
