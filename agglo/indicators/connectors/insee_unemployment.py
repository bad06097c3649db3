"""Insee's unemployment rates by employment zone: a workbook whose name changes every quarter.

RECORDED (the whole 2003-T1…2023-T3 file): sheet `txcho_ze`, heading row whose first cell is `ZE2020`,
then `LIBZE2020`,
`REG`, `LIBREG` and one column a quarter named `2003-T1`. Zones we do not follow are skipped; the file has
no row for
France. The address of the file follows the reported pattern and is read on the page that announces it.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Edition, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer

SHEET, FIRST = "txcho_ze", "ZE2020"
MEASURE = "taux-chomage-localise"
_QUARTER = re.compile(r"^\d{4}-T[1-4]$")
_FILE = re.compile(r"""href=["']([^"']*chomage-zone-t1-2003-t([1-4])-(\d{4})\.xlsx)["']""", re.IGNORECASE)
_EMPTY = {"", "nd", "n.d.", "n.d", "s", "...", "…"}


def table(answer: Answer) -> tuple[list[str], list[tuple[int, tuple]]]:
    """Headings and numbered data rows of the sheet. Raises WrongAnswer when the workbook is not the one
    declared.
    """
    try:
        book = load_workbook(io.BytesIO(answer.read()), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise WrongAnswer("Le classeur est abîmé ou coupé\u00a0: il ne s’ouvre pas.", repr(error)) from error
    if SHEET not in book.sheetnames:
        raise WrongAnswer(
            f"Le classeur n’a plus de feuille «\u202f{SHEET}\u202f»\u00a0: sa présentation a changé.",
            ", ".join(book.sheetnames),
        )
    headings: list[str] = []
    rows = []
    for line, cells in enumerate(book[SHEET].iter_rows(values_only=True), start=1):
        first = "" if not cells or cells[0] is None else str(cells[0]).strip()
        if headings and first:
            rows.append((line, cells))
        elif first == FIRST:
            headings = ["" if cell is None else str(cell).strip() for cell in cells]
    if not headings:
        raise WrongAnswer(
            f"La ligne d’en-tête «\u202f{FIRST}\u202f» est introuvable\u00a0: la présentation a changé."
        )
    if not any(_QUARTER.match(name) for name in headings):
        raise WrongAnswer("Aucune colonne de trimestre (2003-T1…) dans le classeur.", ", ".join(headings[:8]))
    return headings, rows


def parse(answer: Answer) -> Iterator[Row]:
    """One row a zone and a quarter; zones in the order of the file."""
    headings, rows = table(answer)
    quarters = [(place, name) for place, name in enumerate(headings) if _QUARTER.match(name)]
    for line, cells in rows:
        code = str(cells[0]).strip().zfill(4)
        for place, quarter in quarters:
            value = cells[place] if place < len(cells) else None
            text = "" if value is None else str(value).strip()
            yield Row(line, "ZE2020", code, MEASURE, "", quarter, None if text.lower() in _EMPTY else text)


def last_quarter(answer: Answer) -> str:
    return max(name for name in table(answer)[0] if _QUARTER.match(name))


def edition(answers: list[Answer]) -> Edition:
    """`2025-T4`: the last quarter the workbook covers; the day it came out when the service says it."""
    answer = answers[-1]
    published = answer.last_modified.date() if answer.last_modified else None
    return Edition(code=last_quarter(answer), published_on=published)


def newest_file(page: str, address: str) -> str:
    """Address of the workbook that covers the latest quarter, among the links of the page."""
    links = [(int(year), int(quarter), href) for href, quarter, year in _FILE.findall(page)]
    if not links:
        raise WrongAnswer(
            "La page de l’Insee n’annonce plus le classeur des taux de chômage par zone d’emploi\u00a0:"
            " donnez le fichier à"
            " la commande, avec --file.",
            f"{address}\u00a0: aucun lien chomage-zone-t1-2003-t…-….xlsx",
        )
    # Only the path is kept: the host stays the declared one, or its mirror.
    return urlsplit(urljoin(address, max(links)[2])).path


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Read the page, then the newest workbook it links to."""
    page = door.get(declaration.path, expect="")
    yield door.get(newest_file(page.text(), page.url), conditional=True)


UNEMPLOYMENT = register(
    Declaration(
        code="insee-chomage-ze",
        title="Taux de chômage localisés par zone d’emploi",
        source=Producer("insee", "Insee", "https://www.insee.fr/"),
        base_url="https://www.insee.fr",
        path="/fr/statistiques/1893230",
        page="https://www.insee.fr/fr/statistiques/1893230",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.QUARTERLY,
        publication_delay=90,
        measures=(Measured(MEASURE, minimum=0, maximum=60),),
        schemes={"ZE2020": "ZE2020"},
        parse=parse,
        fetch=fetch,
        edition=edition,
        expect="xlsx",
        unknown_subject="skip",
        # Every edition revises the whole series: only the level of refusals is held.
        plausible=Plausibility(min_rows=300),
    )
)
