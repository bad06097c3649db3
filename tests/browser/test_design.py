"""The look keeps its promises: contrast, light pages, no script, no cookie, any width, light and dark."""

import re
from pathlib import Path

import brotli
import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
# (ink, ground, least contrast): 4.5 for text, 3 for marks and borders that carry meaning.
PAIRS = [
    *(
        (ink, ground, 4.5)
        for ink in ("ink", "ink-soft", "accent", "link")
        for ground in ("paper", "surface", "surface-sunk")
    ),
    *((ink, "surface", 4.5) for ink in ("wheat", "ok", "late", "context")),
    *((f"cat-{n}", "paper", 4.5) for n in range(1, 7)),
    ("context", "paper", 4.5),
    ("on-accent", "accent", 4.5),
    ("paper", "ink", 4.5),
    ("ink", "link-soft", 4.5),
    ("ink", "wheat-soft", 4.5),
    ("ink", "ok-soft", 4.5),
    ("ink", "late-soft", 4.5),
    ("link", "link-soft", 4.5),
    ("line-strong", "surface", 3),
    ("line-strong", "paper", 3),
]


def tokens(theme: str) -> dict[str, str]:
    light, _, dark = (CSS / "tokens.css").read_text().partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", light))
    return found if theme == "light" else {**found, **dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", dark))}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_declared_pair_of_colours_can_be_read(theme: str) -> None:
    found = tokens(theme)
    weak = {
        (ink, ground): round(contrast(found[ink], found[ground]), 2)
        for ink, ground, least in PAIRS
        if contrast(found[ink], found[ground]) < least
    }
    assert not weak


def test_components_take_their_colours_from_the_tokens() -> None:
    stray = [
        f"{sheet.name}: {colour}"
        for sheet in CSS.rglob("*.css")
        if sheet.name not in ("tokens.css", "print.css")
        for colour in re.findall(
            r"(?<![\w&-])#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", sheet.read_text().partition("@media print")[0]
        )
    ]
    assert not stray


def test_the_style_sheets_of_a_page_stay_under_fifteen_kilobytes_on_the_wire() -> None:
    """The sheet all pages share, counted file by file, and the heaviest set that one template adds to it."""
    shared = ["site.css", *re.findall(r'url\("([^"]+)"\)', (CSS / "site.css").read_text())]
    added = {
        tuple(sorted(set(re.findall(r"css/([\w/-]+\.css)", page.read_text())) - set(shared)))
        for page in (CSS.parent.parent / "templates").rglob("*.html")
    }
    weight = {
        sheet.relative_to(CSS).as_posix(): len(brotli.compress(sheet.read_bytes()))
        for sheet in CSS.rglob("*.css")
    }
    assert set(weight) == {name for names in (shared, *added) for name in names}
    assert (
        sum(weight[name] for name in shared) + max(sum(map(weight.get, names)) for names in added) < 15 * 1024
    )


@pytest.fixture
def loaded(db) -> None:
    for command in ("load_territory", "load_indicators", "load_facts"):
        call_command(command, verbosity=0)


@pytest.mark.django_db
def test_the_home_page_opens_without_data_and_sets_no_cookie() -> None:
    answer = Client().get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_the_home_page_tells_the_story_with_attested_figures(loaded, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(25):
        text = Client().get("/").content.decode()
    assert "863" in text and "772" in text and "9,2" in text
    assert text.count('<article class="figure-card') == 4
    assert "<polyline" not in text.partition("chart-strip")[2].partition("</figure>")[0]


def test_a_panic_page_needs_neither_database_nor_context() -> None:
    from django.template.loader import get_template

    for name in ("400.html", "500.html"):
        text = get_template(name).render()
        assert "intactes" in text or "Rien n’a été enregistré" in text


@pytest.mark.browser
@pytest.mark.urls("tests.browser.design_gallery")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_components_break_no_accessibility_rule(page, axe, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/galerie/")
    assert page.locator(".figure-card").count() > 10
    assert axe(page) == []


@pytest.mark.browser
@pytest.mark.urls("tests.browser.design_gallery")
@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_width_makes_the_page_scroll_sideways(page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/galerie/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.browser
def test_the_menu_opens_on_a_phone_without_script(chromium, live_server) -> None:
    context = chromium.new_context(
        java_script_enabled=False, base_url=live_server.url, viewport={"width": 390, "height": 800}
    )
    page = context.new_page()
    page.goto("/mentions-legales/")
    link = page.get_by_role("link", name="Indicateurs")
    expect(link).not_to_be_visible()
    page.locator("summary", has_text="Menu").click()
    expect(link).to_be_visible()
    context.close()


@pytest.mark.browser
def test_the_home_page_weighs_little_and_breaks_no_rule(page, axe, live_server, transactional_db) -> None:
    for command in ("load_territory", "load_indicators", "load_facts"):
        call_command(command, verbosity=0)
    weight: dict[str, int] = {}

    def weigh(response) -> None:
        body = response.body()
        weight[response.url] = len(
            body if response.url.endswith("woff2") else brotli.compress(body, quality=5)
        )

    page.on("response", weigh)
    page.goto("/", wait_until="networkidle")
    assert page.locator(".figure-card").count() == 4
    assert axe(page) == []
    assert sum(weight.values()) < 100 * 1024, weight
