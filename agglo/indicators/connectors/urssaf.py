"""Urssaf: private employees by commune and activity (yearly), by employment zone (quarterly). Licence ODbL.

REPORTED: dataset ids and columns, by several users of 2026; two rows of the zones were quoted, none of the
communes. `OPENDATA_DATASETS` in the settings gives another id. Hiring declarations (DPAE) are not asked for:
the producer has suspended that series (notice of 19 November 2025).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.places import our_communes, with_epci
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

HOST = "open.urssaf.fr"
URSSAF = Producer("urssaf", "Urssaf", "https://open.urssaf.fr")
ODBL = "ODbL 1.0"
MOST = 30_000_000
INDUSTRY = range(5, 40)  # divisions of sections B to E
PLACES = ("code_commune", "code_ape")
ZONES = ("annee", "trimestre", "code_zone_d_emploi", "effectifs_salaries_brut", "effectifs_salaries_cvs")
_YEAR = re.compile(r"^effectifs_salaries_(\d{4})$")
_STAFF, _INDUSTRY, _SITES = (
    "effectif-salarie-prive", "effectif-salarie-prive-industrie", "etablissements-prives-employeurs"
)  # fmt: skip


def fetch_communes(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every activity of our communes: far beyond 10,000 rows, hence the export."""
    yield door.get(declaration.path, {"where": ods.among("code_commune", our_communes())})


def by_commune(answer: Answer, communes: list[str]) -> Iterator[Row]:
    """Sums over activities of each commune and year; no sum where one cell is empty, nor for the EPCI then.

    A commune absent from the answer leaves the EPCI without a sum: it is not known to have no employee.
    """
    sums: dict[tuple[str, str, str], list[Decimal | None]] = defaultdict(list)
    seen, years, pairs = set(), set(), set()
    for line, row in ods.rows(answer, PLACES):
        commune, activity = str(row["code_commune"]), str(row["code_ape"])
        if commune not in communes:
            continue
        if (commune, activity) in pairs:
            raise WrongAnswer(
                "Une activité d’une commune est dite deux fois.", f"ligne {line}\u00a0: {row}"[:300]
            )
        pairs.add((commune, activity))
        if not re.match(r"^\d{2}", activity):
            raise WrongAnswer("Un code APE est illisible.", f"ligne {line}\u00a0: {activity!r}")
        found = {match[1] for name in row if (match := _YEAR.match(name))}
        if not found or (years and found != years):
            raise WrongAnswer("Les colonnes d’années ont changé.", f"ligne {line}\u00a0: {sorted(row)}"[:300])
        years = found
        seen.add(commune)
        for year in found:
            staff = ods.count(row[f"effectifs_salaries_{year}"], line, "Un effectif")
            sums[commune, _STAFF, year].append(staff)
            sites = ods.count(row.get(f"nombre_d_etablissements_{year}"), line, "Un effectif")
            sums[commune, _SITES, year].append(sites)
            if int(activity[:2]) in INDUSTRY:
                sums[commune, _INDUSTRY, year].append(staff)
    for commune in seen:
        for year in years:
            sums.setdefault((commune, _INDUSTRY, year), [Decimal(0)])
    held = [
        Row(line, "COM", commune, measure, "", year, _sum(cells))
        for line, ((commune, measure, year), cells) in enumerate(sorted(sums.items()), start=1)
    ]
    yield from with_epci(held) if seen == set(communes) else held


def _sum(cells: list[Decimal | None]) -> str | None:
    known = [cell for cell in cells if cell is not None]
    return f"{sum(known, Decimal(0)):f}" if len(known) == len(cells) else None


def parse_communes(answer: Answer) -> Iterator[Row]:
    return by_commune(answer, our_communes())


def by_zone(answer: Answer) -> Iterator[Row]:
    """Two figures a quarter: raw, and corrected for seasons."""
    for line, row in ods.rows(answer, ZONES):
        year, quarter = str(row["annee"]), str(row["trimestre"])
        if not re.match(r"^\d{4}$", year) or quarter not in ("1", "2", "3", "4"):
            raise WrongAnswer("Un trimestre est illisible.", f"ligne {line}\u00a0: {year!r} {quarter!r}")
        zone, period = str(row["code_zone_d_emploi"]), f"{year}-T{quarter}"
        raw, corrected = row["effectifs_salaries_brut"], row["effectifs_salaries_cvs"]
        yield Row(line, "ZE2020", zone, _STAFF, "", period, ods.number(raw))
        yield Row(line, "ZE2020", zone, f"{_STAFF}-cvs", "", period, ods.number(corrected))


def fetch_zones(door: Door, declaration: Declaration) -> Iterator[Answer]:
    where = ods.among("code_zone_d_emploi", ("3205", "3215", "3219", "3216", "3203"))
    yield door.get(declaration.path, {"where": where})


# REPORTED: id, wide columns by year and codes without a dot, by several users; no row was kept.
COMMUNES = register(
    Declaration(
        **ods.portal(
            "urssaf-communes", HOST, "etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last"
        ),
        title="Établissements et effectifs salariés du privé par commune et activité",
        source=URSSAF,
        licence=ODBL,
        rhythm=Rhythm.YEARLY,
        publication_delay=150,
        measures=tuple(Measured(code, {}, {}, 0, MOST) for code in (_STAFF, _INDUSTRY, _SITES)),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_communes,
        parse=parse_communes,
    )
)

# REPORTED: id and columns; two rows of another zone were quoted from an answer.
QUARTERS = register(
    Declaration(
        **ods.portal(
            "urssaf-zones", HOST, "effectifs-salaries-et-masse-salariale-du-secteur-prive-par-zone-demploi"
        ),
        title="Effectifs salariés du privé par zone d’emploi",
        source=URSSAF,
        licence=ODBL,
        rhythm=Rhythm.QUARTERLY,
        publication_delay=80,
        measures=(
            Measured(_STAFF, {}, {}, 0, MOST),
            Measured(f"{_STAFF}-cvs", {}, {}, 0, MOST),
        ),
        schemes={"ZE2020": "ZE2020"},
        fetch=fetch_zones,
        parse=by_zone,
        unknown_subject="skip",
    )
)
