"""Eurostat's regional figures, for comparison: gross domestic product, unemployment as a yearly mean.

JSON-stat is read by our own fifty lines: pyjstat brings pandas, and the other libraries have not been kept
for years. The datasets can be renamed (`prc_hicp_midx` became `prc_hicp_minr`): `OPENDATA_DATASETS`.
"""

import json
from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings

from agglo.figures.vocabulary import Rhythm, State
from agglo.indicators import jsonstat, nuts
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import (
    Declaration,
    Edition,
    Measured,
    Plausibility,
    Producer,
    Row,
    edition_by_date,
    register,
)
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, RefreshError, RetryableError

EUROSTAT = Producer("eurostat", "Eurostat", "https://ec.europa.eu/eurostat/")
BASE_URL = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0"
PLACES = ["FRE12", "FRE11", "FRE1", "FRE", "FR"]
MEANINGS = {
    100: "aucun chiffre ne répond à la demande",
    140: "la demande est mal écrite",
    150: "une dimension ou un code de la demande n’existe pas, ou plus",
}


def reader(*measured: Measured) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` for these measures; places we do not name are left aside."""
    needed = {"geo", "time"}.union(*(one.columns for one in measured))

    def parse(answer: Answer) -> Iterator[Row]:
        for line, (dimensions, value, status) in enumerate(jsonstat.cells(answer, needed), start=1):
            place = nuts.PLACES.get(dimensions["geo"])
            if place is None:
                continue
            state = State.CONFIDENTIAL if value is None and "c" in status else None
            for one in measured:
                if (key := one.match(dimensions)) is not None:
                    letter = status[:1].upper() if status[:1].isalpha() else "A"
                    yield Row(line, *place, one.measure, key, dimensions["time"], value, letter, state)

    return parse


def edition(answers: list[Answer]) -> Edition:
    """The day Eurostat says it last updated the dataset."""
    updated = jsonstat.dataset(answers[-1]).get("updated")
    if not updated:
        return edition_by_date(answers)
    day = datetime.fromisoformat(str(updated)).date()
    return Edition(code=day.isoformat(), published_on=day)


def explain(status: int, body: str) -> RefreshError | None:
    """Eurostat numbers what is wrong: 100 nothing found, 140 syntax, 150 unknown code, 413 too much."""
    try:
        error = json.loads(body)["error"][0]
        number, label = int(error.get("id", 0)), str(error.get("label", ""))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        number, label = 0, ""
    if status == 413 or "EXTRACTION_TOO_BIG" in label:
        return FinalError("Eurostat refuse la demande\u00a0: elle dépasse cinq millions de cellules.", label)
    if status == 400 and number in MEANINGS:
        return FinalError(f"Eurostat refuse la demande\u00a0: {MEANINGS[number]}.", label)
    if status == 500 and number:
        return RetryableError("Eurostat est en panne (erreur 500).", label)
    return None


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """One request; the former région is made known first, so that its figures have a place."""
    nuts.know_former_region()
    asked = {"format": "JSON", "lang": "EN", "geo": PLACES}
    yield door.get(declaration.path, asked | declaration.params, conditional=True)


def question(code: str, title: str, usual: str, delay: int, *measures: Measured, **params) -> Declaration:
    name = settings.OPENDATA_DATASETS.get(code, usual)
    return register(
        Declaration(
            code=code,
            title=title,
            source=EUROSTAT,
            base_url=BASE_URL,
            path=f"data/{name}",
            params=params,
            page=f"https://ec.europa.eu/eurostat/databrowser/view/{name}/default/table",
            licence="CC BY 4.0",
            rhythm=Rhythm.YEARLY,
            publication_delay=delay,
            measures=measures,
            schemes=nuts.SCHEMES,
            parse=reader(*measures),
            fetch=fetch,
            edition=edition,
            explain=explain,
            expect="json",
            unknown_subject="skip",
            plausible=Plausibility(max_withdrawn=0.1),
        )
    )


# REPORTED: dataset, units, codes of places used by several programs; the envelope was quoted on another
# dataset.
GDP = question(
    "eurostat-pib-regional",
    "Produit intérieur brut, régions d’Europe",
    "nama_10r_3gdp",
    730,
    Measured("pib-regional", {"unit": "MIO_EUR"}, {}, 0, 100_000_000),
    Measured("pib-par-habitant-europe", {"unit": "EUR_HAB"}, {}, 1_000, 500_000),
    unit=["MIO_EUR", "EUR_HAB"],
)

# REPORTED: the four filters as two programs write them; no figure at the level of the département.
UNEMPLOYMENT = question(
    "eurostat-chomage-regional",
    "Taux de chômage, régions d’Europe",
    "lfst_r_lfu3rt",
    150,
    Measured(
        "taux-chomage-europe", {"sex": "T", "age": "Y15-74", "isced11": "TOTAL", "unit": "PC"}, {}, 0, 60
    ),
    sex="T",
    age="Y15-74",
    isced11="TOTAL",
    unit="PC",
)
