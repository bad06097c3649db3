"""The Sirene stock files: found in the catalogue of data.gouv.fr, counted, then removed.

REPORTED: dataset of the stock files and their Parquet form, by several users; the columns are QUOTED. What is
kept is the extract: counts by commune, and for each file its address, checksum and size. The files hold sole
traders; they are removed from the archive as soon as they are counted, whether counting succeeds or fails,
and the recorded answer says so.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import bundling, sirene_stock
from agglo.indicators.datagouv import Resource, newest
from agglo.indicators.places import our_communes
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Edition, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

CODE = "insee-sirene-stock"
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
REMOVED = "retiré après comptage\u00a0: données personnelles"
KEPT_BY_HAND = "fichier donné à la main, jamais archivé"
_TITLE_DAY = re.compile(r"(\d{1,2})(?:er)?\s+(\w+)\s+(\d{4})")
# The history and the links between companies have neighbouring names.
OTHERS = ("Historique", "LiensSuccession", "Doublons")


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Read the catalogue, count both files, give the extract; the files do not stay."""
    communes = our_communes()
    body = door.get(declaration.path, declaration.params, expect="json").json()
    wanted = [newest(body, name, "parquet", OTHERS) for name in ("StockEtablissement", "StockUniteLegale")]
    day = stock_day(wanted[0])
    url = door.addresses.absolute(declaration.path)
    held = door.validators.get(url)
    if held is not None and counted_already(_content(held), wanted, communes):
        yield held
        return
    received: list[Answer] = []
    try:
        for one in wanted:
            received.append(door.get(one.url, expect=""))
        counts = sirene_stock.count(received[0].path, received[1].path, communes, day, door.beat)
    finally:
        for answer in received:
            bundling.discard(answer)
    files = [
        {**announced(one), "sha256": answer.checksum, "bytes": answer.size, "state": REMOVED}
        for one, answer in zip(wanted, received, strict=True)
    ]
    yield extract(counts, communes, day, files, url)


def extract(
    counts: list[sirene_stock.Count], communes: list[str], day: date, files: list[dict], url: str
) -> Answer:
    """What is kept of the files: counts, and where they came from."""
    content = {
        "stock": day.isoformat(),
        "counting": sirene_stock.VERSION,
        "communes": communes,
        "files": files,
        "counts": sorted(counts),
    }
    said = {}
    for rank, one in enumerate(files, start=1):
        size = f"{one['bytes']} octets"
        said[f"file-{rank}"] = " ; ".join((one["title"], f"sha256 {one['sha256']}", size, one["state"]))
    return bundling.write(content, url, said)


def announced(one: Resource) -> dict:
    """A file as the catalogue tells of it: when this is the same, so are the bytes."""
    modified = one.last_modified.isoformat() if one.last_modified else ""
    return {"title": one.title, "url": one.url, "modified": modified}


def counted_already(held: dict, wanted: list[Resource], communes: list[str]) -> bool:
    """Whether an extract is of these very files, for these communes, counted as we count today."""
    said = [{name: one.get(name) for name in ("title", "url", "modified")} for one in held["files"]]
    same = said == [announced(one) for one in wanted] and all(one["modified"] for one in said)
    return same and held["communes"] == communes and held["counting"] == sirene_stock.VERSION


def stock_day(one: Resource) -> date:
    """The day of the stock: what its title says (« du 01 Novembre 2026 »), else the day it last changed."""
    found = _TITLE_DAY.search(one.title)
    if found and found[2].lower() in MONTHS:
        return date(int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1]))
    if one.last_modified is None:
        raise WrongAnswer(
            "Ni le titre ni le catalogue ne disent de quel jour est le fichier stock.", one.title
        )
    return one.last_modified.astimezone(UTC).date()


def _content(answer: Answer) -> dict:
    match answer.json():
        case {
            "stock": str(),
            "counting": int(),
            "communes": list(),
            "files": list(),
            "counts": list(),
        } as content:
            return content
        case body:
            raise WrongAnswer(
                "Ce n’est pas un extrait de comptage de Sirene\u00a0: faites-le avec `bin/manage"
                " count_sirene`.",
                str(body)[:200],
            )


def parse(answer: Answer) -> Iterator[Row]:
    """The counts of an extract; the agglomeration is the row without commune."""
    for line, one in enumerate(_content(answer)["counts"], start=1):
        if not isinstance(one, list) or len(one) != 5:
            raise WrongAnswer("Une ligne de l’extrait de Sirene est illisible.", f"ligne {line}\u00a0: {one}")
        commune, measure, breakdown, period, number = one
        scheme, code = ("COM", commune) if commune else ("EPCI", settings.EPCI_CODE)
        yield Row(line, scheme, code, measure, breakdown, period, str(number))


def edition(answers: list[Answer]) -> Edition:
    day = date.fromisoformat(_content(answers[-1])["stock"])
    return Edition(code=day.isoformat(), published_on=day)


_DIVIDED = sirene_stock.ACTIVE_MEASURES[:2]
_WHOLE = (
    *sirene_stock.ACTIVE_MEASURES[2:],
    "sirene-ess",
    "sirene-creations",
    "sirene-fermetures",
    "sirene-cohorte",
    "sirene-cohorte-3-ans",
    "sirene-cohorte-5-ans",
)

SIRENE_STOCK = register(
    Declaration(
        code=CODE,
        title="Fichiers stock du répertoire Sirene",
        source=Producer("insee", "Insee", "https://www.insee.fr/"),
        base_url="https://www.data.gouv.fr",
        path=f"/api/1/datasets/{settings.OPENDATA_DATASETS.get(CODE, '5b7ffc618b4c4169d30727e0')}/",
        page="https://www.data.gouv.fr/datasets/base-sirene-des-entreprises-et-de-leurs-etablissements-siren-siret",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        publication_delay=30,
        measures=(
            *(
                Measured(code, breakdown={"DIVISION": None}, minimum=0, maximum=1_000_000)
                for code in _DIVIDED
            ),
            *(Measured(code, minimum=0, maximum=1_000_000) for code in _WHOLE),
        ),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        parse=parse,
        fetch=fetch,
        edition=edition,
        expect="json",
        plausible=Plausibility(min_rows=100, max_revised=0.9),
        hosts=("object.files.data.gouv.fr", "static.data.gouv.fr", "files.data.gouv.fr"),
        max_bytes=6 * 1024**3,
    )
)
