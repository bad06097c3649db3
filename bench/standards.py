"""A file of 5,000 economic sites in the national standard: brought, compared by a worker, partly written.

bin/bench standards [--large 20000 50000]     into the databases that `lists` fills
"""

import csv
import io
import json
import subprocess
import sys
import time

from bench.imports import measure, peak

CODE, LINES, WRITTEN = "site-eco", 5_000, 500


def main() -> None:
    measure(_all, _carry)


def _all(counts: list[int]) -> None:
    from projects.standards import deciding

    content = _file()
    agent, reviewer = _person("staff"), _person("reviewer")
    used, start = time.process_time(), time.perf_counter()
    row = _quiet(lambda: deciding.bring(_standard(), "banc.csv", content, agent))
    print(
        f"{LINES:,} lignes, {len(content) / 1e6:.1f} Mo : reçu en {time.perf_counter() - start:.1f} s,"
        f" {time.process_time() - used:.1f} s de processeur dans la requête"
    )
    _tell("comparé", row, counts)
    keys = list(row.compared.filter(verdict="added").values_list("key", flat=True)[:WRITTEN])
    _quiet(lambda: deciding.accept(row.pk, keys, reviewer, published=False))
    _tell(f"{WRITTEN} lignes écrites", row, counts)
    _quiet(lambda: deciding.undo(row.pk, agent))
    _tell(f"{WRITTEN} lignes annulées", row, counts)
    row = _quiet(lambda: deciding.bring(_standard(), "banc.csv", content, agent))
    print(f"arrêt demandé en route : {_stopped(row, counts)}")


def _tell(what: str, row, counts: list[int]) -> None:
    worker, seen = _worker(row, counts), set()
    while worker.poll() is None:
        row.refresh_from_db()
        if row.is_busy and row.done:
            seen.add(row.done)
        time.sleep(0.1)
    row.refresh_from_db()
    print(f"{what} : {worker.stdout.read().strip()} ; {row.state} ; avancement vu {len(seen)} fois")


def _stopped(row, counts: list[int]) -> str:
    from projects.standards import deciding

    worker = _worker(row, counts)
    while not row.done:
        row.refresh_from_db()
        time.sleep(0.05)
    deciding.abandon(row.pk, row.brought_by)
    start = time.perf_counter()
    while row.is_busy:
        row.refresh_from_db()
        time.sleep(0.05)
    seconds = time.perf_counter() - start
    worker.wait()
    return f"{row.state} {seconds:.1f} s plus tard"


def _worker(row, counts: list[int]) -> subprocess.Popen:
    command = [sys.executable, "-m", "bench.standards", "--carry", str(row.pk), "--large", *map(str, counts)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _carry(key: int) -> None:
    from projects.standards import carrying

    idle, used, start = peak(), time.process_time(), time.perf_counter()
    carrying.carry_on(key)
    print(
        f"{time.perf_counter() - start:.1f} s, {time.process_time() - used:.1f} s de processeur Python,"
        f" pic {peak()} Mo dont {idle} avant de commencer"
    )


def _quiet(act):
    """As the page does, but no message goes out: the bench is the worker."""
    from django.db import transaction

    with transaction.atomic():
        row = act()
        transaction.get_connection().run_on_commit.clear()
    return row


def _person(role: str):
    from agglo.accounts.models import User

    there = User.objects.filter(role=role).first()
    return there or User.objects.create_user(f"{role}@exemple.fr", None, role=role, name="Banc")


def _standard():
    from projects.standards import STANDARDS

    return STANDARDS[CODE]


def _file() -> bytes:
    """Rows of the schema's own examples, each with an identifier and a name of its own."""
    standard, out = _standard(), io.StringIO()
    examples = {name: rule["example"] for name, rule in standard.described.items()}
    row = {name: said if isinstance(said, str) else json.dumps(said) for name, said in examples.items()}
    writer = csv.DictWriter(out, standard.fields, delimiter=";")
    writer.writeheader()
    for n in range(LINES):
        writer.writerow(row | {standard.key: f"banc-{n}", standard.label: f"Site économique fictif {n}"})
    return out.getvalue().encode()


if __name__ == "__main__":
    main()
