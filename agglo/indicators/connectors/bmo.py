"""France Travail, Besoins en main-d’œuvre: recruitment projects declared, and those thought difficult.

REPORTED: one row a trade and a labour basin, columns `annee … REG, Dept, BE24 … met, xmet, smet`, `*` where
the number is withheld. The address of the file changes every year and is not known: a file is given by hand
(`bin/manage refresh france-travail-bmo --file …`). France Travail's basins are not Insee's zones and the
portal holds none: figures are read for the département, the region and the country.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.conf import settings
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from agglo.figures.vocabulary import Rhythm
from agglo.indicators.places import SCHEMES
from agglo.indicators.tabular import table
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.errors import WrongAnswer

COLUMNS = {"annee", "REG", "Dept", "met", "xmet"}
MEASURES = {"bmo-projets": "met", "bmo-projets-difficiles": "xmet"}
HELD = "*"


def rows(answer: Answer) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of the CSV, or of the sheet that has the columns when the file is a workbook."""
    with answer.open() as stream:
        packed = stream.read(2) == b"PK"
    if not packed:
        yield from table(answer, COLUMNS)
        return
    try:
        book = load_workbook(io.BytesIO(answer.read()), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise WrongAnswer("Le classeur est abîmé ou coupé\u00a0: il ne s’ouvre pas.", repr(error)) from error
    for sheet in book:
        lines = sheet.iter_rows(values_only=True)
        header = ["" if cell is None else str(cell).strip() for cell in next(lines, ())]
        if set(header) >= COLUMNS:
            for line, cells in enumerate(lines, start=2):
                yield line, {n: "" if c is None else str(c) for n, c in zip(header, cells, strict=False)}
            return
    raise WrongAnswer(
        f"Aucune feuille du classeur n’a les colonnes {', '.join(sorted(COLUMNS))}.",
        ", ".join(book.sheetnames),
    )


def summed(found: Iterable[tuple[int, dict[str, str]]]) -> Iterator[Row]:
    """Sums by département, region and country. Withheld rows are left out, as the measure’s trap says."""
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    for line, cells in found:
        year = cells["annee"].strip()[:4]
        places = (
            ("DEP", cells["Dept"].strip().zfill(2)),
            ("REG", cells["REG"].strip().zfill(2)),
            ("FRANCE", "F"),
        )
        for measure, column in MEASURES.items():
            text = cells[column].strip().removesuffix(".0")
            if text in ("", HELD):
                continue
            if not text.isdigit():
                raise WrongAnswer(
                    "Un nombre de projets est illisible.", f"ligne {line}, {column}\u00a0: {text!r}"
                )
            for place in places:
                sums[*place, measure, year] += int(text)
    for (scheme, code, measure, year), number in sums.items():
        yield Row(0, scheme, code, measure, "", year, str(number))


def parse(answer: Answer) -> Iterator[Row]:
    yield from summed(rows(answer))


BMO = register(
    Declaration(
        code="france-travail-bmo",
        title="Besoins en main-d’œuvre",
        source=Producer("france-travail", "France Travail", "https://www.francetravail.org/"),
        base_url="https://www.francetravail.org",
        path=settings.OPENDATA_DATASETS.get("france-travail-bmo", ""),
        page="https://statistiques.francetravail.org/bmo",
        licence="",
        rhythm=Rhythm.YEARLY,
        publication_delay=0,
        scheduled="france-travail-bmo" in settings.OPENDATA_DATASETS,
        measures=tuple(Measured(code, minimum=0, maximum=10_000_000) for code in MEASURES),
        schemes=SCHEMES,
        parse=parse,
        unknown_subject="skip",
        plausible=Plausibility(min_rows=2),
    )
)
