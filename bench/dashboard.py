"""A full dashboard page from PostgreSQL, and from the page cache, against a bare program and hello-world.

bin/bench dashboard [--measures 60] [--seconds 2] [--rounds 9]     (600 measures: 30 million observations)
"""

import argparse
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

AXIS = "/axes/banc/"
AGGLO, BARE, HELLO = "agglo.wsgi:application", "bench.bare_dashboard:application", "bench.hello:application"


@dataclass
class Case:
    """One address of one program; what was measured of it, a round after the other."""

    name: str
    server: tuple[str, int]  # program, seconds it keeps whole pages
    path: str = "/"
    peer: "Case | None" = None
    aim: str = ""
    size: int = 0
    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)

    def ratio(self) -> float:
        """To the peer in the same round: what else the machine does falls on both."""
        assert self.peer is not None
        return statistics.median(a / b for a, b in zip(self.rates, self.peer.rates, strict=True))

    def cheapness(self) -> float:
        assert self.peer is not None
        return statistics.median(b / a for a, b in zip(self.costs, self.peer.costs, strict=True))


def cases() -> list[Case]:
    bare, hello = Case("programme nu, JSON", (BARE, 0)), Case("Django, « hello »", (HELLO, 0))
    live, kept = (AGGLO, 0), (AGGLO, 60)
    aim = "viser 50 %, jamais sous 30 %"
    return [
        bare,
        Case("préparée, lue dans PostgreSQL", live, AXIS, bare, aim),
        Case("à la demande, recherche", live, f"{AXIS}?q=territoire", bare, aim),
        Case("à la demande, tri par une mesure", live, f"{AXIS}?tri=-banc-000", bare, aim),
        Case("à la demande, à une date passée", live, f"{AXIS}?connu_le=2025-06-01", bare, aim),
        hello,
        Case("page complète, cache de pages", kept, AXIS, hello, "au moins 70 %"),
    ]


def free_port() -> int:
    """One that nobody listens at: the server would share it with another program without a word."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def serve(program: str, kept: int, port: int) -> subprocess.Popen:
    command = ["granian", "--interface", "wsgi", "--port", str(port), "--workers", "2", "--no-log"]
    command += ["--blocking-threads", "4", program]
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=os.environ | {"PAGE_CACHE_SECONDS": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def size_of(url: str) -> int:
    for _ in range(900):
        try:
            return len(urllib.request.urlopen(url, timeout=10).read())
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{url} ne répond pas.")


def pull(url: str, seconds: float, name: str) -> float:
    """Answers per second of eight connections."""
    command = ["wrk", "-t1", "-c8", f"-d{seconds}s", url]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        sys.exit(f"{name} : des réponses en erreur.\n{told}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", told)[1])


def spent(processes: Iterable[psutil.Process]) -> float:
    """Processor seconds of these processes and their children, PostgreSQL's backends among them."""
    total = 0.0
    for process in processes:
        for one in [process, *process.children(recursive=True)]:
            try:
                used = one.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += used.user + used.system
    return total


def postgres() -> psutil.Process:
    folder = re.search(r"host=([^&]+)", os.environ["DATABASE_URL"])[1]
    return psutil.Process(int(Path(folder, "postmaster.pid").read_text().split()[0]))


def measure(listed: list[Case], rounds: int, seconds: float) -> None:
    """Every program is up all the time; the addresses are asked by turns, in short rounds."""
    started = {server: free_port() for server in dict.fromkeys(c.server for c in listed)}
    running = {server: serve(*server, port) for server, port in started.items()}
    database = postgres()
    try:
        for case in listed:
            url = f"http://127.0.0.1:{started[case.server]}{case.path}"
            case.size = size_of(url)
            pull(url, 2, case.name)  # warm
        for _ in range(rounds):
            for case in listed:
                paid = [psutil.Process(running[case.server].pid), database]
                before = spent(paid)
                rate = pull(f"http://127.0.0.1:{started[case.server]}{case.path}", seconds, case.name)
                case.rates.append(rate)
                case.costs.append((spent(paid) - before) / (rate * seconds))
    finally:
        for process in running.values():
            process.terminate()
        for process in running.values():
            process.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, default=60)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_known_args()[0]
    if shutil.which("wrk") is None:
        sys.exit("Ce banc a besoin de wrk (paquet Debian « wrk »).")
    import django

    django.setup()
    from agglo.indicators.prepared import prepare_pages
    from bench.data import open_ledger

    print(f"Tableau de bord, {open_ledger(options.measures):,} observations")
    prepare_pages(anew=True)
    listed = cases()
    measure(listed, options.rounds, options.seconds)
    for case in listed:
        rate, cost = statistics.median(case.rates), 1000 * statistics.median(case.costs)
        words = (
            f"  {case.name:36} {rate:>8,.0f} pages/s {cost:6.2f} ms de processeur {case.size / 1024:4.0f} Kio"
        )
        if case.peer is not None:
            words += f" : {case.ratio():.0%} du débit, {case.cheapness():.0%} du coût ({case.aim})"
        print(words, flush=True)


if __name__ == "__main__":
    main()
