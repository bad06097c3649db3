"""The console of refreshes in a real browser, a real worker behind it: asked, followed, held, released."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from agglo.celery import app
from agglo.opendata import queueing
from agglo.opendata.models import Run
from tests.opendata.conftest import declared, held, row, table  # noqa: F401
from tests.opendata.test_worker import house, worker  # noqa: F401
from tests.people import PASSWORD, client_of, person
from tests.replay.server import Reply

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.django_db(transaction=True)]

LIST = "/equipe/actualisations/"
DATASET = f"{LIST}jeux/toy-table/"
GOOD = [row(value="10"), row(geo="62178", value="20")]
LOADED = {("62119", 2023, ""): 10, ("62178", 2023, ""): 20}
WIDTHS = [390, 768, 1440]
SOON = 60_000  # milliseconds a busy machine may take


@pytest.fixture(autouse=True)
def one_queue(declared, house, tmp_path):  # noqa: F811
    """The web server of the test sends to the queue that the worker reads."""
    before = app.conf.broker_transport_options
    queue = tmp_path / "queue"
    app.conf.broker_transport_options = dict(
        before, data_folder_in=str(queue / "in"), data_folder_out=str(queue / "in"),
        processed_folder=str(queue / "processed"), control_folder=str(queue / "control"),
    )  # fmt: skip
    app.amqp._producer_pool = None
    yield
    app.conf.broker_transport_options, app.amqp._producer_pool = before, None


@pytest.fixture
def staff(page, replay):
    """The browser, signed in; `replay` serves two good rows and one of an unknown place."""
    replay.play("/file/TOYS", Reply(table(*GOOD, row(geo="99999")), "text/csv"))
    someone = person("staff")
    page.goto(f"/compte/connexion/?next={DATASET}")
    page.get_by_label("Adresse électronique").fill(someone.email)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Se connecter").click()
    page.wait_for_url(f"**{DATASET}")
    return page


@pytest.fixture
def slow():
    """A service that sends most of a table, and the rest when told: three good rows among many others."""
    rows = [*GOOD, row(geo="99999"), *[row(measure="OTHER")] * 8000]
    body = table(*rows)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[:-1000])
            self.wfile.flush()
            server.rest.wait(60)
            self.wfile.write(body[-1000:])

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.rest, server.url = threading.Event(), f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.rest.set()
    server.shutdown()
    server.server_close()


def becomes(page, words):
    page.locator("#etat-vif .badge", has_text=words).wait_for(timeout=SOON)


def decide(page, title, button):
    """With the keyboard alone: open, write the reason, send."""
    page.locator("summary", has_text=title).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Vérifié auprès du producteur")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == button
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def faults(page, axe, name):
    opened = "open => document.querySelectorAll('main details').forEach(one => { one.open = open })"
    page.evaluate(opened, True)  # what is folded away is not looked at
    found = [f"{name}: {fault}" for fault in axe(page)]
    page.evaluate(opened, False)
    size = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = page.evaluate("document.documentElement.scrollWidth")
        found += [f"{name}: {wide} px wide in a window of {width}"] if wide > width else []
    page.set_viewport_size(size)
    return found


def test_a_refresh_is_asked_followed_live_and_read_without_leaving_the_page(staff, axe, house, slow):  # noqa: F811
    page, asked = staff, []
    house["OPENDATA_BASE_URLS"] = f"toy-table={slow.url}"
    found = faults(page, axe, "dataset")
    page.get_by_role("button", name="Actualiser maintenant").click()
    becomes(page, "En attente")
    run, address = Run.objects.get(), page.url
    page.goto(LIST)
    found += faults(page, axe, "list, one waiting")
    page.get_by_role("link", name=f"Suivre l’actualisation n° {run.pk}").click()
    found += faults(page, axe, "waiting run")
    page.evaluate("window.stayed = true")
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/etat/") else None)
    with worker(house):
        page.locator("#etat-vif progress[value]").wait_for(timeout=SOON)
        assert "reçus sur" in page.locator("#etat-vif").inner_text()
        found += faults(page, axe, "run on its way")
        slow.rest.set()
        becomes(page, "Réussie")
    page.get_by_role("heading", name="Lignes refusées").wait_for(timeout=SOON)
    assert page.evaluate("window.stayed"), "the page was loaded again"
    assert page.locator("[data-live-words]").inner_text() == "Réussie"
    assert page.url == address
    so_far = len(asked)
    page.wait_for_timeout(4500)  # two turns
    assert len(asked) == so_far > 1, "the page still asks for the state of a run that has ended"
    found += faults(page, axe, "run that has ended")
    with page.expect_download() as download:
        page.get_by_role("link", name="À corriger, avec les colonnes de la source").click()
    assert download.value.suggested_filename == f"a-corriger-toy-table-{run.pk}.csv"
    page.get_by_role("link", name="Voir le début de la réponse 1").click()
    found += faults(page, axe, "answer")
    page.goto(LIST)
    found += faults(page, axe, "list")
    assert not found, "\n".join(found)


def test_a_run_is_held_before_it_writes_then_released_with_a_reason(staff, axe, house):  # noqa: F811
    page = staff
    page.get_by_role("button", name="Actualiser maintenant").click()
    decide(page, "La retenir avant qu’elle n’écrive", "Retenir")
    with worker(house):
        becomes(page, "Retenue")
        page.get_by_role("heading", name="Décider").wait_for(timeout=SOON)
        assert held() == {}
        assert not faults(page, axe, page.url)
        decide(page, "Libérer : charger cette réponse", "Libérer et charger")
        becomes(page, "Réussie")
    assert held() == LOADED
    assert Run.objects.get(status="implausible").decision == "Libérée\u00a0: Vérifié auprès du producteur"


def test_a_file_in_part_is_brought_by_hand_and_the_queue_follows_it(staff, axe, house):  # noqa: F811
    page = staff
    file = {"name": "juin.csv", "mimeType": "text/csv", "buffer": table(*GOOD)}
    page.get_by_label("Fichier", exact=True).set_input_files(file)
    page.get_by_label("Il ne contient qu’une partie du jeu").check()
    page.get_by_label("D’où vient-il").fill("Reçu par courriel")
    page.get_by_role("button", name="Comparer ce fichier").click()
    page.goto(LIST)
    with worker(house):
        page.get_by_role("heading", name="Retenues, elles vous attendent").wait_for(timeout=SOON)
        expect(page.get_by_text("Plus rien n’est en attente.")).to_be_visible()
        assert not faults(page, axe, page.url)
        page.get_by_role("link", name="Décider de l’actualisation").click()
        decide(page, "Libérer : charger cette réponse", "Libérer et charger")
        becomes(page, "Réussie")
    assert held() == LOADED
    assert Run.objects.latest("id").options["partial"] is True


def test_without_script_a_link_refreshes_and_everything_is_there(chromium, live_server, house):  # noqa: F811
    run = queueing.claim(queueing.ask("toy-table").pk, "ici")
    session = client_of("staff").cookies.popitem()[1]
    context = chromium.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([{"name": session.key, "value": session.value, "url": live_server.url}])
    page = context.new_page()
    for address in (f"{LIST}{run.pk}/", LIST):
        page.goto(address)
        expect(page.get_by_text("En cours").first).to_be_visible()
        page.get_by_role("link", name="Rafraîchir", exact=True).click()
        assert page.url.endswith(address)
    context.close()


def test_a_session_that_has_ended_leads_to_the_door(staff, house):  # noqa: F811
    page = staff
    queueing.ask("toy-table")
    page.goto(LIST)
    page.context.clear_cookies()
    page.wait_for_url("**/compte/connexion/**", timeout=SOON)
