"""The dry run of a file of 50,000 projects: how long, how its progress shows, what it holds, how it stops.

bin/bench imports [--large 20000 50000]     into the databases that `lists` fills
"""

import argparse
import csv
import io
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

MOST_SECONDS = 20.0
SOME = 20  # one line in so many is edited


def main() -> None:
    measure(_all, _carry)


def measure(everything: Callable[[list[int]], None], carry: Callable[[int], None]) -> None:
    """In the large database of `lists`: all cases, or the work of one file, as a worker does it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", type=int, nargs=2, default=[20_000, 50_000])
    parser.add_argument("--carry", type=int, default=0, help="only work on this file, as a worker does")
    options = parser.parse_known_args()[0]
    import django

    django.setup()
    from bench.list_data import open_lists

    open_lists(*options.large)
    if options.carry:
        carry(options.carry)
    else:
        everything(options.large)


def _all(counts: list[int]) -> None:
    from agglo.accounts.models import User

    user = User.objects.filter(role="staff").first() or User.objects.create_user(
        "banc@exemple.fr", None, role="staff", name="Banc"
    )
    text, book = _export("csv"), _export("xlsx")
    cases = [
        ("csv, une ligne sur vingt modifiée", "csv", _edited(text, _renamed, SOME)),
        ("csv, toutes modifiées", "csv", _edited(text, _renamed, 1)),
        ("csv, toutes nouvelles", "csv", _edited(text, _new, 1)),
        ("xlsx, comme exporté", "xlsx", book),
    ]
    print(f"au plus {MOST_SECONDS:g} s")
    for name, form, content in cases:
        row, seconds, seen, said = _dry_run(_receive(form, content, user), counts)
        print(
            f"{name}, {len(content) / 1e6:.1f} Mo : {seconds:.1f} s ({said}) ; {row.state} : {row.read:,}"
            " lues,"
            f" {row.changed:,} à modifier, {row.added:,} à ajouter, {row.refused:,} refusées ; avancement vu"
            f" {len(seen)} fois"
        )
    row = _receive("csv", cases[1][2], user)
    stopped, seconds = _cancelled(row, counts)
    print(f"arrêt demandé en route : {stopped.state} {seconds:.1f} s plus tard")


def _export(form: str) -> bytes:
    from projects.bulk.exporting import records_file
    from projects.bulk.sheets import PROJECTS

    start = time.perf_counter()
    content = records_file(PROJECTS, form, PROJECTS.records(), "aucun").getvalue()
    print(f"fichier à modifier, {form} : {len(content) / 1e6:.1f} Mo en {time.perf_counter() - start:.1f} s")
    return content


def _receive(form: str, content: bytes, user):
    """As the page does, but no message goes out: the bench is the worker."""
    from django.db import transaction

    from projects.bulk import deciding

    with transaction.atomic():
        row = deciding.receive(f"banc.{form}", content, user)
        transaction.get_connection().run_on_commit.clear()
    return row


def _worker(row, counts: list[int]) -> subprocess.Popen:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "bench.imports", "--carry", str(row.pk), "--large", *map(str, counts)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _dry_run(row, counts: list[int]) -> tuple:
    """(the import, seconds, progress seen on the way, what the worker says of itself)."""
    worker, seen = _worker(row, counts), set()
    while worker.poll() is None:
        row.refresh_from_db()
        if row.is_busy and row.done:
            seen.add(row.done)
        time.sleep(0.1)
    said = worker.stdout.read().strip()
    row.refresh_from_db()
    return row, float(said.split(" ")[0]), seen, said.partition(" ")[2]


def _cancelled(row, counts: list[int]) -> tuple:
    from projects.bulk import deciding

    worker = _worker(row, counts)
    while not row.done:
        row.refresh_from_db()
        time.sleep(0.05)
    deciding.cancel(row.pk)
    start = time.perf_counter()
    while row.is_busy:
        row.refresh_from_db()
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    worker.wait()
    return row, seconds


def _carry(key: int) -> None:
    from projects.bulk import carrying

    idle = peak()
    start, used = time.perf_counter(), time.process_time()
    carrying.carry_on(key)
    print(
        f"{time.perf_counter() - start:.3f} {time.process_time() - used:.1f} s de processeur Python,"
        f" pic {peak()} Mo dont {idle} avant de commencer"
    )


def peak() -> int:
    """MiB; of this process alone, on Linux."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s+(\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) // 1024 if found else 0


def _edited(content: bytes, edit: Callable[[dict[str, int], list[str]], None], every: int) -> bytes:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head = next(rank for rank, line in enumerate(lines) if line and line[0] == "repere")
    places = {name: rank for rank, name in enumerate(lines[head])}
    for line in lines[head + 1 :: every]:
        edit(places, line)
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    return out.getvalue().encode()


def _renamed(places: dict[str, int], line: list[str]) -> None:
    line[places["intitule"]] += " (modifié)"


def _new(places: dict[str, int], line: list[str]) -> None:
    _renamed(places, line)
    line[places["repere"]] = line[places["empreinte"]] = ""


if __name__ == "__main__":
    main()
