"""Reading the ledger as it grows: latest, series and *as known on* must cost the same at ten times the rows.

bin/bench ledger [--measures 60 600]      (60 measures: 3 million observations; 600: 30 million)
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date

KNOWN_ON = date(2025, 6, 1)


def milliseconds(work: Callable[[], object], repeats: int = 30) -> float:
    work()
    spent = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        spent.append(1000 * (time.perf_counter() - start))
    return statistics.median(spent)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--measures", type=int, nargs="+", default=[60, 120])
    sizes = parser.parse_known_args()[0].measures
    import django

    django.setup()
    from django.db import connection

    from agglo.figures import reading
    from bench.data import measure_code, prepare

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
    first: dict[str, float] = {}
    for size in sizes:
        rows = prepare(size)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_size_pretty(pg_table_size('figures_observation')),"
                " pg_size_pretty(pg_indexes_size('figures_observation'))"
            )
            table, indexes = cursor.fetchone()
        print(f"Registre, {rows:,} observations : table {table}, index {indexes}")
        for name, work in works.items():
            took = milliseconds(work)
            first.setdefault(name, took)
            print(f"  {name:34} {took:8.1f} ms   × {took / first[name]:.2f}", flush=True)


if __name__ == "__main__":
    main()
