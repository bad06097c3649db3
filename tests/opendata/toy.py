"""A toy connector, as short as a connector can be: what an author copies first."""

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.declaration import Declaration, LongTable, Measured, Plausibility, Producer, Row
from agglo.opendata.errors import WrongAnswer

PRODUCER = Producer("toy", "Bureau des jouets", "https://jouets.example")
MEASURES = (
    Measured(
        "toys", where={"TOY_MEASURE": "STOCK"}, breakdown={"ACTIVITY": "_T"}, minimum=0, maximum=1_000_000
    ),
    Measured("toys-made", where={"TOY_MEASURE": "MADE"}, breakdown={"ACTIVITY": "_T"}, minimum=0),
)


def parse(answer):
    """Rows of a small JSON answer; pure: the same bytes always give the same rows."""
    body = answer.json()
    if not isinstance(body, dict) or "observations" not in body:
        raise WrongAnswer("La réponse n’a pas de liste d’observations.", str(body)[:200])
    for line, observation in enumerate(body["observations"], start=1):
        dimensions = observation["dimensions"]
        scheme, _, code = dimensions["GEO"].partition("-")
        value = next(iter(observation["measures"].values()), {}).get("value")
        status = observation.get("attributes", {}).get("OBS_STATUS", "A")
        for measured in MEASURES:
            breakdown = measured.match(dimensions)
            if breakdown is not None:
                period = dimensions["TIME_PERIOD"]
                text = None if value is None else str(value)
                yield Row(line, scheme, code, measured.measure, breakdown, period, text, status)


COMMON = {
    "title": "Jouets par commune",
    "source": PRODUCER,
    "base_url": "https://api.jouets.example",
    "licence": "Licence Ouverte 2.0",
    "rhythm": Rhythm.YEARLY,
    "publication_delay": 90,
    "schemes": {"COM": "COM", "EPCI": "EPCI"},
    "complete": True,
    "measures": MEASURES,
    "plausible": Plausibility(max_withdrawn=0.5, max_refused=0.6),
}

TOY_JSON = Declaration(code="toy-json", path="/data/TOYS", parse=parse, expect="json", **COMMON)
TOY_TABLE = Declaration(
    code="toy-table", path="/file/TOYS", table=LongTable(member="*_data.csv"), expect="", **COMMON
)
