"""Counting the Sirene stock: our counts against the bare DuckDB query, on made-up files of the real shape.

bin/bench sirene [--rows 5000000 40000000]
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

FOLDER = Path(os.environ.get("AGGLO_BENCH", "/tmp/agglo-bench")) / "sirene"
DAY = date(2026, 11, 1)
COMMUNES = 35_000
OURS = [f"62{number:03d}" for number in range(100)]

# One row in seven hundred is ours, as in the country; the columns nobody reads are there too.
ESTABLISHMENTS = """
COPY (
  SELECT lpad((i * 2 // 3)::VARCHAR, 9, '0') AS siren, lpad((i % 99999)::VARCHAR, 5, '0') AS nic,
         lpad(i::VARCHAR, 14, '0') AS siret,
         CASE WHEN h % 20 = 0 THEN 'P' ELSE 'O' END AS statutDiffusionEtablissement,
         DATE '1990-01-01' + ((h // 7) % 13400)::INTEGER AS dateCreationEtablissement,
         CASE WHEN h % 14 = 0 THEN '4322AP' END AS activitePrincipaleRegistreMetiersEtablissement,
         i % 3 <> 1 AS etablissementSiege, 'RUE ' || (h % 90000) AS libelleVoieEtablissement,
         'COMMUNE ' || (h % {communes}) AS libelleCommuneEtablissement,
         lpad(CASE WHEN h % 700 = 0 THEN 62000 + (h // 700) % 100
                   ELSE 1000 + h % {communes} END::VARCHAR, 5, '0') AS codeCommuneEtablissement,
         DATE '2008-01-01' + ((h // 11) % 6800)::INTEGER AS dateDebut,
         CASE WHEN h % 5 < 2 THEN 'A' ELSE 'F' END AS etatAdministratifEtablissement,
         lpad((1 + (h // 13) % 96)::VARCHAR, 2, '0') || '.' || lpad(((h // 17) % 90)::VARCHAR, 2, '0') || 'Z'
           AS activitePrincipaleEtablissement,
         'NAFRev2' AS nomenclatureActivitePrincipaleEtablissement,
         CASE WHEN h % 9 = 0 THEN 'O' ELSE 'N' END AS caractereEmployeurEtablissement
  FROM (SELECT i, hash(i) // 4096 AS h FROM range({rows}) t(i))
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""
LEGAL_UNITS = """
COPY (
  SELECT lpad(i::VARCHAR, 9, '0') AS siren, 'NOM ' || (h % 900000) AS denominationUniteLegale,
         DATE '1990-01-01' + ((h // 7) % 13400)::INTEGER AS dateCreationUniteLegale,
         DATE '2008-01-01' + ((h // 11) % 6800)::INTEGER AS dateDebut,
         CASE WHEN h % 5 < 3 THEN 'A' ELSE 'C' END AS etatAdministratifUniteLegale,
         CASE WHEN h % 60 = 0 THEN 'O' WHEN h % 3 = 0 THEN 'N' END AS economieSocialeSolidaireUniteLegale
  FROM (SELECT i, hash(i + 1) // 4096 AS h FROM range({rows} * 2 // 3) t(i))
) TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""


def files(rows: int) -> tuple[Path, Path]:
    """Both files of that many establishments; made once."""
    import duckdb

    FOLDER.mkdir(parents=True, exist_ok=True)
    made = (FOLDER / f"establishments-{rows}.parquet", FOLDER / f"units-{rows}.parquet")
    for path, query in zip(made, (ESTABLISHMENTS, LEGAL_UNITS), strict=True):
        if not path.exists():
            base = duckdb.connect()
            base.execute("SET enable_progress_bar = false; SET memory_limit = '2GB'")
            base.execute("SET preserve_insertion_order = false")
            part = path.with_suffix(".part")
            base.execute(query.format(rows=rows, path=part, communes=COMMUNES))
            part.replace(path)
    return made


def ours(establishments: str, units: str) -> None:
    """All the counts, in a process that holds Django as a worker does; prints seconds, peak, number."""
    import django

    django.setup()
    from agglo.indicators import sirene_stock

    start = time.perf_counter()
    counts = sirene_stock.count(Path(establishments), Path(units), OURS, DAY)
    said(time.perf_counter() - start, len(counts))


def bare(establishments: str, units: str) -> None:
    """The same questions asked of DuckDB as it comes: no check of the files, no ceiling on memory."""
    import duckdb

    places = ", ".join(f"'{code}'" for code in OURS)
    start = time.perf_counter()
    base = duckdb.connect()
    base.execute("SET threads = 2; SET enable_progress_bar = false")
    found = base.execute(
        f"""SELECT codeCommuneEtablissement, left(activitePrincipaleEtablissement, 2), count(*),
                   count(*) FILTER (caractereEmployeurEtablissement = 'O'),
                   count(DISTINCT siren) FILTER (activitePrincipaleRegistreMetiersEtablissement IS NOT NULL),
                   min(dateCreationEtablissement), max(dateDebut), count(*) FILTER (etablissementSiege),
                   count(*) FILTER (nomenclatureActivitePrincipaleEtablissement = 'NAFRev2')
            FROM read_parquet('{establishments}')
            WHERE codeCommuneEtablissement IN ({places}) AND etatAdministratifEtablissement = 'A'
            GROUP BY ALL"""
    ).fetchall()
    found += base.execute(
        f"""SELECT codeCommuneEtablissement, year(dateCreationUniteLegale), count(*),
                   count(*) FILTER (etatAdministratifUniteLegale = 'A'), max(u.dateDebut),
                   count(*) FILTER (economieSocialeSolidaireUniteLegale = 'O')
            FROM read_parquet('{establishments}') e JOIN read_parquet('{units}') u USING (siren)
            WHERE codeCommuneEtablissement IN ({places}) AND etablissementSiege GROUP BY ALL"""
    ).fetchall()
    said(time.perf_counter() - start, len(found))


def said(seconds: float, number: int) -> None:
    print(seconds, round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024), number, sep="\t")


def apart(side: str, *paths: Path) -> tuple[float, int, int]:
    """One side in a process of its own: seconds, peak MiB, rows."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.sirene", side, *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    seconds, peak, number = done.stdout.strip().split("\n")[-1].split("\t")
    return float(seconds), int(peak), int(number)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000_000, 40_000_000])
    for rows in parser.parse_known_args()[0].rows:
        paths = files(rows)
        size = sum(path.stat().st_size for path in paths) / 1e6
        print(f"Comptage de Sirene, {rows:,} établissements ({size:,.0f} Mo)")
        # Both sides find the file in memory: the first reading is for nobody.
        for path in paths:
            with path.open("rb") as file:
                while file.read(1 << 24):
                    pass
        times = {"--bare": [], "--ours": []}
        peaks, numbers = {}, {}
        for _ in range(3):
            for side, taken in times.items():
                seconds, peaks[side], numbers[side] = apart(side, *paths)
                taken.append(seconds)
        best = {side: sorted(taken)[1] for side, taken in times.items()}
        for side, name in (("--bare", "requête nue"), ("--ours", "nos comptages")):
            print(f"  {name:14} {best[side]:6.2f} s   pic {peaks[side]} Mio   {numbers[side]:,} lignes")
        print(f"  rapport        × {best['--ours'] / best['--bare']:.2f} (médiane de trois)")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--ours", *paths]:
            ours(*paths)
        case ["--bare", *paths]:
            bare(*paths)
        case _:
            main()
