"""Loading the long Melodi CSV through the real way in, against the bare program, in one run.

bin/bench loading [--rows 1000000]
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TERRITORIES, ACTIVITIES = 500, 50
CODE = "banc-long-csv"


def write_csv(path: Path, rows: int, revised: float = 0.0) -> None:
    """A file in the form of `DS_SIDE_CREA_ENT_COM`: made-up values, the real columns."""
    periods = max(1, rows // (TERRITORIES * ACTIVITIES))
    draw = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(
            '"ACTIVITY";"FREQ";"GEO";"GEO_OBJECT";"LEGAL_FORM";"SIDE_MEASURE";"OBS_STATUS";"TIME_PERIOD";"OBS_VALUE"\n'
        )
        for period in range(periods):
            for activity in range(ACTIVITIES):
                head = f'"A{activity:02d}";"A";"'
                for territory in range(1, TERRITORIES + 1):
                    value = (territory * 31 + activity * 7 + period) % 9000 + (draw.random() < revised)
                    file.write(f'{head}{territory:06d}";"COM";"_T";"BURE";"A";{1980 + period};{value}\n')


def declare() -> None:
    from agglo.figures.recording import define_measure, ensure_subject
    from agglo.figures.vocabulary import Rhythm
    from agglo.opendata.declaration import Declaration, LongTable, Measured, Producer, declared, register

    if CODE in declared():
        return
    define_measure(
        "banc-creations", name="Créations", counted_unit="entreprises", kind="flow", territory_rule="sum"
    )
    for number in range(1, TERRITORIES + 1):
        ensure_subject("BANC", f"{number:06d}", f"Territoire {number}", "territoire fictif")
    register(
        Declaration(
            code=CODE,
            title="Banc d’essai",
            source=Producer("banc", "Banc d’essai", ""),
            base_url="http://localhost",
            rhythm=Rhythm.YEARLY,
            scheduled=False,
            schemes={"COM": "BANC"},
            table=LongTable(),
            complete=True,
            measures=(
                Measured(
                    "banc-creations",
                    where={"SIDE_MEASURE": "BURE", "LEGAL_FORM": "_T"},
                    breakdown={"ACTIVITY": "_T"},
                ),
            ),
        )
    )


def child(path: str) -> None:
    """One load in a process of its own, as a worker would; prints seconds, peak MiB, WAL bytes, outcome."""
    import django

    django.setup()
    from django.db import connection

    declare()
    from agglo.opendata.refresh import Options, refresh

    def wal() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')")
            return int(cursor.fetchone()[0])

    before, start = wal(), time.perf_counter()
    run = refresh(CODE, Options(file=path, force=True))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        seconds,
        round(peak),
        wal() - before,
        f"{run.status} +{run.added} ~{run.revised} ={run.unchanged} x{run.refused} {run.error}",
        sep="\t",
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE figures_observation")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_known_args()[0].rows
    with tempfile.TemporaryDirectory() as folder:
        first, revised = Path(folder, "first.csv"), Path(folder, "revised.csv")
        write_csv(first, rows)
        write_csv(revised, rows, 0.01)
        paths = [first, first, revised]
        bare = subprocess.run(
            [sys.executable, "-m", "bench.bare_loading", os.environ["DATABASE_URL"], *map(str, paths)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        print(f"Chargement de {rows:,} lignes ({first.stat().st_size / 1e6:.0f} Mo)")
        for name, path, seconds in zip(("premier", "identique", "1 % révisé"), paths, bare, strict=True):
            ours = subprocess.run(
                [sys.executable, "-m", "bench.loading", "--child", str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            if ours.returncode:
                sys.exit(ours.stderr)
            took, peak, wal, outcome = ours.stdout.strip().split("\n")[-1].split("\t")
            ratio = float(seconds) / float(took)
            print(
                f"  {name:11} {rows / float(took):>9,.0f} lignes/s contre {rows / float(seconds):>9,.0f} nues"
                f" : {ratio:.0%}   pic {peak} Mio, WAL {int(wal) / 1e6:.1f} Mo   {outcome}"
            )


if __name__ == "__main__":
    if "--child" in sys.argv:
        child(sys.argv[sys.argv.index("--child") + 1])
    else:
        main()
