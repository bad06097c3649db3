"""SIES: students registered by commune of their site, and the winners of the i-Lab innovation contest.

REPORTED: ids and columns, by readers of the portal in 2026. Of the contest, which names people, only counts
by year and region are asked for.
"""

import re
from collections.abc import Iterator

from django.conf import settings

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.indicators.places import our_communes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

SIES = Producer(
    "sies", "SIES, ministère de l’Enseignement supérieur", "https://data.enseignementsup-recherche.gouv.fr"
)
HOST = "data.enseignementsup-recherche.gouv.fr"
STUDENTS = ("rentree", "com_id", "effectif_atlas")
WINNERS = ("annee_de_concours", "region", "nombre")


def year_of(said: object, line: int) -> str:
    year = str(said or "")[:4]
    if not re.match(r"^\d{4}$", year):
        raise WrongAnswer("Une année est illisible.", f"ligne {line}\u00a0: {said!r}")
    return year


def fetch_students(door: Door, declaration: Declaration) -> Iterator[Answer]:
    where = ods.among("com_id", our_communes())
    yield door.get(
        declaration.path, {"select": ",".join(STUDENTS), "where": where}, conditional=True
    )  # fmt: skip


def students(answer: Answer, communes: list[str]) -> Iterator[Row]:
    """Registrations of each commune at each start of year, all kinds added, and of the EPCI."""
    sums = Sums()
    for line, row in ods.rows(answer, STUDENTS):
        if str(row["com_id"]) not in communes:
            continue
        value = ods.count(row["effectif_atlas"], line, "Un effectif")
        places = [("COM", str(row["com_id"])), ("EPCI", settings.EPCI_CODE)]
        sums.add(places, "etudiants-inscrits", year_of(row["rentree"], line), value)
    yield from sums.rows()


def parse_students(answer: Answer) -> Iterator[Row]:
    return students(answer, our_communes())


def winners(answer: Answer) -> Iterator[Row]:
    """Winners of a year in our region, nought included, and in France."""
    counts, years = Sums(), set()
    for line, row in ods.rows(answer, WINNERS):
        year = year_of(row["annee_de_concours"], line)
        years.add(year)
        value = ods.count(row["nombre"], line)
        ours = search_key(str(row["region"] or "")).replace("-", " ") == "hauts de france"
        counts.add([("FRANCE", "F"), *([("REG", "32")] if ours else [])], "laureats-i-lab", year, value)
    for year in years:
        counts.add([("REG", "32")], "laureats-i-lab", year, 0)
    yield from counts.rows()


# REPORTED: `effectif_atlas` is made to be added without counting anybody twice.
STUDENTS_BY_COMMUNE = register(
    Declaration(
        **ods.portal(
            "sies-etudiants", HOST, "fr-esr-atlas_regional-effectifs-d-etudiants-inscrits_agregeables"
        ),
        title="Étudiants inscrits par commune (Atlas régional)",
        source=SIES,
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=300,
        measures=(Measured("etudiants-inscrits", {}, {}, 0, 500_000),),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_students,
        parse=parse_students,
    )
)
# REPORTED: the id and the columns; the count by year and region is asked of the portal itself.
ILAB = register(
    Declaration(
        **ods.portal("sies-i-lab", HOST, "fr-esr-laureats-concours-national-i-lab"),
        title="Lauréats du concours d’innovation i-Lab",
        source=SIES,
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=0,
        params={
            "select": "annee_de_concours,region,count(*) as nombre",
            "group_by": "annee_de_concours,region",
        },
        measures=(Measured("laureats-i-lab", {}, {}, 0, 1_000),),
        schemes={"REG": "REG", "FRANCE": "FRANCE"},
        parse=winners,
        unknown_subject="skip",
    )
)
