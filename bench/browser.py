"""What a first visit to the home page weighs, and when its charts are readable, against a static page of SVG.

bin/bench browser [--rounds 15] [--contours FILE]      (FILE: contours, as geo.api.gouv.fr gives them)
"""

import argparse
import os
import shutil
import time
import urllib.request
from pathlib import Path
from statistics import median

from bench.dashboard import free_port, serve

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
# Pictures are in the page: readable when the first frame after its last line is laid out and painted.
# No frame is made while a style sheet is missing; the message is answered after the frame.
READABLE = """window.readable = new Promise(
  tell => addEventListener('DOMContentLoaded', () => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => tell(performance.now());
    after.port2.postMessage(0);
  })))"""
CHARTS = "[...document.querySelectorAll('figure.chart')].map(f => f.outerHTML).join('')"
# A chart has a wide and a narrow picture, and one of them is drawn.
UNDRAWN = """[...document.querySelectorAll('figure.chart')].filter(
  chart => ![...chart.querySelectorAll('svg.pic')].some(picture => picture.clientHeight)).length"""


def fill(contours: str | None) -> None:
    from django.core.management import call_command

    for command in ("load_territory", "load_indicators", "load_facts"):
        call_command(command, verbosity=0)
    if contours:
        call_command("refresh", "geo-contours", file=contours)


def visit(browser, url: str, slower: int) -> tuple[float, float, int]:
    """Milliseconds until every chart is readable, of the page's processor, and bytes; nothing kept before."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
    context.add_init_script(READABLE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
    before = processor(session)
    page.goto(url, wait_until="networkidle")
    readable = page.evaluate("window.readable")
    assert page.evaluate("document.querySelectorAll('figure.chart').length") > 0
    assert page.evaluate(UNDRAWN) == 0
    found = readable, processor(session) - before, sum(received)
    context.close()
    return found


def processor(session) -> float:
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(metric["value"] for metric in told if metric["name"] == "TaskDuration")


def static_page(browser, home: str) -> str:
    """The same charts alone, with the two style sheets that draw them written in, and nothing else."""
    page = browser.new_page()
    page.goto(home)
    charts = page.evaluate(CHARTS)
    page.close()
    css = Path("static/css")
    style = "".join((css / name).read_text() for name in ("tokens.css", "components/chart.css"))
    head = f'<!DOCTYPE html><html lang="fr"><meta charset="utf-8"><title>SVG</title><style>{style}</style>'
    return head + charts


def wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(url, timeout=10).read()
            return
        except OSError:
            time.sleep(0.1)


def measure(browser, home: str, alone: str, rounds: int) -> None:
    weight = visit(browser, home, 1)[2]
    print(f"Accueil : {weight / 1024:.0f} Kio reçus à la première visite (au plus 100)")
    for slower in (1, 4):
        turns = [(visit(browser, alone, slower), visit(browser, home, slower)) for _ in range(rounds)]
        theirs, ours = ([turn[side] for turn in turns] for side in (0, 1))
        ready, spent = (median(our[n] / their[n] for their, our in turns) for n in (0, 1))
        print(
            f"  processeur ×1/{slower} : graphiques lisibles en {median(v[0] for v in ours):.0f} ms, "
            f"page SVG seule {median(v[0] for v in theirs):.0f} ms, rapport {ready:.2f} (au plus 1,5) ; "
            f"processeur {median(v[1] for v in ours):.0f} et {median(v[1] for v in theirs):.0f} ms, "
            f"rapport {spent:.2f}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--contours")
    options = parser.parse_known_args()[0]
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    fill(options.contours)
    ports = free_port(), free_port()
    home, alone = (f"http://127.0.0.1:{port}/" for port in ports)
    servers = [serve("agglo.wsgi:application", kept=60, port=ports[0])]
    try:
        wait_for(home)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            Path(os.environ["AGGLO_VAR"], "static-page.html").write_text(static_page(browser, home))
            servers.append(serve("bench.static_page:application", kept=0, port=ports[1]))
            wait_for(alone)
            measure(browser, home, alone, options.rounds)
            browser.close()
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)


if __name__ == "__main__":
    main()
