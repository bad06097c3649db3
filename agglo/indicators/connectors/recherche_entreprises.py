"""Recherche d’entreprises (DINUM): companies and establishments of the social economy, RGE companies.

REPORTED: results, an empty answer and every error were quoted by a user in September 2026, none of them about
our territory; the specification is the service's own. No person's name is asked for (`minimal=true`).
"""

from collections.abc import Iterator
from itertools import chain

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import recherche_entreprises as search
from agglo.indicators.bundling import Page, bundle, month
from agglo.indicators.places import our_communes, with_epci
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, register
from agglo.opendata.door import Door

PER_PAGE = 25
NUMBER = {"etat_administratif": "A", "minimal": "true", "per_page": 1, "page": 1}
LIST = {
    "etat_administratif": "A",
    "est_ess": "true",
    "minimal": "true",
    "include": "matching_etablissements",
    "limite_matching_etablissements": 100,
    "per_page": PER_PAGE,
}


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Numbers of companies by label and place, then every ESS company of the EPCI; as one answer."""
    answers: list[Answer] = []

    def ask(params: dict) -> tuple[int, list]:
        answers.append(door.get(declaration.path, params))
        return search.envelope(Page("", answers[-1].json()))

    epci = {"epci": settings.EPCI_CODE}
    ask({**epci, "est_rge": "true", **NUMBER})
    for commune in our_communes():
        for label in search.COMPANIES:
            ask({"code_commune": commune, label: "true", **NUMBER})
    total, page = 1, 1
    while (page - 1) * PER_PAGE < min(total, search.CEILING):
        total, results = ask({**epci, **LIST, "page": page})
        if not results:
            break
        page += 1
    yield bundle(answers, door.addresses.absolute(declaration.path), month())


def parse(answer: Answer) -> Iterator[Row]:
    asked = month(answer)
    return chain(
        search.companies(answer, settings.EPCI_CODE, asked),
        with_epci(search.establishments(answer, our_communes(), asked)),
    )


SEARCH = register(
    Declaration(
        code="recherche-entreprises",
        title="Entreprises et établissements par label (Recherche d’entreprises)",
        source=Producer(
            "dinum", "DINUM, Recherche d’entreprises", "https://recherche-entreprises.api.gouv.fr/"
        ),
        base_url="https://recherche-entreprises.api.gouv.fr",
        path="/search",
        page="https://recherche-entreprises.api.gouv.fr/docs/",
        licence="Licence Ouverte 2.0",
        rhythm=Rhythm.MONTHLY,
        publication_delay=0,
        measures=(
            *(Measured(code, minimum=0, maximum=search.CEILING) for code in search.COMPANIES.values()),
            Measured(search.ESTABLISHMENTS, minimum=0, maximum=20_000),
        ),
        schemes={"COM": "COM", "EPCI": "EPCI"},
        fetch=fetch,
        parse=parse,
        explain=search.explain,
        expect="json",
        plausible=Plausibility(min_rows=3),
    )
)
