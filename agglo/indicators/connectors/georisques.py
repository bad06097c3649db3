"""Géorisques: classified installations by commune (API), and the yearly register of emissions (file)."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import georisques
from agglo.indicators.bundling import bundle, month
from agglo.indicators.places import our_communes, with_epci
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, WrongAnswer

GEORISQUES = Producer(
    "georisques", "Géorisques (BRGM, ministère chargé de l’environnement)", "https://www.georisques.gouv.fr/"
)
BATCH, PAGE_SIZE, MOST_PAGES = 10, 100, 50


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every page of our communes, ten communes at a time, as one answer; pages are counted, not followed."""
    communes, answers = our_communes(), []
    for start in range(0, len(communes), BATCH):
        asked = {"code_insee": ",".join(communes[start : start + BATCH]), "page_size": PAGE_SIZE}
        for page in range(1, MOST_PAGES + 1):
            answer = door.get(declaration.path, {**asked, "page": page})
            answers.append(answer)
            if page >= _last_page(answer):
                break
        else:
            raise WrongAnswer(
                f"La réponse a plus de {MOST_PAGES} pages\u00a0: le service boucle.", declaration.path
            )
    yield bundle(answers, door.addresses.absolute(declaration.path), month())


def _last_page(answer: Answer) -> int:
    match answer.json():
        case {"total_pages": int(last), "data": list()}:
            return last
        case body:
            raise WrongAnswer("La réponse de Géorisques ne dit plus son nombre de pages.", str(body)[:200])


def parse(answer: Answer) -> Iterator[Row]:
    """Numbers by commune this month, and their sum."""
    asked = month(answer)
    found = georisques.installations(answer)
    return with_epci(georisques.counted(found, our_communes(), asked))


# REPORTED: address, names of fields and lists of values, by several users of 2026; no answer was kept.
INSTALLATIONS = register(
    Declaration(
        code="georisques-icpe",
        title="Installations classées (Géorisques)",
        source=GEORISQUES,
        base_url="https://www.georisques.gouv.fr",
        path="/api/v1/installations_classees",
        page="https://www.georisques.gouv.fr/donnees/bases-de-donnees/installations-industrielles",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        publication_delay=0,
        measures=tuple(Measured(code, minimum=0, maximum=5_000) for code in georisques.ICPE),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch,
        parse=parse,
        expect="json",
        plausible=Plausibility(min_rows=6),
    )
)


def fetch_register(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The archive of the last year published: they come out about fifteen months later."""
    last = timezone.now().year - 1
    for year in (last, last - 1, last - 2):
        try:
            yield door.get(declaration.path.format(year=year), conditional=True)
            return
        except FinalError as error:
            missing = error
    raise missing


def parse_register(answer: Answer) -> Iterator[Row]:
    return georisques.emissions(answer, our_communes(), settings.EPCI_CODE)


# REPORTED: names of the columns, units, « < seuil » and the wording of pollutants, by two users of 2026.
EMISSIONS = register(
    Declaration(
        code="georisques-irep",
        title="Registre des émissions polluantes (IREP)",
        source=GEORISQUES,
        base_url="https://files.georisques.fr",
        path=settings.OPENDATA_DATASETS.get("georisques-irep", "/irep/{year}.zip"),
        page="https://www.georisques.gouv.fr/donnees/bases-de-donnees/installations-industrielles-rejetant-des-polluants",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.YEARLY,
        publication_delay=450,
        measures=(
            Measured("irep-co2", minimum=0, maximum=20_000_000),
            Measured("irep-declarants-co2", minimum=0, maximum=500),
        ),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch_register,
        parse=parse_register,
        expect="zip",
    )
)
