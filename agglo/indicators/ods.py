"""Opendatasoft Explore v2.1, as pure functions: what to ask, how an answer reads, what its errors mean.

`records` gives at most 100 rows a page and 10,000 in all; `exports/json` gives everything as one bare array.
A column that was renamed makes the whole request fail with a 400: that is how a change of schema shows.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings

from agglo.opendata import probes
from agglo.opendata.answer import Answer
from agglo.opendata.columns import check_columns
from agglo.opendata.declaration import Plausibility
from agglo.opendata.errors import FinalError, WrongAnswer

CATALOGUE = "api/explore/v2.1/catalog/datasets"
PAGE_SIZE, LAST_ROW = 100, 10_000
_NAME = re.compile(r"^[a-z_][a-z0-9_]*$")
_DATASET = re.compile(r"^[A-Za-z0-9_.-]+$")


def dataset(code: str, usual: str) -> str:
    """The id of a dataset at its portal, unless the settings give another."""
    name = settings.OPENDATA_DATASETS.get(code, usual)
    if not _DATASET.match(name):
        raise FinalError(f"L’identifiant de jeu «\u202f{name}\u202f» n’est pas un identifiant Opendatasoft.")
    return name


def path(name: str, what: str = "exports/json") -> str:
    """The address of a dataset: its rows (`exports/json`, `records`), or its entry (empty `what`)."""
    return f"{CATALOGUE}/{name}/{what}".rstrip("/")


def text(value: str) -> str:
    """A literal of ODSQL: quotes and backslashes can no longer end it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def column(name: str) -> str:
    """A column's name, refused when it could be anything else."""
    if not _NAME.match(name):
        raise ValueError(f"nom de colonne impossible\u00a0: «\u202f{name}\u202f»")
    return name


def equals(name: str, value: str) -> str:
    return f"{column(name)}={text(value)}"


def among(name: str, values: Iterable[str]) -> str:
    return f"{column(name)} in ({', '.join(text(value) for value in values)})"


def since(name: str, day: date) -> str:
    return f"{column(name)}>=date'{day.isoformat()}'"


def both(*conditions: str) -> str:
    return " AND ".join(f"({one})" for one in conditions)


def portal(code: str, host: str, usual: str) -> dict[str, Any]:
    """What every declaration of a dataset of an Opendatasoft portal says alike."""
    name = dataset(code, usual)
    return {
        "code": code,
        "base_url": f"https://{host}",
        "path": path(name),
        "page": f"https://{host}/explore/dataset/{name}/",
        "modified": probes.ods(name),
        "explain": explain,
        "expect": "json",
        "plausible": Plausibility(max_withdrawn=0.2),
    }


def rows(answer: Answer, needed: Iterable[str]) -> Iterator[tuple[int, dict]]:
    """Rank and cells of every row, of an export (bare array) or of a page of records (envelope)."""
    return cells(answer, answer.json(), needed)


def cells(answer: Answer, body: object, needed: Iterable[str]) -> Iterator[tuple[int, dict]]:
    """The same, of a body that is one page among those of `answer`. Columns that are gone refuse it."""
    found = body.get("results") if isinstance(body, dict) else body
    if not isinstance(found, list):
        raise WrongAnswer(
            "La réponse n’a pas la liste de lignes attendue\u00a0: le service a changé de format.",
            str(body)[:200],
        )
    needed, known = tuple(needed), None
    for line, row in enumerate(found, start=1):
        if not isinstance(row, dict):
            raise WrongAnswer("Une ligne de la réponse n’est pas un enregistrement.", str(row)[:200])
        if row.keys() != known:
            check_columns(answer, row, needed, where=f"Le schéma du jeu a changé\u00a0: la ligne {line}")
            known = row.keys()
        yield line, row


def count(value: object, line: int, what: str = "Un nombre") -> Decimal | None:
    """A figure that cannot be negative, None when there is none. Anything else stops the reading."""
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise WrongAnswer(f"{what} n’est pas un nombre positif.", f"ligne {line}\u00a0: {value!r}")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def number(value: object) -> str | None:
    """A figure as text: None when the source gives none. NaN and words are left for the loader to refuse."""
    if value is None or value == "":
        return None
    return str(value).removesuffix(".0")


def record_pages(
    get: Callable[[dict], Answer], params: Mapping[str, object], size: int = PAGE_SIZE
) -> Iterator[Answer]:
    """Pages of `records` until `total_count` rows came. Beyond 10,000, or on a page seen twice, it stops."""
    seen: set[str] = set()
    got = 0
    while True:
        answer = get({**params, "limit": size, "offset": got})
        body = answer.json()
        total = body.get("total_count") if isinstance(body, dict) else None
        found = body.get("results") if isinstance(body, dict) else None
        if not isinstance(total, int) or not isinstance(found, list):
            raise WrongAnswer("La page n’a plus son compte ni ses lignes.", str(body)[:200])
        if total > LAST_ROW:
            raise FinalError(
                f"La demande donne {total} lignes\u00a0: au-delà de {LAST_ROW}, il faut passer par l’export."
            )
        mark = json.dumps(found, sort_keys=True)
        if found and mark in seen:
            raise WrongAnswer("Le service a renvoyé deux fois la même page.", answer.url)
        seen.add(mark)
        got += len(found)
        yield answer
        if got >= total:
            return
        if not found:
            raise WrongAnswer(f"Le service annonce {total} lignes et n’en donne que {got}.", answer.url)


def explain(status: int, body: str) -> FinalError | None:
    """Opendatasoft says what is wrong in `error_code` and `message`; trying again would change nothing."""
    try:
        said = json.loads(body)
    except ValueError:
        return None
    code = said.get("error_code", "") if isinstance(said, dict) else ""
    message = str(said.get("message", "")) if isinstance(said, dict) else ""
    if status == 400 and (unknown := re.search(r"Unknown field:? ?(\S+)", message)):
        return FinalError(
            f"Le jeu n’a plus la colonne «\u202f{unknown[1]}\u202f»\u00a0: le producteur a changé son schéma."
            " La déclaration est à revoir.",
            message,
        )
    if status == 400 and "limit" in message:
        return FinalError("Le service refuse la taille de page demandée\u00a0: 100 lignes au plus.", message)
    if status == 400 and code:
        return FinalError(f"Le service refuse la demande ({code}).", message)
    return None
