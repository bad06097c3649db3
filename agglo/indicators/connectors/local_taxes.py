"""OFGL, REI of the DGFiP: what business taxes bring to our EPCI, by the commune they come from.

REPORTED: id, columns and the labels below (`varlib`), by several readers of the 2023 and 2024 vintages. No
reader gives the labels of the IFER: it is not asked for, `OPENDATA_DATASETS=ofgl-rei.ifer=<label>` adds it.
The licence is not in the entry of the portal: OFGL publishes the rest under the Licence Ouverte.
"""

import re
from collections.abc import Iterator

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import ods
from agglo.indicators.adding import Sums
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Producer, Row, register
from agglo.opendata.errors import WrongAnswer

COLUMNS = ("annee", "idcom", "sirepci", "varlib", "valeur", "secret_statistique")
LABELS = {
    "CFE - INTERCOMMUNALITÉ / PRODUIT RÉEL": "produit-cfe",
    "CFE - INTERCOMMUNALITÉ / BASE": "base-cfe",
    "FNB - GFP / MONTANT RÉEL": "produit-foncier-non-bati",
    "TASCOM au profit du GFP": "produit-tascom",
}
if _ifer := settings.OPENDATA_DATASETS.get("ofgl-rei.ifer"):
    LABELS[_ifer] = "produit-ifer"


def parse(answer: Answer) -> Iterator[Row]:
    """Each commune's part, and their sum; no sum when one part is withheld or not given."""
    sums, seen = Sums(), set()
    for line, row in ods.rows(answer, COLUMNS):
        year, code = str(row["annee"])[:4], str(row["idcom"])
        measure = LABELS.get(str(row["varlib"]))
        if str(row["sirepci"]) != settings.EPCI_CODE or measure is None:
            continue
        if not re.match(r"^\d{4}$", year) or not re.match(r"^\d[0-9AB]\d{3}$", code):
            raise WrongAnswer(
                "Une année ou une commune est illisible.", f"ligne {line}\u00a0: {year!r} {code!r}"
            )
        if (year, code, measure) in seen:
            raise WrongAnswer(
                "Un produit d’une commune est dit deux fois.", f"ligne {line}\u00a0: {row}"[:300]
            )
        seen.add((year, code, measure))
        secret = str(row["secret_statistique"] or "").strip()
        value = None if secret else ods.count(row["valeur"], line, "Un produit")
        sums.add([("COM", code), ("EPCI", settings.EPCI_CODE)], measure, year, value)
    if not seen:
        raise WrongAnswer(
            "Aucune ligne n’a les libellés attendus\u00a0: le REI a changé les siens."
            f" Attendus\u00a0: {', '.join(LABELS)}."
        )
    yield from sums.rows()


REI = register(
    Declaration(
        **ods.portal("ofgl-rei", "data.ofgl.fr", "rei"),
        title="Fiscalité économique de l’agglomération (REI)",
        source=Producer("ofgl", "OFGL, DGFiP", "https://data.ofgl.fr"),
        licence="",
        rhythm=Rhythm.YEARLY,
        publication_delay=300,
        params={
            "select": ",".join(COLUMNS),
            "where": ods.both(ods.equals("sirepci", settings.EPCI_CODE), ods.among("varlib", LABELS)),
        },
        measures=tuple(Measured(measure, {}, {}, 0, 1_000_000_000) for measure in LABELS.values()),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        parse=parse,
    )
)
