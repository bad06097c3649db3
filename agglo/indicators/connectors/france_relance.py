"""France Relance: industrial projects of the State's list, by commune of the project. Frozen in April 2022.

REPORTED: id, columns, 3,080 rows and the absence of any amount, by two readers of 2026. The list holds
industrial projects only, and a project has no number of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.indicators.bodacc import town_key
from agglo.indicators.places import our_communes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.errors import WrongAnswer
from agglo.territory.models import Territory

COLUMNS = ("siren", "mesure", "nom_commune", "code_postal", "description_projet", "mise_a_jour")
MEASURE = "france-relance-projets-industriels"


def projects(answer: Answer, towns: Mapping[tuple[str, str], str], communes: list[str]) -> Iterator[Row]:
    """Distinct projects of each of our communes, nought included, at the date of the latest row."""
    postcodes = {postcode for postcode, _ in towns}
    found, lost, days = defaultdict(set), set(), set()
    for line, row in ods.rows(answer, COLUMNS):
        day = str(row["mise_a_jour"] or "")[:10]
        if not re.match(r"^\d{4}-\d{2}-\d{2}$", day):
            raise WrongAnswer("Une date de mise à jour est illisible.", f"ligne {line}\u00a0: {day!r}")
        days.add(day)
        postcode = str(row["code_postal"] or "").removesuffix(".0").zfill(5)
        town = str(row["nom_commune"] or "")
        commune = towns.get((postcode, town_key(town)))
        if commune is not None:
            found[commune].add(tuple(str(row[name]) for name in ("siren", "mesure", "description_projet")))
        elif postcode in postcodes:
            lost.add(f"{postcode} {town}")
    if lost:
        answer.warnings.append(
            f"communes qui ne sont pas les nôtres, ou mal écrites\u00a0: {', '.join(sorted(lost))}"
        )
    sums = Sums()
    for code in communes if days else ():
        sums.add([("COM", code), ("EPCI", settings.EPCI_CODE)], MEASURE, max(days), len(found[code]))
    yield from sums.rows()


def parse(answer: Answer) -> Iterator[Row]:
    held = Territory.objects.communes_of().values_list("subject__code", "subject__name", "postcodes")
    towns = {
        (postcode, town_key(name)): code for code, name, postcodes in held for postcode in postcodes.split()
    }
    return projects(answer, towns, our_communes())


RELANCE = register(
    Declaration(
        **ods.portal("france-relance", "data.economie.gouv.fr", "plan-de-relance"),
        title="France Relance\u00a0: projets industriels lauréats",
        source=Producer(
            "economie", "Ministère de l’Économie et des Finances", "https://data.economie.gouv.fr"
        ),
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.ONCE,
        params={"select": ",".join(COLUMNS)},
        measures=(Measured(MEASURE, {}, {}, 0, 10_000),),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        parse=parse,
    )
)
