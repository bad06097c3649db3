"""Reading the ledger as it grows: latest, series and *as known on* must cost the same at ten times the rows.

bin/bench ledger [--measures 60 600]      (60 measures: 3 million observations; 600: 30 million)
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date

KNOWN_ON = date(2025, 6, 1)  # before the revision of bench.data: closed values are read too
ROUNDS, REPEATS = 7, 9

SIZES = """
SELECT c.relname, pg_relation_size(c.oid) FROM pg_class c
WHERE c.oid = 'figures_observation'::regclass
   OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = 'figures_observation'::regclass)
ORDER BY c.relkind DESC, c.relname
"""


def milliseconds(work: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    work()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - start))
    return spent


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, nargs="+", default=[60, 120])
    sizes = parser.parse_known_args()[0].measures
    import django

    django.setup()
    from django.db import connection

    from agglo.figures import reading
    from bench.data import measure_code, open_ledger

    measures = [measure_code(number) for number in range(12)]
    places = [("COM", f"B{number:04d}") for number in range(1, 9)]
    works = {
        "dernières valeurs de 96 séries": lambda: reading.latest(measures, places),
        "96 séries de 40 points": lambda: reading.series(measures, places, last=40),
        "les mêmes, telles que connues le": lambda: reading.series(
            measures, places, last=40, known_on=KNOWN_ON
        ),
        "une mesure, 1 250 territoires": lambda: reading.compare(measures[0], None),
    }
    for size in sizes:
        rows = open_ledger(size)
        with connection.cursor() as cursor:
            cursor.execute(SIZES)
            told = cursor.fetchall()
        print(f"Registre de {size} mesures, {rows:,} observations ; Mio par million :")
        print("  " + ", ".join(f"{name} {size / rows * 1e6 / 2**20:.0f}" for name, size in told), flush=True)
    # Small and large by turns, so that what else the machine does falls on both.
    spent: dict[tuple[str, int], list[float]] = {}
    for _ in range(ROUNDS):
        for size in sizes:
            open_ledger(size)
            for name, work in works.items():
                spent.setdefault((name, size), []).extend(milliseconds(work))
    for name in works:
        first, *others = [statistics.median(spent[name, size]) for size in sizes]
        words = " ".join(f"→ {took:.1f} ms × {took / first:.2f}" for took in others)
        print(f"  {name:34} {first:8.1f} ms {words}", flush=True)


if __name__ == "__main__":
    main()
