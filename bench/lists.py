"""Lists, map and files of 165 and 20,000 sites, 400 and 50,000 projects.

bin/bench lists [--rounds 40] [--small 165 400] [--large 20000 50000]
"""

import argparse
import os
import time
from dataclasses import dataclass, field
from functools import cache
from math import ceil
from pathlib import Path
from statistics import median


@dataclass
class Case:
    name: str
    path: str
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    first: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    cost: dict[str, list[float]] = field(default_factory=lambda: {"small": [], "large": []})
    queries: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        return self.name.endswith("entier")


CASES = [
    Case("sites, liste", "/sites/"),
    Case("sites, page du milieu", "/sites/?page=[middle]"),
    Case("sites, dernière page", "/sites/?page=[last]&sort=-name"),
    Case("sites, filtrés", "/sites/?nature=brownfield"),
    Case("sites, filtrés deux fois", "/sites/?nature=brownfield&commune=62119"),
    Case("sites, par étape", "/sites/?etape=4"),
    Case("sites, triés par commune", "/sites/?sort=commune"),
    Case("sites, mot courant", "/sites/?q=fictif"),
    Case("sites, mot rare", "/sites/?q=quartz"),
    Case("carte", "/carte/"),
    Case("carte, filtrée", "/carte/?nature=brownfield"),
    Case("carte, de près", "/carte/?vue=450,250,120"),
    Case("projets, liste", "/projets/"),
    Case("projets, page du milieu", "/projets/?page=[middle]"),
    Case("projets, filtrés", "/projets/?etape=4&axe=industrie"),
    Case("projets, triés par étape", "/projets/?sort=-gate"),
    Case("projets, triés par porteur", "/projets/?sort=lead"),
    Case("projets, triés par site", "/projets/?sort=site"),
    Case("projets, mot courant", "/projets/?q=fictif"),
    Case("projets, mot rare", "/projets/?q=quartz"),
    Case("sites, fichier d’une ligne", "/sites.csv?q=quartz"),
    Case("sites, fichier entier", "/sites.csv"),
    Case("projets, fichier entier", "/projets.csv"),
    Case("projets, classeur entier", "/projets.xlsx"),
]
WHOLE = 3  # rounds of whole files, which take long


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    parser.add_argument("--pages", action="store_true", help="without the whole files")
    parser.add_argument("--small", type=int, nargs=2, default=[165, 400])
    parser.add_argument("--large", type=int, nargs=2, default=[20_000, 50_000])
    options = parser.parse_known_args()[0]
    os.environ["PAGE_CACHE_SECONDS"] = "0"  # every page is made
    import django

    django.setup()
    sizes = {"small": options.small, "large": options.large}
    cases = [c for c in CASES if options.only in c.name and not (options.pages and c.is_whole)]
    _pages(sizes, options.rounds, cases)


def _pages(sizes: dict[str, list[int]], rounds: int, cases: list[Case]) -> None:
    """Every address at both sizes in every round, so that what else the machine does falls on both."""
    from bench.list_data import open_lists

    for size, counts in sizes.items():
        open_lists(*counts)
        for case in cases:
            case.queries[size], case.rows[size] = _queries(_path(case, counts))
    for _ in range(rounds):
        for case in cases:
            if case.is_whole and len(case.seconds["large"]) >= WHOLE:
                continue
            for size, counts in sizes.items():
                open_lists(*counts)
                for kept, value in zip(
                    (case.seconds, case.first, case.cost), _ask(_path(case, counts)), strict=True
                ):
                    kept[size].append(value)
    print(f"\n{'':40}{'requêtes':>10}{'p95, ms':>18}{'rapport':>9}{'processeur, ms':>18}{'rapport':>9}")
    for case in cases:
        _tell(case)


def _path(case: Case, counts: list[int]) -> str:
    pages = max(counts[1 if "projets" in case.path else 0] // 25, 1)
    return case.path.replace("[last]", str(pages)).replace("[middle]", str(max(pages // 2, 1)))


def _ask(path: str) -> tuple[float, float, float]:
    """(seconds to the last byte, to the first, of processor with PostgreSQL's) of one page made in this
    process, nothing kept.
    """
    client, used, start, first = _visitor(), _used(), time.perf_counter(), 0.0
    answer = client.get(path, secure=True)
    assert answer.status_code == 200, (path, answer.status_code)
    for _ in answer.streaming_content if answer.streaming else [answer.content]:
        first = first or time.perf_counter() - start
    return time.perf_counter() - start, first, _used() - used


@cache
def _visitor():
    """One for all: a new client loads every middleware again, which would hide what pages cost."""
    from django.test import Client

    return Client(HTTP_HOST="localhost")


def _used() -> float:
    """Seconds of processor of this process and of the one that serves it in PostgreSQL (on Linux)."""
    from django.db import connection

    connection.ensure_connection()
    served = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    nanoseconds = int(served.read_text().split()[0]) if served.exists() else 0
    return time.process_time() + nanoseconds / 1e9


def _queries(path: str) -> tuple[int, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = _visitor().get(path, secure=True)
        body = answer.getvalue()
    return len(captured), sum(not line.startswith(b"#") for line in body.splitlines()) - 1


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, ceil(len(times) * 0.95) - 1)]


def _tell(case: Case) -> None:
    queries = f"{case.queries['small']} → {case.queries['large']}"
    lines = [("", case.seconds, case.cost)]
    if case.is_whole:
        lines.append(("  premier octet", case.first, None))
    for word, times, cost in lines:
        small, large = _p95(times["small"]), _p95(times["large"])
        said = f"{(case.name + word):40.40}{queries:>10}{_change(small, large)}"
        if cost:
            said += _change(median(cost["small"]), median(cost["large"]))
        if case.is_whole and not word:
            said += f"   {case.rows['large'] / large:,.0f} lignes/s"
        print(said)


def _change(small: float, large: float) -> str:
    return f"{f'{small * 1000:.0f} → {large * 1000:.0f}':>18}{f'×{large / small:.2f}':>9}"


if __name__ == "__main__":
    main()
