"""On a phone, with thumbs: few taps from the worklist to submitted, and nothing typed is ever lost."""

import os

import pytest
from django.conf import settings
from playwright.sync_api import expect

from agglo.figures.vocabulary import Review
from projects.models import Attachment, Update
from projects.updates.following import follow
from tests.people import client_of
from tests.projects.updates import made
from tests.projects.updates.conftest import LAST, make_project

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
ENTRY = "/equipe/mises-a-jour/projets/atelier/"
MOST_TAPS = 4
LONG_WORD = "https://documents.example/" + "a" * 90


def signed_in(chromium, live_server, user, **more):
    cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(
        locale="fr-FR", base_url=live_server.url, viewport=PHONE, has_touch=True, **more
    )
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context


def look(page, name: str, widths=(390, 768, 1440)) -> None:
    """Nothing scrolls sideways; pictures are kept when a folder is given."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        if folder := os.environ.get("AGGLO_SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)
    page.set_viewport_size(PHONE)


def test_from_the_worklist_to_submitted_in_four_taps_besides_typing(
    chromium, live_server, project, author, reviewer, axe
):
    follow(project, author)
    context = signed_in(chromium, live_server, author)
    page, taps = context.new_page(), 0
    page.goto("/equipe/")
    look(page, "worklist")

    def tap(what) -> None:
        nonlocal taps
        what.tap()
        taps += 1

    tap(page.get_by_role("link", name="Mettre à jour : Projet atelier"))
    assert page.get_by_label("En quelques phrases").input_value() == LAST
    tap(page.get_by_text("Tout va bien"))
    tap(page.get_by_label("En quelques phrases"))
    page.keyboard.press("End")
    page.keyboard.type(" Le gros œuvre est fini.")
    page.get_by_text("Brouillon gardé à").wait_for()
    expect(page.locator("ins", has_text="Le gros œuvre")).to_be_visible()
    assert axe(page) == []
    look(page, "entry")
    tap(page.get_by_role("button", name="Soumettre"))
    page.get_by_text("une autre personne la relit").wait_for()
    assert taps <= MOST_TAPS
    row = Update.objects.get()
    assert (row.review, row.weather) == (Review.SUBMITTED, "sun")
    assert row.synthesis.endswith("Le gros œuvre est fini.")
    look(page, "submitted")
    page.goto(f"/equipe/mises-a-jour/{row.pk}/")
    page.get_by_label("Commenter").fill(LONG_WORD)
    page.get_by_role("button", name="Commenter").tap()
    expect(page.locator(".remarks")).to_contain_text(LONG_WORD)
    look(page, "remark")
    context.close()

    context = signed_in(chromium, live_server, reviewer)
    page = context.new_page()
    page.goto(f"/equipe/mises-a-jour/{row.pk}/")
    assert axe(page) == []
    look(page, "reviewer")
    page.get_by_role("button", name="Publier").tap()
    page.get_by_text("Publiée : le public peut la lire.").wait_for()
    page.goto("/projets/atelier/")
    expect(page.get_by_text("Le gros œuvre est fini.")).to_be_visible()
    look(page, "public")
    assert axe(page) == []
    for name, address in (("list", "/equipe/mises-a-jour/?q=atelier"), ("reminders", "/equipe/rappels/")):
        page.goto(address)
        look(page, name)
        assert axe(page) == []
    context.close()


def test_a_draft_survives_a_reload_a_lost_network_and_an_ended_session(
    chromium, live_server, project, author
):
    context = signed_in(chromium, live_server, author)
    page = context.new_page()
    page.goto(ENTRY)
    words = page.get_by_label("En quelques phrases")
    words.fill("Gardé par le serveur.")
    page.get_by_text("Brouillon gardé à").wait_for()
    page.reload()
    assert words.input_value() == "Gardé par le serveur."

    context.set_offline(True)
    words.fill("Gardé dans le train.")
    page.get_by_text("Hors ligne : gardé sur cet appareil.").wait_for()
    context.set_offline(False)
    page.get_by_text("Brouillon gardé à").wait_for()
    assert Update.objects.get().typed["synthesis"] == "Gardé dans le train."

    cookies = context.cookies()
    context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    words.fill("Gardé sans session.")
    page.get_by_text("Session expirée").wait_for()
    expect(page.get_by_role("link", name="Se reconnecter")).to_be_visible()
    look(page, "expired", (390,))
    context.add_cookies([one for one in cookies if one["name"] == settings.SESSION_COOKIE_NAME])
    page.goto(ENTRY)
    assert words.input_value() == "Gardé dans le train."
    look(page, "found", (390,))
    page.get_by_role("button", name="Le reprendre").tap()
    page.get_by_text("Brouillon gardé à").wait_for()
    assert Update.objects.get().typed["synthesis"] == "Gardé sans session."
    context.close()


def test_a_draft_is_kept_without_script_before_its_weather_is_known(chromium, live_server, db, author):
    make_project("neuf")
    context = signed_in(chromium, live_server, author, java_script_enabled=False)
    page = context.new_page()
    page.goto("/equipe/mises-a-jour/projets/neuf/")
    page.get_by_label("En quelques phrases").fill("Le terrain est choisi.")
    page.get_by_role("button", name="Garder le brouillon").last.click()
    expect(page.get_by_text("Brouillon gardé. Il n’est pas public.")).to_be_visible()
    assert Update.objects.get().typed["synthesis"] == "Le terrain est choisi."
    context.close()


def test_all_of_it_works_without_script(chromium, live_server, project, author, tmp_path):
    context = signed_in(chromium, live_server, author, java_script_enabled=False)
    page = context.new_page()
    page.goto(ENTRY)
    page.get_by_label("En quelques phrases").fill("Sans script.")
    page.get_by_role("button", name="Garder le brouillon").last.click()
    expect(page.get_by_text("Brouillon gardé. Il n’est pas public.")).to_be_visible()
    expect(page.locator("ins", has_text="Sans script.")).to_be_visible()
    photo = tmp_path / "chantier.jpg"
    photo.write_bytes(made.photo())
    page.get_by_text("Photos et documents").click()
    page.get_by_label("Fichier").set_input_files(photo)
    page.get_by_label("Ce que l’on y voit").fill("La halle en travaux")
    page.get_by_role("button", name="Ajouter ce fichier").click()
    expect(page.get_by_alt_text("La halle en travaux")).to_be_visible()
    look(page, "with-photo")
    page.get_by_role("button", name="Soumettre").click()
    assert Attachment.objects.get().update.review == Review.SUBMITTED
    context.close()
