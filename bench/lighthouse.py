"""What Lighthouse, with its slow phone, says of four public pages: performance and accessibility.

bin/bench lighthouse [--rounds 3] [--contours FILE]

Lighthouse is not part of the project: LIGHTHOUSE names its command, else `lighthouse` on the PATH, else what
`npx --no-install lighthouse` finds. Elsewhere: npm install --prefix /some/folder lighthouse, then
LIGHTHOUSE=/some/folder/node_modules/.bin/lighthouse bin/bench lighthouse.
"""

import argparse
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.browser import fill, wait_for
from bench.dashboard import free_port, serve

PAGES = {
    "accueil": "/",
    "axe": "/axes/emploi/",
    "indicateur": "/indicateurs/EMP-01/",
    "communes": "/communes/",
}
AIM = 95
ASKED = ["--only-categories=performance,accessibility", "--output=json", "--quiet"]
CHROME = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
ABSENT = (
    "Lighthouse n’est pas là : npm install --prefix DOSSIER lighthouse, "
    "puis LIGHTHOUSE=DOSSIER/node_modules/.bin/lighthouse bin/bench lighthouse."
)


def command() -> list[str]:
    """How Lighthouse is called here; empty when it is not there."""
    if given := os.environ.get("LIGHTHOUSE"):
        return shlex.split(given)
    if found := shutil.which("lighthouse"):
        return [found]
    npx = ["npx", "--no-install", "lighthouse"]
    if shutil.which("npx") and subprocess.run([*npx, "--version"], capture_output=True).returncode == 0:
        return npx
    return []


def audit(lighthouse: list[str], url: str, folder: str) -> dict:
    report = Path(folder, "report.json")
    report.unlink(missing_ok=True)
    asked = [*lighthouse, url, *ASKED, f"--output-path={report}", f"--chrome-flags={CHROME}"]
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    done = subprocess.run(asked, env=os.environ | {"CHROME_PATH": chromium}, capture_output=True, text=True)
    if done.returncode or not report.exists():
        sys.exit(f"Lighthouse a échoué sur {url} :\n{done.stderr[-2000:]}")
    found = json.loads(report.read_text())
    if found.get("runtimeError"):
        sys.exit(f"Lighthouse a échoué sur {url} : {found['runtimeError']['message']}")
    return found


def score(found: dict, category: str) -> int:
    return round((found["categories"][category]["score"] or 0) * 100)


def failures(found: dict) -> list[str]:
    """Audits of accessibility that are not full marks."""
    refs = found["categories"]["accessibility"]["auditRefs"]
    audits = [found["audits"][ref["id"]] for ref in refs if ref["weight"]]
    return [audit["title"] for audit in audits if audit["score"] is not None and audit["score"] < 1]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--contours")
    options = parser.parse_known_args()[0]
    lighthouse = command()
    if not lighthouse:
        sys.exit(ABSENT)
    import django

    django.setup()
    fill(options.contours)
    port = free_port()
    server = serve("agglo.wsgi:application", kept=60, port=port)
    under = []
    try:
        with TemporaryDirectory() as folder:
            for name, path in PAGES.items():
                url = f"http://127.0.0.1:{port}{path}"
                wait_for(url)
                reports = [audit(lighthouse, url, folder) for _ in range(options.rounds)]
                fast = median(score(report, "performance") for report in reports)
                open_to_all = min(score(report, "accessibility") for report in reports)
                shift = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
                painted = median(
                    report["audits"]["largest-contentful-paint"]["numericValue"] for report in reports
                )
                print(
                    f"  {name:12} performance {fast:.0f}, accessibilité {open_to_all} (au moins {AIM}) ; "
                    f"plus grand élément {painted:.0f} ms, décalage {shift:.3f}",
                    flush=True,
                )
                for title in dict.fromkeys(title for report in reports for title in failures(report)):
                    print(f"    à corriger : {title}")
                if min(fast, open_to_all) < AIM:
                    under.append(name)
    finally:
        server.terminate()
        server.wait(20)
    print(f"Sous {AIM} : {', '.join(under)}." if under else f"Toutes les pages à {AIM} ou plus.")


if __name__ == "__main__":
    main()
