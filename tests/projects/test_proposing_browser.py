"""What the public reads, changed on a telephone without script: proposed, read by another, published."""

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from projects.models import Project, Publication
from tests.people import client_of, person
from tests.projects.aid import company, line, moved
from tests.projects.two import proposed, put, request_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REQUEST = request_page("projets", "tech-3e")


@pytest.fixture
def records():
    for command in ("load_territory", "load_facts", "load_projects"):
        call_command(command, verbosity=0)


def signed_in(live_server, who) -> dict:
    cookie = client_of(who).cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}


@pytest.fixture
def telephones(chromium, live_server, records):
    """One of an agent, one of a reviewer, both without script."""
    window = {"java_script_enabled": False, "base_url": live_server.url}
    window |= {"viewport": {"width": 390, "height": 800}}
    contexts = [chromium.new_context(**window) for _ in range(2)]
    for context, role in zip(contexts, ("staff", "reviewer"), strict=True):
        context.add_cookies([signed_in(live_server, person(role))])
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def test_a_change_is_proposed_and_published_on_a_telephone_without_script(telephones):
    author, reader = telephones
    author.goto("/equipe/projets/tech-3e/")
    author.get_by_role("link", name="Modifier la fiche").click()
    author.get_by_label("Intitulé").fill("TECH 3E, le campus")
    author.get_by_role("button", name="Proposer cette modification").click()
    expect(author.get_by_text("Modification proposée :")).to_be_visible()
    reader.goto("/projets/tech-3e/")
    expect(reader.get_by_role("heading", level=1)).not_to_contain_text("le campus")
    reader.goto("/equipe/")
    reader.get_by_role("listitem").filter(has_text="Modification d’une fiche").get_by_role(
        "link"
    ).last.click()
    expect(reader.locator("dl.changes ins")).to_contain_text("TECH 3E, le campus")
    expect(reader.locator("dl.changes del")).to_contain_text("Plateforme")
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_text("Publiée :")).to_be_visible()
    reader.goto("/projets/tech-3e/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("le campus")


def test_the_keyboard_alone_publishes_and_axe_finds_nothing(page, live_server, misfits, records):
    staff, long = client_of(person("staff")), "Un mot. " * 60
    proposed(
        staff, "/equipe/projets/tech-3e/modifier/", about=long, circular="on", wording="Mots de la source"
    )
    Project.objects.filter(slug="tech-3e").update(about="Venu d’un fichier.")
    page.context.add_cookies([signed_in(live_server, person("reviewer"))])
    faults = []
    for path in (
        REQUEST,
        "/equipe/projets/tech-3e/modifier/",
        f"{REQUEST}apercu/",
        "/equipe/projets/tech-3e/",
    ):
        assert page.goto(path).status == 200, path
        faults += misfits(page, path)
    assert faults == []
    page.goto(REQUEST)
    page.get_by_role("button", name="Publier").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Publiée :")).to_be_visible()
    assert Publication.objects.get().changes["about"][0] == "Venu d’un fichier."


def test_what_hangs_under_a_record_is_proposed_on_a_telephone_without_script(telephones):
    author, reader = telephones
    author.goto("/equipe/projets/tech-3e/")
    author.get_by_role("link", name="Ajouter un risque").click()
    author.get_by_label("Risque").fill("Retard du permis")
    author.get_by_label("Probabilité").select_option("moyen")
    author.get_by_role("button", name="Proposer").click()
    expect(author.get_by_text("Rien n’a été gardé pour l’instant")).to_be_visible()
    expect(author.get_by_label("Risque")).to_have_value("Retard du permis")
    author.get_by_label("Gravité").select_option("fort")
    author.get_by_role("button", name="Proposer").click()
    expect(author.get_by_text("Proposé\u00a0: un valideur")).to_be_visible()
    reader.goto("/equipe/")
    waiting = reader.get_by_role("listitem").filter(has_text="Ajouter un risque\u00a0: Retard du permis")
    waiting.get_by_role("link").last.click()
    reader.get_by_label("Ce qu’il faut reprendre").fill("Dites quel permis.")
    reader.get_by_role("button", name="Renvoyer").click()
    author.goto("/equipe/")
    author.get_by_role("listitem").filter(has_text="Dites quel permis.").get_by_role("link").last.click()
    author.get_by_role("link", name="Reprendre", exact=True).click()
    author.get_by_label("Risque").fill("Retard du permis de construire")
    author.get_by_role("button", name="Proposer").click()
    reader.goto(author.url)
    reader.get_by_role("button", name="Publier").click()
    expect(reader.get_by_text("Publiée\u00a0:")).to_be_visible()
    reader.goto("/projets/tech-3e/")
    expect(reader.get_by_text("Retard du permis de construire")).to_be_visible()


def test_axe_finds_nothing_on_what_waits_under_records(page, live_server, misfits, records):
    staff = client_of(person("staff"))
    aid = line(company("Alpha"), legal_basis="délibération", published=True)
    moved(aid, amount=90000)
    told = {"source": "x", "evidence": "mandat"}
    project, support = "/equipe/projets/tech-3e/", f"/equipe/aides/{aid.pk}/"
    risk = {"words": "Un mot. " * 30, "likelihood": 2, "impact": 3, "opened_on": "2025-01-01", **told}
    paid = {"kind": "paid", "amount": "45 000", "qualifier": 0, "on": "2025-03-01", **told}
    shares = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-percent": "100"}
    verdict = {"status": "kept", "on": "2025-01-01", "said_by": "Service", **told}
    pages = [
        put(staff, f"{project}risques/", risk),
        put(staff, f"{support}mouvements/", paid),
        put(staff, f"{support}parts/", shares | {"form-0-organisation": company("Beta").pk}),
        put(staff, "/equipe/engagements/ambassadeurs-numeriques/verdict/", verdict),
    ]
    first, _, third, _ = (one.split("/")[-2] for one in pages)
    page.context.add_cookies([signed_in(live_server, person("reviewer"))])
    faults = []
    for path in (
        *pages,
        f"{REQUEST}apercu/?partie={first}",
        f"{project}risques/?reprise={first}",
        f"{support}parts/?reprise={third}",
        REQUEST,
        project,
        support,
        "/equipe/engagements/",
        "/equipe/",
    ):
        assert page.goto(path).status == 200, path
        faults += misfits(page, path)
    assert faults == []
