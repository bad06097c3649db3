"""Counts of the Sirene stock files, by DuckDB: forty million rows read by column, none kept.

Only codes, dates and flags are read: no name, no address, no company number leaves this module. The files
hold sole traders; what comes out is counts by commune. Units with partial diffusion (`statutDiffusion = P`)
are counted like the others and cannot be told apart.

QUOTED: the columns of StockEtablissement and the types of its Parquet form; the columns of StockUniteLegale
are those of the service's own answers.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from agglo.indicators.sirene_lists import INDUSTRY, SHOPS
from agglo.opendata.errors import WrongAnswer

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY, THREADS = "160MB", 2
FIRST_YEAR = 2012
# Raise it when the same files would be counted otherwise.
VERSION = 1
BASE = "NAFRev2"

ESTABLISHMENTS = {
    "siren",
    "dateCreationEtablissement",
    "activitePrincipaleRegistreMetiersEtablissement",
    "etablissementSiege",
    "codeCommuneEtablissement",
    "dateDebut",
    "etatAdministratifEtablissement",
    "activitePrincipaleEtablissement",
    "nomenclatureActivitePrincipaleEtablissement",
    "caractereEmployeurEtablissement",
}
LEGAL_UNITS = {
    "siren",
    "dateCreationUniteLegale",
    "dateDebut",
    "etatAdministratifUniteLegale",
    "economieSocialeSolidaireUniteLegale",
}

# The only pass over the forty million rows. Days come as DATE, TIMESTAMP or text, by edition.
TAKE = """
CREATE TEMP TABLE establishment AS
SELECT siren, codeCommuneEtablissement AS commune,
       etatAdministratifEtablissement = 'A' AS active,
       coalesce(caractereEmployeurEtablissement = 'O', false) AS employer,
       coalesce(lower(CAST(etablissementSiege AS VARCHAR)) IN ('true', 't', '1'), false) AS head_office,
       coalesce(activitePrincipaleRegistreMetiersEtablissement, '') <> '' AS craft,
       activitePrincipaleEtablissement AS activity,
       coalesce(nomenclatureActivitePrincipaleEtablissement, '') AS nomenclature,
       TRY_CAST(left(CAST(dateCreationEtablissement AS VARCHAR), 10) AS DATE) AS created,
       TRY_CAST(left(CAST(dateDebut AS VARCHAR), 10) AS DATE) AS since
FROM read_parquet($path)
WHERE codeCommuneEtablissement IN ({communes})
"""
JOIN = """
CREATE TEMP TABLE unit AS
SELECT siren, etatAdministratifUniteLegale = 'C' AS ceased,
       coalesce(CAST(economieSocialeSolidaireUniteLegale AS VARCHAR) = 'O', false) AS social,
       TRY_CAST(left(CAST(dateCreationUniteLegale AS VARCHAR), 10) AS DATE) AS created,
       TRY_CAST(left(CAST(dateDebut AS VARCHAR), 10) AS DATE) AS since
FROM read_parquet($path)
WHERE siren IN (SELECT siren FROM establishment)
"""
DIVISION = f"CASE WHEN nomenclature = '{BASE}' THEN left(activity, 2) END"
IN_INDUSTRY = f"{DIVISION} IN ({', '.join(repr(one) for one in INDUSTRY)})"
IN_SHOPS = f"nomenclature = '{BASE}' AND activity IN ({', '.join(repr(one) for one in SHOPS)})"
# Our own words only: codes of activities, and groups written below.
ACTIVE = f"""
SELECT commune, {{division}} AS division,
       count(*), count(*) FILTER (employer),
       count(*) FILTER ({IN_INDUSTRY}), count(*) FILTER (employer AND {IN_INDUSTRY}),
       count(*) FILTER ({IN_SHOPS}), count(DISTINCT siren) FILTER (craft)
FROM establishment WHERE active GROUP BY {{groups}}
"""  # noqa: S608
ACTIVE_MEASURES = (
    "sirene-etablissements-actifs",
    "sirene-etablissements-employeurs",
    "sirene-etablissements-industrie",
    "sirene-employeurs-industrie",
    "sirene-commerces",
    "sirene-artisanat",
)
CREATED = "SELECT commune, year(created), count(*) FROM establishment WHERE created IS NOT NULL GROUP BY 1, 2"
CLOSED = """
SELECT commune, year(since), count(*) FROM establishment
WHERE NOT active AND since IS NOT NULL GROUP BY 1, 2
"""
SOCIAL = """
SELECT commune, count(*) FROM establishment JOIN unit USING (siren)
WHERE active AND employer AND social GROUP BY 1
"""
# A unit ceased on its third birthday had lived three years.
COHORT = """
SELECT e.commune, year(u.created), count(*),
       count(*) FILTER (NOT (u.ceased AND u.since < u.created + INTERVAL 3 YEAR)),
       count(*) FILTER (NOT (u.ceased AND u.since < u.created + INTERVAL 5 YEAR))
FROM establishment e JOIN unit u USING (siren) WHERE e.head_office AND u.created IS NOT NULL GROUP BY 1, 2
"""


# Commune or "" for all of them, measure, breakdown key, period, number.
Count = tuple[str, str, str, str, int]


def count(
    establishments: Path,
    legal_units: Path,
    communes: Iterable[str],
    day: date,
    beat: Callable[[], None] = lambda: None,
) -> list[Count]:
    """Every count of the stock of that day. Raises WrongAnswer when the files are not what is expected."""
    communes = sorted(communes)
    with opened() as base:
        take(base, establishments, communes, beat)
        check_columns(base, legal_units, LEGAL_UNITS, "StockUniteLegale")
        run(base, JOIN, legal_units, beat)
        check_nomenclature(base)
        beat()
        return [*_stocks(base, communes, day), *_flows(base, communes, day)]


def opened() -> "DuckDBPyConnection":
    """A DuckDB in memory, bounded, that may neither read the network nor load an extension."""
    import duckdb  # heavy: only who counts loads it

    base = duckdb.connect()
    base.execute(
        f"SET memory_limit = '{MEMORY}'; SET threads = {THREADS}; SET preserve_insertion_order = false"
    )
    base.execute("SET enable_progress_bar = false")
    base.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    return base


def take(base, path: Path, communes: list[str], beat: Callable[[], None]) -> None:
    """The rows of our communes, reduced to codes, dates and flags, in the table `establishment`."""
    check_columns(base, path, ESTABLISHMENTS, "StockEtablissement")
    wrong = [code for code in communes if not code.isalnum()]
    if wrong or not communes:
        raise ValueError(f"communes illisibles\u00a0: {wrong or 'aucune'}")
    run(base, TAKE.format(communes=", ".join(f"'{code}'" for code in communes)), path, beat)


def check_columns(base, path: Path, needed: set[str], name: str) -> None:
    """Raises WrongAnswer naming the columns that are missing, or saying that this is no Parquet file."""
    import duckdb

    try:
        rows = base.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(path)}).fetchall()
    except duckdb.Error as error:
        raise WrongAnswer(
            f"Le fichier {name} n’est pas un Parquet lisible\u00a0: il est coupé, ou une page web est"
            " arrivée à sa"
            " place.",
            str(error)[:500],
        ) from error
    missing = sorted(needed - {row[0] for row in rows})
    if missing:
        raise WrongAnswer(
            f"Le fichier {name} n’a plus la ou les colonnes {', '.join(missing)}."
            " La déclaration du jeu est à revoir.",
            ", ".join(row[0] for row in rows)[:500],
        )


def check_nomenclature(base) -> None:
    """Raises WrongAnswer when most active establishments are no longer coded in NAF rév. 2."""
    whole, known = base.execute(
        f"SELECT count(*), count(*) FILTER (nomenclature = '{BASE}') FROM establishment WHERE active"  # noqa: S608
    ).fetchone()
    if not whole:
        raise WrongAnswer("Le fichier StockEtablissement n’a aucun établissement actif de nos communes.")
    if known < whole / 2:
        raise WrongAnswer(
            "La plupart des établissements ne sont plus codés en NAF rév. 2\u00a0: les listes d’activités du"
            " portail sont à traduire avant de compter de nouveau.",
            f"{known} sur {whole}",
        )


def run(base, query: str, path: Path, beat: Callable[[], None]) -> None:
    """One long query, with a sign of life each second while it runs."""
    import duckdb

    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(base.execute, query, {"path": str(path)})
        while True:
            try:
                waiting.result(timeout=1)
                return
            except StillRunning:
                try:
                    beat()
                except BaseException:
                    base.interrupt()
                    raise
            except duckdb.Error as error:
                raise WrongAnswer(
                    "Le fichier Parquet ne se lit pas jusqu’au bout.", str(error)[:500]
                ) from error


def _stocks(base, communes: list[str], day: date) -> Iterator[Count]:
    month = f"{day:%Y-%m}"
    whole = {
        row[0] or "": row[2:]
        for row in base.execute(
            ACTIVE.format(division="NULL", groups="GROUPING SETS ((commune), ())")
        ).fetchall()
    }
    for commune in ["", *communes]:
        for measure, number in zip(ACTIVE_MEASURES, whole.get(commune, [0] * 6), strict=True):
            yield commune, measure, "", month, number
    detail = ACTIVE.format(division=DIVISION, groups="GROUPING SETS ((commune, division), (division))")
    for commune, division, active, employers, *_ in base.execute(detail).fetchall():
        key = f"DIVISION={division if division else 'ND'}"
        yield commune or "", ACTIVE_MEASURES[0], key, month, active
        yield commune or "", ACTIVE_MEASURES[1], key, month, employers
    social = dict(base.execute(SOCIAL).fetchall())
    for commune in communes:
        yield commune, "sirene-ess", "", month, social.get(commune, 0)
    yield "", "sirene-ess", "", month, sum(social.values())


def _flows(base, communes: list[str], day: date) -> Iterator[Count]:
    """Whole years only, and a cohort's survival once its last company is old enough."""
    years = range(FIRST_YEAR, day.year)
    for measure, query in (("sirene-creations", CREATED), ("sirene-fermetures", CLOSED)):
        found = {row[:2]: row[2] for row in base.execute(query).fetchall()}
        yield from _by_year(measure, found, communes, years)
    rows = base.execute(COHORT).fetchall()
    yield from _by_year("sirene-cohorte", {row[:2]: row[2] for row in rows}, communes, years)
    for age, place in ((3, 3), (5, 4)):
        old = range(FIRST_YEAR, day.year - age)
        yield from _by_year(f"sirene-cohorte-{age}-ans", {row[:2]: row[place] for row in rows}, communes, old)


def _by_year(measure: str, found: dict, communes: list[str], years: range) -> Iterator[Count]:
    for year in years:
        numbers = [found.get((commune, year), 0) for commune in communes]
        for commune, number in zip(communes, numbers, strict=True):
            yield commune, measure, "", str(year), number
        yield "", measure, "", str(year), sum(numbers)
