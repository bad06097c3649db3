"""API Sirene 3.11: a fresh count of industrial establishments, for those who hold a key.

RECORDED: the envelope, its cursor and an establishment; the syntax of the question is documented, and nobody
here has seen its answer. Only codes are asked for (`champs`): no name, no address. Without INSEE_SIRENE_KEY
the dataset is declared, never asked, and says why.
"""

from collections.abc import Iterator

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import sirene_api
from agglo.indicators.bundling import Page, bundle, month
from agglo.indicators.places import our_communes, with_epci
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, WrongAnswer

PAGE_SIZE, MOST_PAGES = 1000, 60


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every page by cursor, as one answer. Raises FinalError without a key."""
    if not settings.INSEE_SIRENE_KEY:
        raise FinalError(
            "L’API Sirene demande une clé\u00a0: créez-la sur portail-api.insee.fr, et donnez-la dans"
            " INSEE_SIRENE_KEY. Les fichiers stock de Sirene n’en demandent pas."
        )
    if not settings.INSEE_SIRENE_KEY.isascii():
        raise FinalError("INSEE_SIRENE_KEY n’est pas une clé de l’API Sirene\u00a0: copiez-la à nouveau.")
    asked = {"q": sirene_api.question(our_communes()), "champs": sirene_api.FIELDS, "nombre": PAGE_SIZE}
    key = {"X-INSEE-Api-Key-Integration": settings.INSEE_SIRENE_KEY}
    answers: list[Answer] = []
    cursor: str | None = "*"
    try:
        while cursor:
            if len(answers) == MOST_PAGES:
                raise WrongAnswer(
                    f"La réponse a plus de {MOST_PAGES} pages\u00a0: le service boucle.", declaration.path
                )
            answers.append(door.get(declaration.path, {**asked, "curseur": cursor}, headers=key))
            cursor = sirene_api.following(Page("", answers[-1].json()))
    except sirene_api.NoResult:
        if answers:
            raise
    yield bundle(answers, door.addresses.absolute(declaration.path), month())


def parse(answer: Answer) -> Iterator[Row]:
    return with_epci(sirene_api.counted(answer, our_communes(), month(answer)))


SIRENE_API = register(
    Declaration(
        code="insee-sirene-api",
        title="Établissements de l’industrie (API Sirene, clé nécessaire)",
        source=Producer("insee", "Insee", "https://www.insee.fr/"),
        base_url="https://api.insee.fr/api-sirene/3.11",
        path="siret",
        page="https://portail-api.insee.fr/",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        publication_delay=0,
        scheduled=bool(settings.INSEE_SIRENE_KEY),
        measures=(Measured(sirene_api.MEASURE, minimum=0, maximum=100_000),),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch,
        parse=parse,
        explain=sirene_api.explain,
        expect="json",
        rank=1,
        plausible=Plausibility(min_rows=1),
    )
)
