"""Series of Insee's macro-economic bank (BDM): unemployment of the département, the region and France.

Beside the employment zones, which the bank does not hold (their workbook: `insee_unemployment`). Both
flavours of SDMX are read, with defusedxml alone: pysdmx and sdmx1 were weighed, and bring pandas or pydantic
to hold whole messages that we stream. A number (idbank) that changes is given in the settings, by level and
code: `OPENDATA_DATASETS=insee-bdm-chomage.DEP-62=001515927`. `updatedAfter` is not asked: whole series are
revised, they are small, and what did not change is seen by comparing.
"""

from collections.abc import Iterator

from django.conf import settings

from agglo.figures.vocabulary import Rhythm
from agglo.indicators import bdm
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, register
from agglo.opendata.door import Door

INSEE = Producer("insee", "Insee", "https://www.insee.fr/")
ACCEPT = {"Accept": "application/vnd.sdmx.structurespecificdata+xml;version=2.1"}
LEVELS = {"DEP": "DEP", "REG": "REG", "FRANCE": "FRANCE"}


def named(code: str, usual: str) -> str:
    """What the bank calls it, unless the settings give another name or number."""
    return settings.OPENDATA_DATASETS.get(code, usual)


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """One request for all the series, in the flavour that is lightest to read."""
    yield door.get(declaration.path, declaration.params, headers=ACCEPT)


def bank(code: str, title: str, rhythm: Rhythm, delay: int, *wanted: bdm.Wanted, **more) -> Declaration:
    """A question to the bank."""
    return register(
        Declaration(
            code=code,
            title=title,
            source=INSEE,
            base_url="https://api.insee.fr/series/BDM",
            licence="Licence Ouverte 2.0",
            rhythm=rhythm,
            publication_delay=delay,
            schemes=LEVELS,
            parse=bdm.reader(*wanted),
            fetch=fetch,
            edition=bdm.edition,
            explain=bdm.explain,
            expect="xml",
            unknown_subject="skip",
            **more,
        )
    )


def unemployment(scheme: str, code: str, idbank: str, *title: str) -> bdm.Wanted:
    number = named(f"insee-bdm-chomage.{scheme}-{code}", idbank)
    return bdm.Wanted(measure="taux-chomage-localise", scheme=scheme, code=code, idbank=number, title=title)


_RATES = (
    unemployment("DEP", "62", "001515927", "chômage", "Pas-de-Calais"),
    unemployment("REG", "32", "001739982", "chômage", "Hauts-de-France"),
    unemployment("FRANCE", "F", "001688527", "chômage", "France"),
)
# REPORTED: the numbers of the département and the region; that of France was quoted from a live answer of
# 2026. The envelope is proven by excerpts people captured. The title is checked, so a wrong number is
# refused.
UNEMPLOYMENT = bank(
    "insee-bdm-chomage",
    "Taux de chômage du département, de la région et de la France",
    Rhythm.QUARTERLY,
    90,
    *_RATES,
    path=f"data/SERIES_BDM/{'+'.join(one.idbank for one in _RATES)}",
    page="https://www.insee.fr/fr/statistiques",
    measures=(Measured("taux-chomage-localise", minimum=0, maximum=60),),
    # Every edition revises the whole series; a series that stops is another matter.
    plausible=Plausibility(min_rows=60, max_withdrawn=0.02),
)


def monthly(code: str, flow: str, measure: str, *title: str) -> dict:
    """A regional monthly series: by its number when the settings give one, else by its dimensions."""
    number = settings.OPENDATA_DATASETS.get(f"{code}.REG-32", "")
    where = {"REF_AREA": "R32", "FREQ": "M", "ACTIVITE_CREAT_ENT": "ENS", "CORRECTION": "BRUT"}
    wanted = bdm.Wanted(measure=measure, scheme="REG", code="32", title=title, idbank=number, where=where)
    path = f"data/SERIES_BDM/{number}" if number else f"data/{named(code, flow)}"
    return {
        "wanted": wanted,
        "path": path,
        "params": {"lastNObservations": 120},
        "measures": (Measured(measure, minimum=0, maximum=200_000),),
    }


_FAILURES = monthly(
    "insee-bdm-defaillances", "DEFAILLANCES-ENTREPRISES", "defaillances-entreprises-region", "défaillances"
)
# REPORTED: dataflow, REF_AREA=R32 and ACTIVITE_CREAT_ENT=ENS were seen in September 2026; CORRECTION=BRUT
# is a guess by analogy with other flows. Where two series answer, the refusal names both and asks for a
# number.
FAILURES = bank(
    "insee-bdm-defaillances",
    "Défaillances d’entreprises dans la région, par mois",
    Rhythm.MONTHLY,
    45,
    _FAILURES.pop("wanted"),
    page="https://www.insee.fr/fr/statistiques",
    plausible=Plausibility(min_rows=12),
    **_FAILURES,
)

_CREATIONS = monthly(
    "insee-bdm-creations", "CREATIONS-ENTREPRISES", "creations-entreprises-mensuelles", "créations"
)
# REPORTED: the name of the dataflow only. Not asked by itself until somebody gives the number of the series.
CREATIONS = bank(
    "insee-bdm-creations",
    "Créations d’entreprises dans la région, par mois",
    Rhythm.MONTHLY,
    30,
    _CREATIONS.pop("wanted"),
    page="https://www.insee.fr/fr/statistiques",
    plausible=Plausibility(min_rows=12),
    scheduled="insee-bdm-creations.REG-32" in settings.OPENDATA_DATASETS,
    **_CREATIONS,
)
