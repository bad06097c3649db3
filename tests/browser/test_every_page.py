"""Every kind of public page, filled: accessible, as wide as its window, alone, readable without script."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.urls import reverse

from agglo.figures.models import Observation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = [390, 768, 1440]
# Its address (a name between brackets is the id of a figure), and whether rows of figures are due.
PAGES = {
    "home": ("/", True),
    "catalogue": ("/indicateurs/", True),
    "indicator": ("/indicateurs/EMP-01/", True),
    "attested indicator": ("/indicateurs/PSE-02/", True),
    "empty indicator": ("/indicateurs/FOR-01/", False),
    "axis": ("/axes/emploi/", True),
    "attested axis": ("/axes/industrie/", True),
    "figure of an article": ("/chiffres/[attested]/", True),
    "revised figure": ("/chiffres/[revised]/", True),
    "communes": ("/communes/", True),
    "commune": ("/communes/62119/", True),
    "plan": ("/plans/bridgestone-bethune/", True),
    "plan on another base": ("/plans/bridgestone-bethune/?base=830", True),
    "plans": ("/plans/", False),
    "closure sheet": ("/plans/bridgestone-bethune/bilan/", True),
    "agreement": ("/plans/bridgestone-bethune/convention/", True),
    "schools": ("/ecoles/", True),
    "school": ("/ecoles/ep2b/", True),
    "balance of the territory": ("/bilan/", True),
    "sites": ("/sites/", True),
    "sites filtered": ("/sites/?q=bethune&etape=10", True),
    "site": ("/sites/bridgestone-bethune/", True),
    "site without stages": ("/sites/logisterra26/", True),
    "projects": ("/projets/", True),
    "project": ("/projets/plateforme-bridgestone/", True),
    "map of sites": ("/carte/", True),
    "implantations": ("/implantations/", True),
    "jobs by cohort": ("/emplois/", True),
    "link that is not ours": ("/confirmer/rien/", False),
    "aid": ("/aides/", True),
    "commitments": ("/engagements/", True),
    "no commitment": ("/engagements/?q=zzz", False),
    "data": ("/donnees/", True),
    "national files": ("/standards/", True),
    "business parks": ("/zones-activite/", False),
    "sources": ("/sources/", True),
    "corrections": ("/corrections/", True),
    "accessibility": ("/accessibilite/", False),
    "legal": ("/mentions-legales/", False),
    "sign in": ("/compte/connexion/", False),
    "unknown": ("/rien-de-tel/", False),
}
PARTS = 3  # so that no worker is left alone with all pages at the end of a run
# As tall as any page: what is laid out only near the window is judged too.
TALL = 20_000
DARK = ["home", "indicator", "plan", "site", "project"]
# A row of a table, or what stands for one: a fact of a definition list, a card, an item of a list.
ROWS = "main tbody tr, main .facts dd, main .figure-card, main ul li"
# A band that is laid out late hides what is wider than itself, instead of making the page scroll.
CUT = """() => [...document.querySelectorAll("body *")]
  .filter(e => getComputedStyle(e).contentVisibility === "auto" && e.scrollWidth > e.clientWidth)
  .map(e => e.getAttribute("aria-labelledby") || e.className)"""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_keeps_its_promises(page, axe, chromium, live_server, part: int) -> None:
    for command in ("load_territory", "load_indicators", "load_facts", "load_projects", "load_employment"):
        call_command(command, verbosity=0)
    silent = chromium.new_context(java_script_enabled=False, locale="fr-FR", base_url=live_server.url)
    without_script = silent.new_page()
    # The data are loaded once for many pages; each fault is told with its page.
    faults = [
        f"{name}: {fault}"
        for name, (path, rows) in list(PAGES.items())[part::PARTS]
        for fault in [
            *seen(page, address(path), axe, dark=name in DARK),
            *read_without_script(without_script, address(path), rows),
        ]
    ]
    silent.close()
    assert not faults, "\n".join(faults)


def address(path: str) -> str:
    if "[" not in path:
        return path
    attested = Observation.objects.filter(quotation__key="B19")
    revised = Observation.objects.filter(known_to__isnull=False, series__subject__code="3205")
    found = attested if "attested" in path else revised
    return reverse("portal:figure", args=[found.values_list("pk", flat=True)[0]])


def seen(page, url: str, axe, dark: bool) -> Iterator[str]:
    page.emulate_media(color_scheme="light")
    lost: list[str] = []

    def note_loss(response) -> None:
        # What a page asks for; the address of the page itself may answer 404 on purpose.
        if response.status >= 400 and response.request.resource_type != "document":
            lost.append(f"{response.url} answers {response.status}")

    page.on("response", note_loss)
    page.set_viewport_size({"width": 1280, "height": TALL})
    page.goto(url, wait_until="networkidle")
    yield from axe(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        content = page.evaluate("document.documentElement.scrollWidth")
        if content > width:
            yield f"{content} px wide in a window of {width}"
        yield from [f"{name} cuts what it holds in a window of {width}" for name in page.evaluate(CUT)]
    # A form that is the whole page has the focus already.
    if not page.evaluate("document.querySelector('main').contains(document.activeElement)"):
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        if page.evaluate("document.activeElement.id") != "contenu":
            yield "the first key does not lead to the content"
    if dark:
        page.emulate_media(color_scheme="dark")
        yield from [f"{fault} (dark)" for fault in axe(page)]
    page.remove_listener("response", note_loss)
    yield from lost
    if "/compte/" not in url:
        yield from [f"sets the cookie {cookie['name']}" for cookie in page.context.cookies()]
    page.context.clear_cookies()


def read_without_script(page, url: str, rows: bool) -> Iterator[str]:
    page.goto(url)
    if not page.locator("main h1").is_visible():
        yield "no heading without script"
    if rows and not page.locator(ROWS).locator("visible=true").count():
        yield "no row without script"
