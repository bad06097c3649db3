"""BODACC: opening judgments by commune of the seat and month, without anybody's name.

REPORTED: dataset, columns and the form of judgments, from three trimmed records quoted by users; the citation
of a corrected announcement (`nomPublication`, `numeroParution`, `numeroAnnonce`) from code that runs.
"""

from collections.abc import Iterator
from datetime import date

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import bodacc, ods
from agglo.indicators.bundling import discard, month, write
from agglo.indicators.places import our_communes, with_epci
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.door import Door
from agglo.territory.models import Territory

HELD_MONTHS = 36


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The notices of three years, kept without their free text; what the service sent is removed."""
    asked = month()
    first = date.fromisoformat(f"{months_until(asked)[0]}-01")
    where = ods.both(
        ods.equals("numerodepartement", "62"),
        ods.equals("familleavis", "collective"),
        ods.since("dateparution", first),
    )
    answer = door.get(declaration.path, {"select": ",".join(bodacc.COLUMNS), "where": where})
    try:
        bare = [bodacc.bare(row) for _, row in ods.rows(answer, bodacc.COLUMNS)]
    finally:
        discard(answer)
    yield write({"period": asked, "pages": [{"path": declaration.path, "body": bare}]}, answer.url)


def months_until(asked: str) -> list[str]:
    """The whole months before the one asked in, oldest first."""
    last = int(asked[:4]) * 12 + int(asked[5:7]) - 1
    return [f"{at // 12}-{at % 12 + 1:02}" for at in range(last - HELD_MONTHS, last)]


def parse(answer: Answer) -> Iterator[Row]:
    codes = our_communes()
    held = Territory.objects.communes_of().values_list("subject__code", "subject__name", "postcodes")
    towns = {
        (postcode, bodacc.town_key(name)): code for code, name, codes_ in held for postcode in codes_.split()
    }
    found = bodacc.notices(answer)
    return with_epci(bodacc.counted(found, towns, codes, months_until(month(answer))))


PROCEDURES = register(
    Declaration(
        **ods.portal("bodacc-procedures", "bodacc-datadila.opendatasoft.com", "annonces-commerciales")
        | {"page": "https://www.bodacc.fr/explore/dataset/annonces-commerciales/"},
        title="Procédures collectives ouvertes (BODACC)",
        source=Producer("dila", "Dila (BODACC)", "https://www.bodacc.fr"),
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        publication_delay=5,
        measures=tuple(
            Measured(code, {}, {}, 0, 10_000)
            for code in (*bodacc.KINDS.values(), "defaillances-ouvertures", "defaillances-12-mois")
        ),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch,
        parse=parse,
    )
)
