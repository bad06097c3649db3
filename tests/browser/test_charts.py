"""Charts in a real browser: readable without script, interactive on request, by keyboard, on a phone."""

import pytest
from playwright.sync_api import expect

from tests.charts import gallery

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.charts.urls")]

EMP = "#g-EMP-01"


def visit(page, width: int = 1280) -> None:
    """The page of samples, all of them there."""
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/")
    assert page.locator("figure[data-figure-url] svg[role=img]").count() >= len(gallery.everything())


def open_chart(page, selector: str = EMP):
    chart = page.locator(selector)
    chart.get_by_role("button", name="Explorer le graphique").click()
    chart.locator(".main-svg").first.wait_for(state="attached")
    chart.get_by_role("button", name="Revenir à l’image").wait_for()
    return chart


def test_without_script_the_picture_and_the_table_are_there(chromium, live_server) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    visit(page)
    chart = page.locator(EMP)
    expect(chart.get_by_role("img", name="Le chômage baisse-t-il")).to_be_visible()
    assert chart.locator(".dl .su").first.text_content().startswith("Béthune")
    expect(chart.get_by_role("button", name="Explorer le graphique")).not_to_be_visible()
    chart.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(chart.get_by_role("row", name="T4 2025")).to_be_visible()
    context.close()


def test_plotly_is_fetched_only_on_request_and_nothing_moves(page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "plotly" in url or "/figures/" in url]
    before = page.locator("main").bounding_box()
    chart = open_chart(page)
    assert len([url for url in asked if "vendor/plotly" in url]) == 1
    assert page.locator("main").bounding_box() == before
    assert chart.locator(".pic").first.is_hidden()


def test_arrows_read_the_points_and_escape_returns(page) -> None:
    visit(page)
    chart = open_chart(page)
    status = chart.get_by_role("status")
    page.keyboard.press("ArrowRight")
    first = status.inner_text()
    assert first.startswith("T1 2021, Béthune")
    page.keyboard.press("ArrowRight")
    assert status.inner_text().startswith("T2 2021, Béthune")
    page.keyboard.press("ArrowLeft")
    assert status.inner_text() == first
    page.keyboard.press("End")
    assert status.inner_text().startswith("T4 2025, Béthune")
    assert "(provisoire)" in status.inner_text()
    page.keyboard.press("ArrowDown")
    assert "Béthune" not in status.inner_text()
    assert chart.locator(".hovertext").count() >= 1
    page.keyboard.press("Escape")
    assert chart.locator(".chart-live").count() == 0
    expect(chart.locator(".pic").first).to_be_visible()
    assert page.evaluate("document.activeElement.textContent") == "Explorer le graphique"


def test_a_period_without_a_value_is_read_too(page) -> None:
    visit(page)
    chart = open_chart(page, "#g-GAPS")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert "secret statistique" in chart.get_by_role("status").inner_text()


def test_every_sample_opens_without_an_error(page) -> None:
    visit(page)
    for chart in page.locator("figure[data-figure-url]").all():
        chart.get_by_role("button", name="Explorer le graphique").click()
        chart.get_by_role("button", name="Revenir à l’image").wait_for()
        assert chart.locator(".main-svg").count() > 0


def test_when_loading_fails_the_picture_stays_and_a_sentence_says_so(page, live_server) -> None:
    page.context.add_cookies([{"name": "panne", "value": "1", "url": live_server.url}])
    visit(page)
    chart = page.locator(EMP)
    chart.get_by_role("button", name="Explorer le graphique").click()
    chart.get_by_text("n’a pas pu être chargé").wait_for()
    expect(chart.locator(".pic").first).to_be_visible()
    assert chart.get_by_role("button", name="Explorer le graphique").is_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_accessibility_rules_hold_for_pictures_tables_and_figures(page, axe, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    visit(page)
    page.locator(f"{EMP} summary").click()
    open_chart(page, "#g-BARS")
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_overflows_and_text_keeps_its_size(page, width: int) -> None:
    visit(page, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    sizes = page.evaluate(
        "[...document.querySelectorAll('.pic text')].map(t => parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 12
    if width < 700:
        expect(page.locator("#g-BRIDGESTONE .pic.narrow")).to_be_visible()
        expect(page.locator("#g-BRIDGESTONE .pic.wide")).not_to_be_visible()


@pytest.mark.parametrize("width", [390, 1440])
def test_labels_of_a_picture_do_not_touch(page, width: int) -> None:
    visit(page, width)
    touching = page.evaluate(
        """() => [...document.querySelectorAll('.pic')].flatMap(pic => {
          const boxes = [...pic.querySelectorAll('text:not(.demo)')]
            .map(t => [t.textContent, t.getBoundingClientRect()])
            .filter(([, b]) => b.width > 0);
          const found = [];
          boxes.forEach(([ta, a], i) => boxes.slice(i + 1).forEach(([tb, b]) => {
            if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 4 && b.top < a.bottom - 4)
              found.push(`${pic.getAttribute('aria-labelledby')}: ${ta} / ${tb}`);
          }));
          return found;
        })"""
    )
    assert touching == []


def test_paper_shows_the_picture_even_when_the_figure_is_open(page) -> None:
    visit(page)
    chart = open_chart(page)
    page.emulate_media(media="print")
    expect(chart.locator(".pic").first).to_be_visible()
    expect(chart.locator(".chart-live")).not_to_be_visible()
