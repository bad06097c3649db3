"""Insee Melodi, as pure functions: how an answer reads. How it is asked: `melodi_pages`.

An answer holds `observations` (each with `dimensions`, `measures` and sometimes `attributes`), then `paging`.
The key under `measures` is not constant; `measures: {}` is a figure withheld; `observations` may be empty;
`paging.next` may be missing; GEO may carry the year of its geography (`2025-COM-62119`).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from django.conf import settings

from agglo.figures.vocabulary import State
from agglo.opendata.answer import Answer
from agglo.opendata.columns import check_columns
from agglo.opendata.declaration import Measured, Row
from agglo.opendata.errors import WrongAnswer

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
            "La réponse n’a pas la liste d’observations attendue\u00a0: le service a changé de format.",
            str(body)[:200],
        )
    return rows


def cell(observation: dict, line: int) -> tuple[Mapping[str, str], str | None, str, int | None]:
    """Dimensions, value as text, OBS_STATUS and state of one observation; strict about its shape."""
    dimensions, measures = observation.get("dimensions"), observation.get("measures")
    if not isinstance(dimensions, dict) or not isinstance(measures, dict):
        raise WrongAnswer(
            "Une observation n’a pas la forme attendue\u00a0: le service a changé de format.",
            f"observation {line}\u00a0: {str(observation)[:200]}",
        )
    missing = {"GEO", "TIME_PERIOD"} - dimensions.keys()
    if missing:
        raise WrongAnswer(
            f"Une observation n’a plus sa dimension {' ni '.join(sorted(missing))}.",
            f"observation {line}\u00a0: {dimensions}",
        )
    status = str((observation.get("attributes") or {}).get("OBS_STATUS") or "A")[:1]
    if not measures:
        return dimensions, None, status, State.CONFIDENTIAL
    if len(measures) > 1:
        raise WrongAnswer("Une observation porte plusieurs valeurs.", f"observation {line}\u00a0: {measures}")
    value = next(iter(measures.values()))
    number = value.get("value") if isinstance(value, dict) else value
    # Without a value, what OBS_STATUS says decides; the loader knows.
    return dimensions, None if number is None else _written(number), status, None


def _written(number: object) -> str:
    """27.0 is written 27: Melodi sends every count as a decimal."""
    text = str(number)
    return text.removesuffix(".0")


def check_dimensions(
    answer: Answer, measured: Iterable[Measured], dimensions: Mapping[str, str], line: int
) -> None:
    """Raises SchemaChanged when a dimension that decides which figure this is has left the answer."""
    needed = {column for one in measured for column in one.columns}
    if line == 1 or not needed <= dimensions.keys():
        required = ("GEO", "TIME_PERIOD", *sorted(needed))
        check_columns(answer, dimensions, required, word="dimension", where=f"L’observation {line}")


def reader(*measured: Measured, whole: Mapping[str, str] | None = None) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` that keeps the observations of these measures.

    `whole`: dimension -> the code that means "all together"; a row that details such a dimension is left
    aside,
    a dimension the answer does not have is no obstacle.
    """

    def parse(answer: Answer) -> Iterator[Row]:
        for line, observation in enumerate(observations(answer), start=1):
            dimensions, value, status, state = cell(observation, line)
            check_dimensions(answer, measured, dimensions, line)
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
            check_dimensions(answer, (measured,), dimensions, line)
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


def added(
    measured: Measured, over: str, parts: tuple[str, ...], whole: Mapping[str, str] | None = None
) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` that adds the parts of one dimension, where the source has no total of them.

    A place and a period where one part is not said give nothing; where one is withheld, the sum is withheld.
    """
    each = Measured(measured.measure, {**measured.where, over: parts}, {over: None})

    def parse(answer: Answer) -> Iterator[Row]:
        sums: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for row in reader(each, whole=whole)(answer):
            sums[row.scheme, row.code, row.period].append(row)
        for rows in sums.values():
            if sorted(row.breakdown for row in rows) == sorted(f"{over}={part}" for part in parts):
                yield _summed(rows)._replace(breakdown="")

    return parse


def together(*parses: Callable[[Answer], Iterable[Row]]) -> Callable[[Answer], Iterator[Row]]:
    """A `parse` that reads the same answer in several ways."""

    def parse(answer: Answer) -> Iterator[Row]:
        for one in parses:
            yield from one(answer)

    return parse


def _summed(rows: list[Row]) -> Row:
    values = [_decimal(row.value) for row in rows]
    if None in values:
        return rows[-1]._replace(value=None, state=State.CONFIDENTIAL)
    return rows[-1]._replace(value=str(sum(values, Decimal(0))))
