"""Insee Melodi, as pure functions: what to ask, how an answer reads, how its pages follow one another.

An answer holds `observations` (each with `dimensions`, `measures` and sometimes `attributes`), then `paging`.
The key under `measures` is not constant; `measures: {}` is a figure withheld; `observations` may be empty;
`paging.next` may be missing; GEO may carry the year of its geography (`2025-COM-62119`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from django.conf import settings

from agglo.figures.models import Subject
from agglo.figures.vocabulary import State
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Row
from agglo.opendata.door import Door
from agglo.opendata.errors import FinalError, WrongAnswer

BASE_URL = "https://api.insee.fr/melodi"
SCHEMES = {level: level for level in ("COM", "EPCI", "ZE2020", "DEP", "REG", "FRANCE")}
LEVELS = tuple(SCHEMES)
PAGE_SIZE = 10_000
MOST_PAGES = 200
_YEAR = re.compile(r"^\d{4}-")


def place(geo: str) -> tuple[str, str]:
    """Level and code of a GEO value: `2025-COM-62119` and `COM-62119` are the same commune."""
    level, dash, code = _YEAR.sub("", geo).partition("-")
    if not dash or not level or not code:
        raise WrongAnswer("Un territoire de la réponse est illisible.", f"GEO={geo!r}")
    return level, code


def observations(answer: Answer) -> list[dict]:
    """The observations of one page. Raises WrongAnswer when the envelope is not Melodi's."""
    body = answer.json()
    rows = body.get("observations") if isinstance(body, dict) else None
    if not isinstance(rows, list):
        raise WrongAnswer(
            "La réponse n’a pas la liste d’observations attendue : le service a changé de format.",
            str(body)[:200],
        )
    return rows


def cell(observation: dict, line: int) -> tuple[Mapping[str, str], str | None, str, int | None]:
    """Dimensions, value as text, OBS_STATUS and state of one observation; strict about its shape."""
    dimensions, measures = observation.get("dimensions"), observation.get("measures")
    if not isinstance(dimensions, dict) or not isinstance(measures, dict):
        raise WrongAnswer(
            "Une observation n’a pas la forme attendue : le service a changé de format.",
            f"observation {line} : {str(observation)[:200]}",
        )
    missing = {"GEO", "TIME_PERIOD"} - dimensions.keys()
    if missing:
        raise WrongAnswer(
            f"Une observation n’a plus sa dimension {' ni '.join(sorted(missing))}.",
            f"observation {line} : {dimensions}",
        )
    status = str((observation.get("attributes") or {}).get("OBS_STATUS") or "A")[:1]
    if not measures:
        return dimensions, None, status, State.CONFIDENTIAL
    if len(measures) > 1:
        raise WrongAnswer("Une observation porte plusieurs valeurs.", f"observation {line} : {measures}")
    value = next(iter(measures.values()))
    number = value.get("value") if isinstance(value, dict) else value
    # Without a value, what OBS_STATUS says decides; the loader knows.
    return dimensions, None if number is None else _written(number), status, None


def _written(number: object) -> str:
    """27.0 is written 27: Melodi sends every count as a decimal."""
    text = str(number)
    return text.removesuffix(".0")


def reader(*measured: Measured, whole: Mapping[str, str] | None = None) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` that keeps the observations of these measures.

    `whole`: dimension -> the code that means "all together"; a row that details such a dimension is left
    aside,
    a dimension the answer does not have is no obstacle.
    """

    def parse(answer: Answer) -> Iterator[Row]:
        for line, observation in enumerate(observations(answer), start=1):
            dimensions, value, status, state = cell(observation, line)
            if any(dimensions.get(name, code) != code for name, code in (whole or {}).items()):
                continue
            level, code = place(dimensions["GEO"])
            for one in measured:
                key = one.match(dimensions)
                if key is not None:
                    period = str(dimensions["TIME_PERIOD"])
                    yield Row(line, level, code, one.measure, key, period, value, status, state)

    return parse


def with_totals(
    parse: Callable[[Answer], Iterable[Row]], level: str = "EPCI"
) -> Callable[[Answer], Iterator[Row]]:
    """Adds the sum of the communes of the answer, for a source that has no row for the EPCI itself.

    The request asks for the communes of our EPCI and for them only. No sum where one commune has no
    value, nor
    where the answer itself gives the total.
    """

    def summed(answer: Answer) -> Iterator[Row]:
        groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        communes, given, last = set(), set(), 0
        for row in parse(answer):
            yield row
            last = row.line
            if row.scheme == "COM":
                groups[row.measure, row.breakdown, row.period].append(row)
                communes.add(row.code)
            elif row.scheme == level:
                given.add((row.measure, row.breakdown, row.period))
        for (measure, breakdown, period), rows in groups.items():
            whole = {row.code for row in rows} == communes and len(rows) == len(communes) > 1
            values = [_decimal(row.value) for row in rows]
            if whole and None not in values and (measure, breakdown, period) not in given:
                total = str(sum(values, Decimal(0)))
                yield Row(last, level, settings.EPCI_CODE, measure, breakdown, period, total, "A")

    return summed


def _decimal(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def by_total_or_sum(
    measured: Measured, details: tuple[str, ...], total: str = "_T"
) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` for a dataset that counts by type: the source's own total of a place, else the sum of its
    types.

    Rows that are totals of one dimension only are left aside, so that nothing is counted twice.
    """

    def parse(answer: Answer) -> Iterator[Row]:
        totals: dict[tuple[str, str, str], Row] = {}
        sums: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for line, observation in enumerate(observations(answer), start=1):
            dimensions, value, status, state = cell(observation, line)
            if measured.match(dimensions) is None:
                continue
            level, code = place(dimensions["GEO"])
            period = str(dimensions["TIME_PERIOD"])
            row = Row(line, level, code, measured.measure, "", period, value, status, state)
            detailed = [dimensions.get(name, total) for name in details]
            if all(one == total for one in detailed):
                totals[level, code, period] = row
            elif detailed[-1] != total:
                sums[level, code, period].append(row)
        yield from totals.values()
        for key, rows in sums.items():
            if key not in totals:
                yield _summed(rows)

    return parse


def _summed(rows: list[Row]) -> Row:
    values = [_decimal(row.value) for row in rows]
    if None in values:
        return rows[-1]._replace(value=None, state=State.CONFIDENTIAL)
    return rows[-1]._replace(value=str(sum(values, Decimal(0))))


def places(levels: Iterable[str] = LEVELS) -> list[str]:
    """GEO values to ask for: every territory above communes that we hold, and the communes of our EPCI."""
    above = [level for level in levels if level != "COM"]
    held = Subject.objects.filter(scheme__in=above).order_by("scheme", "code").values_list("scheme", "code")
    asked = [f"{scheme}-{code}" for scheme, code in held]
    return [*asked, f"EPCI-{settings.EPCI_CODE}*COM"] if "COM" in levels else asked


def fetch_pages(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """Every page of a question: follows `paging.next` while there is one, and stops on an empty or last page.

    The door refuses a `next` that leads to another host.
    """
    asked = {"GEO": places(), "idTerritoire": "TRUE", "maxResult": PAGE_SIZE, **declaration.params}
    answer = door.get(declaration.path, asked)
    for _ in range(MOST_PAGES):
        rows = observations(answer)
        yield answer
        paging = answer.json().get("paging") or {}
        following = paging.get("next")
        if not rows or not following or paging.get("isLast") is True:
            return
        answer = door.get(following)
    raise WrongAnswer(f"La réponse a plus de {MOST_PAGES} pages : le service boucle.", declaration.path)


def fetch_communes(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """One page for the communes of our EPCI, so that their sum can be trusted; one for the levels above."""
    sizes = {"idTerritoire": "TRUE", "maxResult": 100_000}
    yield door.get(declaration.path, {"GEO": f"EPCI-{settings.EPCI_CODE}*COM", **sizes, **declaration.params})
    above = places([level for level in LEVELS if level in ("DEP", "REG", "FRANCE")])
    if above:
        yield door.get(declaration.path, {"GEO": above, **sizes, **declaration.params})


def fetch_file(door: Door, declaration: Declaration) -> Iterator[Answer]:
    """The long file of a dataset: its name changes every year, the catalogue gives the one in force."""
    entry = door.get(f"catalog/{declaration.path}", expect="json").json()
    products = entry.get("product") if isinstance(entry, dict) else None
    if not isinstance(products, list):
        raise WrongAnswer("L’entrée du catalogue n’a pas de liste de fichiers.", str(entry)[:200])
    whole = [p for p in products if str(p.get("id", "")).startswith(declaration.path) and "CSV_FR" in p["id"]]
    if not whole:
        raise WrongAnswer(
            f"Le catalogue ne propose plus de fichier complet pour {declaration.path}.", str(products)[:300]
        )
    newest = max(whole, key=lambda product: product["id"])
    yield door.get(newest["accessURL"], conditional=True)


def explain(status: int, body: str) -> FinalError | None:
    """Melodi answers 500 in plain text for a dataset it does not know: trying again would change nothing."""
    if status == 500 and "erreur inattendue" in body:
        return FinalError(
            "Melodi ne connaît pas ce jeu de données, ou l’a renommé :"
            " vérifiez son nom dans le catalogue de l’Insee."
        )
    if status == 400:
        return FinalError("Melodi refuse la demande : une dimension ou un jeu de données a changé de nom.")
    return None
