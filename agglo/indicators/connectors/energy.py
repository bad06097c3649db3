"""Energy: what networks deliver to industry (Agence ORE), and installed renewable power (ODRÉ), by commune.

REPORTED: address, columns and form of the aggregates of Agence ORE, which left Opendatasoft for Data Fair, by
a reader of 2026 who checked them against national totals. The code of industry is not reported: a wrong guess
is refused with those the file has. The register of ODRÉ: id, columns, unit (kW) and a row, by another.
"""

import re
from collections.abc import Iterator

from django.conf import settings

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.indicators.bundling import bundle, month, pages
from agglo.indicators.places import our_communes
from agglo.opendata import probes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

_ORE = settings.OPENDATA_DATASETS.get(
    "ore-industrie", "consommation-annuelle-d-electricite-et-gaz-par-commune"
)  # fmt: skip
NETWORKS = {"Electricité": "industrie-electricite", "Gaz": "industrie-gaz"}
WITHHELD = "industrie-energie-mailles-retenues"
COUNTED = {"conso_totale_mwh": NETWORKS, "nombre_de_mailles_secretisees": dict.fromkeys(NETWORKS, WITHHELD)}


def fetch_industry(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Four sums made by the service, by sector, year and commune: two networks, energy and cells withheld."""
    communes = " OR ".join(our_communes())
    answers = [
        door.get(
            declaration.path,
            {
                "field": "code_grand_secteur;annee;code_commune",
                "agg_size": "50;50;1000",
                "metric": "sum",
                "metric_field": column,
                "qs": f'filiere:"{network}" AND code_commune:({communes})',
            },
        )
        for column in COUNTED
        for network in NETWORKS
    ]
    yield bundle(answers, answers[0].url, month())


def industry(answer: Answer) -> Iterator[Row]:
    """GWh not withheld, and how many cells of the source were; a commune whose sum is nought is withheld."""
    sums = Sums()
    for page in pages(answer):
        column = page.asked("metric_field")
        network = next((name for name in NETWORKS if f'"{name}"' in page.asked("qs")), None)
        if column not in COUNTED or network is None:
            raise WrongAnswer("Une page ne dit plus ce qu’elle additionne.", page.path[:300])
        measure = COUNTED[column][network]
        for year in buckets(sector(buckets(page.body))):
            period = str(year.get("value"))[:4]
            if not re.match(r"^\d{4}$", period):
                raise WrongAnswer("Une année est illisible.", str(year.get("value")))
            for line, commune in enumerate(buckets(year), start=1):
                value = ods.count(commune.get("metric"), line, "Une consommation") or 0
                if measure != WITHHELD:
                    value = value / 1000
                places = [("EPCI", settings.EPCI_CODE)]
                if value or measure == WITHHELD:
                    places.append(("COM", str(commune.get("value"))))
                sums.add(places, measure, period, value)
    yield from sums.rows()


def buckets(body: object) -> list[dict]:
    """The groups of one level. Raises WrongAnswer when the service left some out, or changed its form."""
    found = body.get("aggs") if isinstance(body, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise WrongAnswer(
            "La réponse n’a plus ses groupes\u00a0: le service a changé de format.", str(body)[:200]
        )
    if body.get("total_other"):
        raise WrongAnswer(
            "Le service n’a pas rendu tous les groupes\u00a0: le total serait faux.", str(body)[:200]
        )
    return found


def sector(found: list[dict]) -> dict:
    """The group of industry. Raises WrongAnswer with the sectors the source has."""
    wanted = settings.OPENDATA_DATASETS.get("ore-industrie.secteur", "INDUSTRIE")
    for one in found:
        if search_key(str(one.get("value"))) == search_key(wanted):
            return one
    said = ", ".join(str(one.get("value")) for one in found) or "aucun"
    raise WrongAnswer(
        f"La source n’a pas le secteur «\u202f{wanted}\u202f». Elle a\u00a0: {said}."
        " Le code se règle par OPENDATA_DATASETS=ore-industrie.secteur=…"
    )


REGISTER = ("codeinseecommune", "filiere", "regime", "puismaxinstallee")
SOLAR, RENEWABLE = "puissance-solaire", "puissance-renouvelable"
SOURCES = {"solaire", "eolien", "hydraulique", "bioenergies", "energies marines", "geothermie"}


def fetch_register(door: Door, declaration: Declaration) -> Iterator[Answer]:
    where = ods.among("codeinseecommune", our_communes())
    yield door.get(declaration.path, {"select": ",".join(REGISTER), "where": where})


def register_rows(answer: Answer, communes: list[str], period: str) -> Iterator[Row]:
    """Kilowatts in service by commune, nought included: the register holds every installation."""
    sums = Sums()
    for line, row in ods.rows(answer, REGISTER):
        code, source = str(row["codeinseecommune"]), search_key(str(row["filiere"] or ""))
        if code not in communes or search_key(str(row["regime"] or "")) != "en service":
            continue
        power = ods.count(row["puismaxinstallee"], line, "Une puissance")
        for measure in [m for m, of in ((SOLAR, {"solaire"}), (RENEWABLE, SOURCES)) if source in of]:
            sums.add([("COM", code), ("EPCI", settings.EPCI_CODE)], measure, period, power)
    for code in communes:
        for measure in (SOLAR, RENEWABLE):
            sums.add([("COM", code), ("EPCI", settings.EPCI_CODE)], measure, period, 0)
    yield from sums.rows()


def parse_register(answer: Answer) -> Iterator[Row]:
    return register_rows(answer, our_communes(), month(answer))


INDUSTRY = register(
    Declaration(
        code="ore-industrie",
        title="Électricité et gaz livrés à l’industrie",
        source=Producer("ore", "Agence ORE", "https://opendata.agenceore.fr"),
        base_url="https://opendata.agenceore.fr",
        path=f"data-fair/api/v1/datasets/{_ORE}/values_agg",
        page=f"https://opendata.agenceore.fr/datasets/{_ORE}",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=380,
        measures=tuple(Measured(m, {}, {}, 0, 1_000_000) for m in (*NETWORKS.values(), WITHHELD)),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_industry,
        parse=industry,
        modified=probes.entry(f"data-fair/api/v1/datasets/{_ORE}", ("dataUpdatedAt",), ("updatedAt",)),
        expect="json",
        unknown_subject="skip",
        plausible=Plausibility(max_withdrawn=0.2),
    )
)
POWER = register(
    Declaration(
        **ods.portal(
            "odre-installations",
            "odre.opendatasoft.com",
            "registre-national-installation-production-stockage-electricite-agrege",
        ),
        title="Installations de production d’électricité (registre national)",
        source=Producer("odre", "ODRÉ (RTE, Enedis)", "https://odre.opendatasoft.com"),
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        measures=tuple(Measured(m, {}, {}, 0, 10_000_000) for m in (SOLAR, RENEWABLE)),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_register,
        parse=parse_register,
    )
)
