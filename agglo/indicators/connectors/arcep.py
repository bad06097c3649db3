"""Arcep, « Ma connexion internet »: premises and those that fibre can reach, by commune and quarter.

REPORTED: address, `;`, UTF-8 with damaged names, columns `code_insee … nbr, type, elig_ftth … date` and the
single type `all`, measured by a user on the live file of September 2026. The file of speeds counts satellite
and says 100 % everywhere; the one of technologies, read here, counts fibre.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators.places import SCHEMES, our_communes
from agglo.indicators.tabular import table
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Edition, Measured, Plausibility, Producer, Row, register
from agglo.opendata.errors import WrongAnswer

COLUMNS = {"code_insee", "code_dep", "code_reg", "nbr", "type", "elig_ftth", "date"}
MEASURES = {"locaux": "nbr", "locaux-ftth": "elig_ftth"}


def parse(answer: Answer) -> Iterator[Row]:
    return read(answer, set(our_communes()))


def read(answer: Answer, ours: set[str]) -> Iterator[Row]:
    """Rows of communes as they stand; the sums of ours, of each département, region and of the country."""
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    seen = set()
    for line, cells in table(answer, COLUMNS, delimiter=";", errors="replace"):
        code = cells["code_insee"].strip()
        if cells["type"].strip() != "all" or code in seen:
            raise WrongAnswer(
                "Une commune figure deux fois\u00a0: le fichier distingue maintenant des types de locaux.",
                f"ligne {line}\u00a0: {code}, {cells['type']}",
            )
        seen.add(code)
        period = quarter(cells["date"], line)
        places = [("DEP", cells["code_dep"]), ("REG", cells["code_reg"]), ("FRANCE", "F")]
        if code in ours:
            places.append(("EPCI", settings.EPCI_CODE))
            for measure, column in MEASURES.items():
                yield Row(line, "COM", code, measure, "", period, cells[column].strip())
        for measure, column in MEASURES.items():
            number = cells[column].strip()
            if not number.isdigit():
                raise WrongAnswer("Un nombre de locaux est illisible.", f"ligne {line}\u00a0: {number!r}")
            for scheme, place in places:
                sums[scheme, place.strip(), measure, period] += int(number)
    missing = sorted(ours - seen)
    if missing:
        raise WrongAnswer(
            "Des communes de l’agglomération manquent au fichier de l’Arcep.", ", ".join(missing)
        )
    for (scheme, code, measure, period), number in sums.items():
        yield Row(0, scheme, code, measure, "", period, str(number))


def quarter(day: str, line: int) -> str:
    """`2026-06-30` is the second quarter of 2026."""
    try:
        known = date.fromisoformat(day.strip())
    except ValueError:
        raise WrongAnswer("La date de l’édition est illisible.", f"ligne {line}\u00a0: {day!r}") from None
    return f"{known.year}-Q{1 + (known.month - 1) // 3}"


def edition(answers: list[Answer]) -> Edition:
    """The quarter of the first row: every row has the same."""
    for line, cells in table(answers[-1], COLUMNS, delimiter=";", errors="replace"):
        return Edition(code=quarter(cells["date"], line))
    raise WrongAnswer("Le fichier de l’Arcep n’a aucune ligne.")


FIBRE = register(
    Declaration(
        code="arcep-fibre",
        title="Locaux éligibles à la fibre (Ma connexion internet)",
        source=Producer("arcep", "Arcep", "https://www.arcep.fr/"),
        base_url="https://data.arcep.fr",
        path=settings.OPENDATA_DATASETS.get(
            "arcep-fibre", "/fixe/maconnexioninternet/statistiques/last/commune/commune_techno.csv"
        ),
        page="https://www.data.gouv.fr/datasets/ma-connexion-internet",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.QUARTERLY,
        publication_delay=75,
        measures=tuple(Measured(code, minimum=0, maximum=60_000_000) for code in MEASURES),
        schemes=SCHEMES,
        parse=parse,
        edition=edition,
        expect="csv",
        unknown_subject="skip",
        plausible=Plausibility(min_rows=4),
    )
)
