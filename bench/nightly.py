"""A night when no source changed: forty datasets through the real task, requests and processor time.

bin/bench nightly [--datasets 40] [--rows 20000]

Each toy dataset has a catalogue entry that says when it changed, and a long CSV. A first pass loads them all;
the second, measured, finds nothing new. The replaying server runs in a process of its own and is not counted.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil

from bench.loading import declare as declare_one
from bench.loading import write_csv


def serve(folder: str) -> None:
    """The source: `/catalog/<code>` and `/file/<code>` with ETags; `/asked` counts what was asked since."""
    from tests.replay.server import ReplayServer, Reply

    body = Path(folder, "rows.csv").read_bytes()
    server = ReplayServer()

    def counted(_: str) -> Reply:
        number = len(server.seen) - 1
        conditional = sum("if-none-match" in seen.headers for seen in server.seen)
        server.seen.clear()
        return Reply(json.dumps([number, conditional]).encode())

    def answer(target: str) -> Reply:
        if target.startswith("/catalog/"):
            return Reply(b'{"modified": "2026-07-23"}', headers={"ETag": '"catalogue"'})
        return Reply(body, "text/csv", headers={"ETag": '"file"'})

    server.play("/asked", counted)
    server.play("*", answer)
    server.start()
    print(server.url, flush=True)
    sys.stdin.read()
    server.stop()


def declare(number: int) -> list[str]:
    from dataclasses import replace

    from agglo.opendata import probes
    from agglo.opendata.declaration import find, register
    from bench.loading import CODE

    declare_one()
    codes = [f"banc-nuit-{n:02}" for n in range(number)]
    for code in codes:
        modified = probes.entry(f"catalog/{code}", ("modified",))
        register(replace(find(CODE), code=code, path=f"file/{code}", modified=modified))
    return codes


def child(url: str, number: int) -> None:
    """Two passes in one process, as one worker would do them."""
    import django

    django.setup()
    from django.db import connection

    from agglo.opendata.models import Run
    from agglo.opendata.options import Options
    from agglo.opendata.queueing import ask
    from agglo.opendata.tasks import refresh

    codes, options = declare(number), Options(base_url=url).stored()
    # Left by a bench that was stopped.
    Run.objects.active().filter(code__in=codes).update(status="failed", error="Banc interrompu.")

    def a_pass() -> list[str]:
        return [refresh.apply(args=[ask(code, options=options).pk]).get() for code in codes]

    def spent() -> float:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            times = psutil.Process(cursor.fetchone()[0]).cpu_times()
        return time.process_time() + times.user + times.system

    a_pass()
    urllib.request.urlopen(f"{url}/asked").read()
    before, start = spent(), time.perf_counter()
    a_pass()
    used, took = spent() - before, time.perf_counter() - start
    asked, conditional = json.load(urllib.request.urlopen(f"{url}/asked"))
    last = list(Run.objects.filter(code__in=codes).order_by("-id").values_list("status", flat=True)[:number])
    print(
        f"Nuit sans nouveauté, {number} jeux : {last.count('unchanged')} sans changement,"
        f" {asked} requêtes dont {conditional} conditionnelles,"
        f" {used:.1f} s de processeur (base comprise), {took:.1f} s en tout"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--datasets", type=int, default=40)
    parser.add_argument("--rows", type=int, default=25_000)
    given = parser.parse_known_args()[0]
    with tempfile.TemporaryDirectory() as folder:
        write_csv(Path(folder, "rows.csv"), given.rows)
        command = [sys.executable, "-m", "bench.nightly"]
        with subprocess.Popen(
            [*command, "--serve", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            url = server.stdout.readline().strip()
            try:
                subprocess.run(
                    [*command, "--child", url, str(given.datasets)],
                    check=True,
                    env=os.environ | {"OPENDATA_PACE": "0"},
                )
            finally:
                server.stdin.close()


if __name__ == "__main__":
    if "--serve" in sys.argv:
        serve(sys.argv[-1])
    elif "--child" in sys.argv:
        child(sys.argv[-2], int(sys.argv[-1]))
    else:
        main()
