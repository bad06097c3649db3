"""Observatoire de l’artificialisation (Cerema): natural, farming and forest land used up, year by year.

REPORTED, by several programs that read it: one wide CSV row a commune (`idcom`, `iddep`, `idreg`, an `epciYY`
whose year moves), `nafYYartZZ` the flow of a year in m² and `artYYactZZ` its part for business; the window of
years moves with each edition, and the last year is provisional.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators.datagouv import newest
from agglo.indicators.places import SCHEMES, hectares, our_communes
from agglo.indicators.tabular import table
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

CODE = "cerema-artificialisation"
WHOLE, BUSINESS = "enaf-consommes", "enaf-consommes-activite"
_FLOW = re.compile(r"^(naf(\d\d)art(\d\d)|art(\d\d)act(\d\d))$")
_EPCI = re.compile(r"^epci(\d\d)$")


def flows(header: list[str]) -> dict[str, tuple[str, str]]:
    """Column -> (measure, year) of each yearly flow; totals over several years are left aside."""
    found = {}
    for name in header:
        match = _FLOW.match(name)
        if match:
            first, last = (int(match[2] or match[4]), int(match[3] or match[5]))
            if last == first + 1:
                found[name] = (WHOLE if match[2] else BUSINESS, f"20{first:02d}")
    if len({year for measure, year in found.values() if measure == WHOLE}) * 2 != len(found) or not found:
        raise WrongAnswer(
            "Les flux annuels du fichier (naf…art…, art…act…) sont introuvables ou dépareillés.",
            ", ".join(header)[:500],
        )
    return found


def parse(answer: Answer) -> Iterator[Row]:
    return read(answer, set(our_communes()))


def read(answer: Answer, ours: set[str]) -> Iterator[Row]:
    """Our communes, and the sums of the EPCI we know, of départements, regions and of the country."""
    seen: set[str] = set()
    sums: dict[tuple[str, str, str, str], Decimal] = defaultdict(Decimal)
    columns: dict[str, tuple[str, str]] = {}
    last = epci = ""
    for line, cells in table(answer, {"idcom", "iddep", "idreg"}):
        if not columns:
            columns = flows(list(cells))
            last = max(year for _, year in columns.values())
            epci = max((name for name in cells if _EPCI.match(name)), default="")
        code = cells["idcom"].strip()
        places = [("DEP", cells["iddep"].strip()), ("REG", cells["idreg"].strip()), ("FRANCE", "F")]
        group = settings.EPCI_CODE if code in ours else cells.get(epci, "").strip()
        # Ours is the sum of its communes of today, whatever the year of the file's grouping.
        if group and (group != settings.EPCI_CODE or code in ours):
            places.append(("EPCI", group))
        for name, (measure, year) in columns.items():
            metres = _metres(cells[name], line, name)
            if code in ours:
                yield Row(
                    line, "COM", code, measure, "", year, hectares(metres), "P" if year == last else "A"
                )
            for scheme, place in places:
                sums[scheme, place, measure, year] += metres
        seen.add(code)
    missing = sorted(ours - seen)
    if missing:
        raise WrongAnswer("Des communes de l’agglomération manquent au fichier.", ", ".join(missing))
    for (scheme, place, measure, year), metres in sums.items():
        yield Row(0, scheme, place, measure, "", year, hectares(metres), "P" if year == last else "A")


def _metres(text: str, line: int, name: str) -> Decimal:
    """m²; the source's rounding may leave −1 or −2, anything lower would be another measure."""
    try:
        number = Decimal(text.strip() or "NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < -10:
        raise WrongAnswer(
            "Une surface consommée est illisible ou négative.", f"ligne {line}, {name}\u00a0: {text!r}"
        )
    return max(number, Decimal(0))


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The file by commune that the catalogue announces last."""
    catalogue = door.get(declaration.path, expect="json").json()
    yield door.get(newest(catalogue, "conso_com", "csv").url, conditional=True)


LAND = register(
    Declaration(
        code=CODE,
        title="Consommation d’espaces naturels, agricoles et forestiers",
        source=Producer("cerema", "Cerema", "https://www.cerema.fr/"),
        base_url="https://www.data.gouv.fr",
        # Each edition is a dataset of its own: the settings name the next one.
        path="/api/1/datasets/"
        + settings.OPENDATA_DATASETS.get(
            CODE,
            "consommation-despaces-naturels-agricoles-et-forestiers-du-1er-janvier-2011-au-1er-janvier-2025",
        )
        + "/",
        page="https://artificialisation.developpement-durable.gouv.fr/",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=540,
        measures=(
            Measured(WHOLE, minimum=0, maximum=500_000),
            Measured(BUSINESS, minimum=0, maximum=500_000),
        ),
        schemes=SCHEMES,
        parse=parse,
        fetch=fetch,
        expect="csv",
        unknown_subject="skip",
        plausible=Plausibility(min_rows=100),
        hosts=("object.files.data.gouv.fr", "static.data.gouv.fr", "files.data.gouv.fr"),
    )
)
