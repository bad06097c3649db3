"""What a first visit to the home page weighs, and when its charts are readable, against a static page of SVG.

bin/bench browser [--rounds 5] [--contours FILE]      (FILE: contours, as geo.api.gouv.fr gives them)
"""

import argparse
import shutil
import threading
import time
import urllib.request
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.dashboard import serve

PORT = 8791
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
# The pictures are in the page: they are readable once it is parsed and painted.
READABLE = """() => Math.max(
  performance.getEntriesByName('first-contentful-paint')[0].startTime,
  performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd)"""
CHARTS = "[...document.querySelectorAll('figure.chart')].map(f => f.outerHTML).join('')"


def fill(contours: str | None) -> None:
    from django.core.management import call_command

    for command in ("load_territory", "load_indicators", "load_facts"):
        call_command(command, verbosity=0)
    if contours:
        call_command("refresh", "geo-contours", file=contours)


def visit(browser, url: str, slower: int) -> tuple[float, int]:
    """Milliseconds until every chart is readable, and bytes received, with nothing kept from before."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    page.goto(url, wait_until="networkidle")
    page.wait_for_function("performance.getEntriesByName('first-contentful-paint').length")
    unreadable = "[...document.querySelectorAll('svg.pic:not(.narrow)')].filter(s => !s.clientHeight).length"
    assert page.evaluate("document.querySelectorAll('figure.chart svg.pic').length") > 0
    assert page.evaluate(unreadable) <= page.evaluate("document.querySelectorAll('svg.pic.wide').length")
    found = page.evaluate(READABLE), sum(received)
    context.close()
    return found


def static_page(browser, url: str, folder: str) -> None:
    """The same charts alone, with the two style sheets that draw them, and nothing else."""
    page = browser.new_page()
    page.goto(url)
    charts = page.evaluate(CHARTS)
    page.close()
    css = Path("static/css")
    style = "".join((css / name).read_text() for name in ("tokens.css", "components/chart.css"))
    head = f'<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>SVG</title><style>{style}</style>'
    Path(folder, "index.html").write_text(head + charts)


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=10).read()
            return
        except OSError:
            time.sleep(0.1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--contours")
    options = parser.parse_known_args()[0]
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    fill(options.contours)
    home = f"http://127.0.0.1:{PORT}/"
    server = serve("agglo.wsgi:application", kept=60, port=PORT)
    try:
        wait_for(home)
        with sync_playwright() as playwright, TemporaryDirectory() as folder:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            static_page(browser, home, folder)
            quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
            plain = ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=folder))
            threading.Thread(target=plain.serve_forever, daemon=True).start()
            bare = f"http://127.0.0.1:{plain.server_port}/"
            weight = visit(browser, home, 1)[1]
            print(f"Accueil : {weight / 1024:.0f} Kio reçus à la première visite (au plus 100)")
            for slower in (1, 4):
                ours, theirs = [], []
                for _ in range(options.rounds):
                    theirs.append(visit(browser, bare, slower)[0])
                    ours.append(visit(browser, home, slower)[0])
                a, b = median(ours), median(theirs)
                print(
                    f"  processeur ×1/{slower} : graphiques lisibles en {a:.0f} ms, "
                    f"page SVG seule {b:.0f} ms, rapport {a / b:.2f} (au plus 1,5)",
                    flush=True,
                )
            plain.shutdown()
            browser.close()
    finally:
        server.terminate()
        server.wait(20)


if __name__ == "__main__":
    main()
