"""A full dashboard page from PostgreSQL, and from the page cache, against a bare program and hello-world.

bin/bench dashboard [--measures 60] [--seconds 8]      (60 measures: 3 million observations; 600: 30 million)
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request

PORT = 8790


def serve(application: str, **env: str):
    command = ["granian", "--interface", "wsgi", "--port", str(PORT), "--workers", "2", "--no-log"]
    command += ["--blocking-threads", "4", application]
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return process


def measure(name: str, application: str, path: str, seconds: int, headers=(), **env: str) -> float:
    """Answers per second of eight connections, after a warm-up."""
    process = serve(application, **env)
    url = f"http://127.0.0.1:{PORT}{path}"
    try:
        for _ in range(200):
            try:
                body = urllib.request.urlopen(url, timeout=10).read()
                break
            except OSError:
                time.sleep(0.1)
        wrk = ["wrk", "-t1", "-c8"]
        for header in headers:
            wrk += ["-H", header]
        subprocess.run([*wrk, "-d2s", url], capture_output=True, check=True)
        told = subprocess.run([*wrk, f"-d{seconds}s", url], capture_output=True, text=True, check=True).stdout
    finally:
        process.terminate()
        process.wait(20)
    if "Non-2xx" in told:
        sys.exit(f"{name} : des réponses en erreur.\n{told}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])
    print(f"  {name:44} {rate:>8,.0f} pages/s   {len(body) / 1024:.0f} Kio", flush=True)
    return rate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=8)
    options = parser.parse_known_args()[0]
    if shutil.which("wrk") is None:
        sys.exit("Ce banc a besoin de wrk (paquet Debian « wrk »).")
    import django

    django.setup()
    from agglo.indicators.prepared import prepare_pages
    from bench.data import open_ledger

    print(f"Tableau de bord, {open_ledger(options.measures):,} observations")
    prepare_pages(anew=True)
    page = "/axes/banc/"
    bare = measure("programme nu, JSON", "bench.bare_dashboard:application", "/", options.seconds)
    ours = measure(
        "page préparée, lue dans PostgreSQL",
        "agglo.wsgi:application",
        page,
        options.seconds,
        PAGE_CACHE_SECONDS="0",
    )
    asked = {
        "recherche": "q=territoire",
        "tri par une mesure": "tri=-banc-000",
        "à une date passée": "connu_le=2025-06-01",
    }
    live = {
        name: measure(
            f"page à la demande, {name}",
            "agglo.wsgi:application",
            f"{page}?{query}",
            options.seconds,
            PAGE_CACHE_SECONDS="0",
        )
        for name, query in asked.items()
    }
    hello = measure("Django, « hello »", "bench.hello:application", "/", options.seconds)
    cached = measure(
        "page complète, cache de pages",
        "agglo.wsgi:application",
        page,
        options.seconds,
        PAGE_CACHE_SECONDS="60",
    )
    # Once more: what else the machine did meanwhile shows here.
    again = measure("programme nu, JSON, encore", "bench.bare_dashboard:application", "/", options.seconds)
    print(f"  préparée / programme nu : {2 * ours / (bare + again):.0%} (viser 50 %, jamais sous 30 %)")
    for name, rate in live.items():
        print(f"  à la demande, {name} / programme nu : {2 * rate / (bare + again):.0%}")
    print(f"  cache / hello : {cached / hello:.0%} (au moins 70 %)")


if __name__ == "__main__":
    main()
