"""Cartofriches, the brownfields known to Cerema: asked of its API, or read in the CSV file of data.gouv.fr.

REPORTED: the public service answers on the host named *preprod*; it asks for one spatial filter, pages like
Django REST framework and gives at most 500 sites a page. The rows of both forms are QUOTED.
"""

import re
from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import cartofriches
from agglo.indicators.bundling import bundle, period
from agglo.indicators.datagouv import newest
from agglo.indicators.places import our_communes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

CEREMA = Producer("cerema", "Cerema", "https://www.cerema.fr/")
BATCH, PAGE_SIZE, MOST_PAGES = 25, 500, 40
_DAY = re.compile(r"(\d{4})-(\d{2})-\d{2}")


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every page of our communes, asked a few at a time, as one answer."""
    communes, answers = our_communes(), []
    for start in range(0, len(communes), BATCH):
        asked = {"code_insee": ",".join(communes[start : start + BATCH]), **declaration.params}
        answer = door.get(declaration.path, asked)
        for _ in range(MOST_PAGES):
            answers.append(answer)
            body = answer.json()
            following = body.get("next") if isinstance(body, dict) else None
            if not following:
                break
            answer = door.get(following)
        else:
            raise WrongAnswer(
                f"La réponse a plus de {MOST_PAGES} pages\u00a0: le service boucle.", declaration.path
            )
    yield bundle(answers, door.addresses.absolute(declaration.path), quarter_of(timezone.now()))


def fetch_file(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The CSV file that the catalogue announces as `friches-standard-AAAA-MM-JJ.csv`."""
    catalogue = door.get(declaration.path, expect="json").json()
    yield door.get(newest(catalogue, "friches-standard", "csv").url, conditional=True)


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{1 + (day.month - 1) // 3}"


def quarter(answer: Answer) -> str:
    """The quarter of the edition: the day in the file's name, else the one it was asked in."""
    named = _DAY.search(answer.url.rpartition("/")[2])
    if named:
        return quarter_of(date(int(named[1]), int(named[2]), 1))
    return quarter_of(answer.last_modified or answer.received_at)


def parse(answer: Answer) -> Iterator[Row]:
    """Hectares and sites of a page, or of all of them."""
    asked = period(answer, quarter(answer))
    return cartofriches.counted(cartofriches.sites(answer), our_communes(), settings.EPCI_CODE, asked)


def parse_file(answer: Answer) -> Iterator[Row]:
    found = cartofriches.sites(answer)
    return cartofriches.counted(found, our_communes(), settings.EPCI_CODE, quarter(answer))


_MEASURES = (
    Measured("friches-sites", breakdown={"site_statut": None}, minimum=0, maximum=5_000),
    Measured("friches-sites-sans-surface", minimum=0, maximum=5_000),
    *(
        Measured(measure, minimum=0, maximum=20_000)
        for measure in ("friches-recensees-surface", *cartofriches.SURFACES.values())
    ),
)


def brownfields(code: str, title: str, **said) -> Declaration:
    return register(
        Declaration(
            code=code,
            title=title,
            source=CEREMA,
            page="https://cartofriches.cerema.fr/cartofriches/",
            licence="Licence Ouverte 2.0",
            rhythm=Rhythm.QUARTERLY,
            publication_delay=30,
            measures=_MEASURES,
            schemes={"COM": "COM", "EPCI": "EPCI"},
            plausible=Plausibility(min_rows=8),
            **said,
        )
    )


CARTOFRICHES = brownfields(
    "cerema-cartofriches",
    "Friches (Cartofriches, API)",
    base_url="https://apidf-preprod.cerema.fr",
    path="/cartofriches/geofriches/",
    params={"fields": "all", "page_size": PAGE_SIZE},
    fetch=fetch,
    parse=parse,
    records=cartofriches.records,
    expect="json",
)
# The same sites by another way, for the day the API does not answer: asked by hand.
CARTOFRICHES_FILE = brownfields(
    "cerema-cartofriches-csv",
    "Friches (Cartofriches, fichier)",
    base_url="https://www.data.gouv.fr",
    path="/api/1/datasets/"
    + settings.OPENDATA_DATASETS.get("cerema-cartofriches-csv", "sites-references-dans-cartofriches")
    + "/",
    fetch=fetch_file,
    parse=parse_file,
    records=cartofriches.records,
    expect="csv",
    scheduled=False,
    rank=1,
    hosts=("object.files.data.gouv.fr", "static.data.gouv.fr", "files.data.gouv.fr"),
)
