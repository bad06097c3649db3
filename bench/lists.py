"""Lists, map and files of 165 and 20,000 sites, 400 and 50,000 projects; the dry run of a 50,000-row file.

bin/bench lists [--rounds 40] [--small 165 400] [--large 20000 50000]
"""

import argparse
import csv
import io
import os
import resource
import threading
import time
from dataclasses import dataclass, field

MOST_GROWTH, MOST_SECONDS = 2.0, 20.0
EDITED = 20  # one row in so many is edited before it comes back


@dataclass
class Case:
    name: str
    path: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    first: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    queries: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def is_file(self) -> bool:
        return ".csv" in self.path


CASES = [
    Case("sites, liste", "/sites/"),
    Case("sites, page lointaine", "/sites/?page=[last]&sort=-name"),
    Case("sites, filtrés", "/sites/?nature=brownfield&commune=62119"),
    Case("sites, par étape", "/sites/?etape=4"),
    Case("sites, recherche", "/sites/?q=ardoise+bethune"),
    Case("carte", "/carte/"),
    Case("carte, filtrée", "/carte/?nature=brownfield"),
    Case("carte, de près", "/carte/?vue=450,250,120"),
    Case("projets, liste", "/projets/"),
    Case("projets, filtrés", "/projets/?etape=4&axe=industrie"),
    Case("projets, par étape", "/projets/?sort=-gate"),
    Case("projets, recherche", "/projets/?q=ardoise+17"),
    Case("sites, fichier d’une page", "/sites.csv?q=ardoise+11"),
    Case("sites, fichier entier", "/sites.csv"),
    Case("projets, fichier entier", "/projets.csv"),
]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--small", type=int, nargs=2, default=[165, 400])
    parser.add_argument("--large", type=int, nargs=2, default=[20_000, 50_000])
    options = parser.parse_known_args()[0]
    os.environ["PAGE_CACHE_SECONDS"] = "0"  # every page is made
    import django

    django.setup()
    sizes = {"small": options.small, "large": options.large}
    _pages(sizes, options.rounds)
    _dry_run(sizes["large"])


def _pages(sizes: dict[str, list[int]], rounds: int) -> None:
    """Every address at both sizes in every round, so that what else the machine does falls on both."""
    from bench.list_data import open_lists

    for size, counts in sizes.items():
        open_lists(*counts)
        for case in CASES:
            case.queries[size], case.rows[size] = _queries(_path(case, counts))
    for _ in range(rounds):
        for case in CASES[:]:
            if case.name.endswith("entier") and len(case.seconds["large"]) >= 5:
                continue
            for size, counts in sizes.items():
                open_lists(*counts)
                whole, first = _ask(_path(case, counts))
                case.seconds[size].append(whole)
                case.first[size].append(first)
    print(f"\n{'':26}{'requêtes':>10}{'p95, ms':>18}{'rapport':>9}   aim: < ×{MOST_GROWTH:g}")
    for case in CASES:
        _tell(case)


def _path(case: Case, counts: list[int]) -> str:
    return case.path.replace("[last]", str(max(counts[0] // 25, 1)))


def _ask(path: str) -> tuple[float, float]:
    """(seconds to the last byte, to the first) of one page, made in this process, nothing kept."""
    from django.test import Client

    start = time.perf_counter()
    answer = Client(HTTP_HOST="localhost").get(path, secure=True)
    assert answer.status_code == 200, (path, answer.status_code)
    if not answer.streaming:
        return time.perf_counter() - start, time.perf_counter() - start
    pieces = iter(answer.streaming_content)
    next(pieces)
    first = time.perf_counter() - start
    for _ in pieces:
        pass
    return time.perf_counter() - start, first


def _queries(path: str) -> tuple[int, int]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        body = Client(HTTP_HOST="localhost").get(path, secure=True).getvalue()
    return len(captured), sum(not line.startswith(b"#") for line in body.splitlines()) - 1


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, round(len(times) * 0.95) - 1)]


def _tell(case: Case) -> None:
    queries = f"{case.queries['small']} → {case.queries['large']}"
    for word, times in (("", case.seconds), ("  premier octet", case.first)):
        if word and not case.is_file:
            continue
        small, large = _p95(times["small"]), _p95(times["large"])
        ratio, note = large / small, ""
        if case.name.endswith("entier") and not word:
            per = {size: _p95(case.seconds[size]) / case.rows[size] for size in times}
            ratio, note = (
                per["large"] / per["small"],
                f"par ligne ({case.rows['small']} → {case.rows['large']})",
            )
        p95 = f"{small * 1000:.0f} → {large * 1000:.0f}"
        print(f"{(case.name + word):40.40}{queries:>10}{p95:>18}{f'×{ratio:.2f}':>9}   {note}")


def _dry_run(counts: list[int]) -> None:
    from agglo.accounts.models import User
    from bench.list_data import open_lists
    from projects.bulk import carrying, deciding
    from projects.bulk.exporting import records_file
    from projects.bulk.sheets import PROJECTS
    from projects.models import Import

    open_lists(*counts)
    user = User.objects.filter(role="staff").first() or User.objects.create_user(
        "banc@exemple.fr", None, role="staff", name="Banc"
    )
    for form in ("csv", "xlsx"):
        start = time.perf_counter()
        content = records_file(PROJECTS, form, PROJECTS.records(), "aucun").getvalue()
        made = time.perf_counter() - start
        content = _edited(content) if form == "csv" else content
        row = _receive(deciding, form, content, user)
        seen: set[int] = set()
        over = threading.Event()
        watch = threading.Thread(target=_watch, args=(Import, row.pk, seen, over))
        watch.start()
        start, used = time.perf_counter(), time.process_time()
        row = carrying.carry_on(row.pk)
        whole, used = time.perf_counter() - start, time.process_time() - used
        over.set()
        watch.join()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"\ncomparaison, {row.read:,} lignes, {form} de {len(content) / 1e6:.1f} Mo : {whole:.1f} s"
            f" ({used:.1f} s de processeur Python), au plus {MOST_SECONDS:g} ; {row.state}, {row.changed} à"
            f" modifier, {row.refused} refusées ; avancement vu à {len(seen)} moments ; pic {peak} Mo ;"
            f" fichier fait en {made:.1f} s"
        )


def _receive(deciding, form: str, content: bytes, user):
    """As the page does, but no message goes out: the bench is the worker."""
    from django.db import transaction

    with transaction.atomic():
        row = deciding.receive(f"banc.{form}", content, user)
        transaction.get_connection().run_on_commit.clear()
    return row


def _watch(model, key: int, seen: set[int], over: threading.Event) -> None:
    from django.db import connection

    while not over.wait(0.2):
        seen |= set(model.objects.filter(pk=key, done__gt=0).values_list("done", flat=True))
    connection.close()


def _edited(content: bytes) -> bytes:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    head = next(rank for rank, line in enumerate(lines) if line and line[0] == "repere")
    column = lines[head].index("intitule")
    for line in lines[head + 1 :: EDITED]:
        line[column] += " (modifié)"
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(lines)
    return out.getvalue().encode()


if __name__ == "__main__":
    main()
