"""What every test may lean on: a fast PostgreSQL, recorded answers, attested facts, a real browser, axe."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import environ
import hypothesis
import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck

from agglo.celery import app
from tests.kept import kept
from tests.migrated import template

pytest_plugins = ["tests.replay.fixtures"]

# A busy machine is no fault of the code: properties are checked without a clock.
hypothesis.settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("unhurried")

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bin"))

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = (390, 768, 1440)  # a phone, a tablet, a desk
_server = None


def _start_postgresql() -> None:
    """Before the first connection; the workers of a parallel run inherit the address."""
    global _server
    if settings.STARTS_POSTGRESQL:
        from launch import postgres

        _server = postgres.temporary()
        os.environ["DATABASE_URL"] = _server.url()
        os.environ["AGGLO_TEST_TEMPLATE"] = template(_server)
        address = environ.Env.db_url_config(_server.url())
        options = {**settings.DATABASES["default"]["OPTIONS"], **address["OPTIONS"]}
        connections.settings["default"].update(
            address, ENGINE="django.db.backends.postgresql", OPTIONS=options
        )
    connections.settings["default"]["TEST"]["TEMPLATE"] = os.environ.get("AGGLO_TEST_TEMPLATE")


_start_postgresql()


def pytest_unconfigure() -> None:
    if _server is not None:
        from launch import postgres

        postgres.discard(_server)


@pytest.fixture(scope="session", autouse=True)
def own_queue(tmp_path_factory) -> None:
    """Messages of tests go to a folder of this run, never to the queue of a site that runs beside."""
    queue = tmp_path_factory.mktemp("queue")
    folders = {"data_folder_in": "in", "data_folder_out": "in", "processed_folder": "processed"}
    for option, name in (folders | {"control_folder": "control"}).items():
        (queue / name).mkdir(exist_ok=True)
        app.conf.broker_transport_options[option] = str(queue / name)


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of recorded official answers."""
    folder = Path(os.environ.get("AGGLO_SAMPLES", ROOT.parent / "shared" / "samples"))
    if not folder.is_dir():
        pytest.skip(f"recorded official answers are not here: {folder} (set AGGLO_SAMPLES)")
    return folder


@pytest.fixture
def facts(db):
    """The ledger with the attested facts in it; gives what loading them did."""
    from agglo.figures.facts.loading import load_facts

    return kept("facts", load_facts)


@pytest.fixture
def figure_id(facts):
    """`figure_id("F02")`: the id of the fact of this key."""
    from agglo.figures.models import Observation

    return lambda key: Observation.objects.get(quotation__key=key).pk


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One headless Chromium for the session: the system's, else Playwright's own."""
    from playwright.sync_api import Error, sync_playwright

    # Playwright's synchronous door runs an event loop in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        try:
            browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        except Error as error:
            pytest.skip(f"no Chromium to drive: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, live_server) -> Iterator:
    """A fresh French page on `live_server`; the test fails if it asks a third party or breaks its CSP."""
    context = chromium.new_context(locale="fr-FR", base_url=live_server.url, reduced_motion="reduce")
    page = context.new_page()
    elsewhere: list[str] = []
    errors: list[str] = []

    def note_request(request) -> None:
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            elsewhere.append(request.url)

    def note_console(message) -> None:
        if "Content Security Policy" in message.text:
            errors.append(message.text)

    page.on("request", note_request)
    page.on("console", note_console)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not elsewhere, f"third-party requests: {elsewhere}"
    assert not errors, f"script errors or CSP violations: {errors}"


@pytest.fixture
def axe():
    """`axe(page)` lists the accessibility violations of what is on screen, one readable line each."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(page, **options) -> list[str]:
        # Axe would fetch imported sheets through a style element of its own: the CSP refuses it.
        asked = {"preload": False, **(options.pop("options", None) or {})}
        found = Axe().run(page, options=asked, **options).response["violations"]
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']} — {node['target']}"
            for rule in found
            for node in rule["nodes"]
        ]

    return violations


@pytest.fixture
def misfits(axe):
    """`misfits(page, name)` lists what is wrong with the page on screen: too wide, or seen by axe."""

    def found(page, name: str) -> list[str]:
        faults = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{name} is wider than {width}")
        return faults + [f"{name}: {fault}" for fault in axe(page)]

    return found
