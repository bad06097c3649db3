"""Ministry of education: schools of our communes, and what becomes of those who leave a vocational school.

REPORTED: ids and columns, by several readers of the portal in 2026; one row of 2021 was quoted.
InserJeunes covers neither schools without contract nor small groups: a context for the school of production,
not its result.
"""

from collections.abc import Iterator

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.indicators.bundling import bundle, month, pages
from agglo.indicators.places import our_communes
from agglo.indicators.schools import last_year, medians
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

HOST = "data.education.gouv.fr"
DEPP = Producer("education", "Ministère de l’Éducation nationale (Depp)", f"https://{HOST}")
DIRECTORY = ods.dataset("education-annuaire", "fr-en-annuaire-education")
SCHOOLS = ("identifiant_de_l_etablissement", "code_commune", "etat", "voie_professionnelle", "apprentissage")
KINDS = {
    "voie_professionnelle": "etablissements-voie-professionnelle",
    "apprentissage": "etablissements-apprentissage",
}


def ask_schools(door: Door) -> Answer:
    where = ods.both(ods.among("code_commune", our_communes()), ods.equals("etat", "OUVERT"))
    return door.get(ods.path(DIRECTORY), {"select": ",".join(SCHOOLS), "where": where}, expect="json")


def fetch_directory(door: Door, declaration: Declaration) -> Iterator[Answer]:
    yield ask_schools(door)


def directory(answer: Answer, communes: list[str], period: str) -> Iterator[Row]:
    """Open schools by commune, nought included; a school may stand on several rows and counts once."""
    found: dict[str, dict[str, set[str]]] = {
        measure: {c: set() for c in communes} for measure in KINDS.values()
    }
    for _, row in ods.rows(answer, SCHOOLS):
        code = str(row["code_commune"])
        if row["etat"] != "OUVERT" or code not in communes:
            continue
        for column, measure in KINDS.items():
            if str(row[column] or "") in ("1", "True"):
                found[measure][code].add(str(row["identifiant_de_l_etablissement"]))
    sums = Sums()
    for measure, schools in found.items():
        for code, those in schools.items():
            sums.add([("COM", code), ("EPCI", settings.EPCI_CODE)], measure, period, len(those))
    yield from sums.rows()


def parse_directory(answer: Answer) -> Iterator[Row]:
    return directory(answer, our_communes(), month(answer))


def fetch_rates(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Our schools, then the rates of every school of France, kept as one answer."""
    answers = [ask_schools(door), door.get(declaration.path, declaration.params)]
    yield bundle(answers, answers[-1].url, month())


def rates(answer: Answer, columns: dict[str, str]) -> Iterator[Row]:
    """The median school of each place; `columns`: column -> measure."""
    ours, found = set(), []
    for page in pages(answer):
        if DIRECTORY in page.path:
            for _, row in ods.cells(answer, page.body, SCHOOLS[:1]):
                ours.add(str(row["identifiant_de_l_etablissement"]))
            continue
        for line, row in ods.cells(answer, page.body, ("uai", "annee", *columns)):
            period = last_year(row["annee"])
            if period is None:
                raise WrongAnswer("Une année est illisible.", f"ligne {line}\u00a0: {row['annee']!r}")
            for column, measure in columns.items():
                rate = ods.count(row[column], line, "Un taux")
                if rate is not None and rate > 100:
                    raise WrongAnswer("Un taux dépasse 100\u00a0%.", f"ligne {line}\u00a0: {rate}")
                found.append((str(row["uai"]), measure, period, rate))
    yield from medians(found, ours)


LEAVERS = {"taux_emploi_6_mois": "lycees-pro-emploi-6-mois"}
APPRENTICES = {"taux_emploi_6_mois": "cfa-emploi-6-mois"}
RESULTS = {"taux_reu_total": "lycees-pro-reussite-bac"}


def parse_leavers(answer: Answer) -> Iterator[Row]:
    return rates(answer, LEAVERS)


def parse_apprentices(answer: Answer) -> Iterator[Row]:
    return rates(answer, APPRENTICES)


def parse_results(answer: Answer) -> Iterator[Row]:
    return rates(answer, RESULTS)


def _rates(code: str, usual: str, title: str, delay: int, columns: dict[str, str], parse, where: str = ""):
    asked = {"select": ",".join(("uai", "annee", *columns))} | ({"where": where} if where else {})
    return register(
        Declaration(
            **ods.portal(code, HOST, usual),
            title=title,
            source=DEPP,
            licence="Licence Ouverte 2.0",
            rhythm=Rhythm.YEARLY,
            publication_delay=delay,
            params=asked,
            measures=tuple(Measured(measure, {}, {}, 0, 100) for measure in columns.values()),
            schemes={scheme: scheme for scheme in ("EPCI", "DEP", "REG", "FRANCE")},
            fetch=fetch_rates,
            parse=parse,
            unknown_subject="skip",
        )
    )


SCHOOLS_BY_COMMUNE = register(
    Declaration(
        **ods.portal("education-annuaire", HOST, "fr-en-annuaire-education"),
        title="Établissements scolaires ouverts (annuaire de l’éducation)",
        source=DEPP,
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        measures=tuple(Measured(measure, {}, {}, 0, 1_000) for measure in KINDS.values()),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_directory,
        parse=parse_directory,
    )
)
LYCEES = _rates(
    "education-inserjeunes-lycees", "fr-en-inserjeunes-lycee_pro",
    "InserJeunes\u00a0: emploi six mois après un lycée professionnel", 400, LEAVERS, parse_leavers,
    ods.equals("dont_apprentis_eple", "ensemble"),
)  # fmt: skip
CFA = _rates(
    "education-inserjeunes-cfa", "fr-en-inserjeunes-cfa",
    "InserJeunes\u00a0: emploi six mois après un CFA", 400,
    APPRENTICES, parse_apprentices,
)  # fmt: skip
# REPORTED: the id, `uai`, `annee`; `taux_reu_total` is taken from the sister dataset of general schools.
BAC_PRO = _rates(
    "education-resultats-lycees-pro", "fr-en-indicateurs-de-resultat-des-lycees-pro_v2",
    "Réussite au baccalauréat professionnel (indicateurs de résultats)", 270, RESULTS, parse_results,
)  # fmt: skip
