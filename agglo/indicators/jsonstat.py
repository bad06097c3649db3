"""JSON-stat 2.0, as pure functions: the cells of a dataset, each with its dimensions by code.

Values stand in one row-major list (the last dimension turns fastest), or in an object that holds only the
cells that have one; `status` has the same keys. The order of the categories is that of `category.index`,
never that of the request.
"""

import itertools
from collections.abc import Iterator, Mapping
from math import prod
from typing import NamedTuple

from agglo.opendata.answer import Answer
from agglo.opendata.errors import WrongAnswer


class Cell(NamedTuple):
    """One cell: dimension -> code, the value as text (None when there is none), the letters of its status."""

    dimensions: Mapping[str, str]
    value: str | None
    status: str


def dataset(answer: Answer) -> dict:
    """The parsed dataset. Raises WrongAnswer when the envelope is not JSON-stat's."""
    body = answer.json()
    if isinstance(body, dict) and "warning" in body and "value" not in body:
        raise WrongAnswer(
            "Le service prépare la réponse et la livrera plus tard\u00a0: la demande est trop large."
        )
    missing = {"id", "size", "dimension", "value"} - (body.keys() if isinstance(body, dict) else set())
    if missing:
        raise WrongAnswer(
            f"La réponse n’est pas un jeu JSON-stat\u00a0: il manque {', '.join(sorted(missing))}.",
            str(body)[:200],
        )
    return body


def cells(answer: Answer, needed: set[str] | None = None) -> Iterator[Cell]:
    """The cells that have a value or a status, in order. `needed` dimensions must be there."""
    body = dataset(answer)
    names = body["id"]
    gone = sorted((needed or set()) - set(names))
    if gone:
        raise WrongAnswer(
            f"Le jeu n’a plus la dimension {' ni '.join(gone)}\u00a0: elle a changé de nom."
            f" Dimensions reçues\u00a0: {', '.join(names)}. La déclaration du jeu est à revoir."
        )
    codes = [_codes(body["dimension"], name, size) for name, size in zip(names, body["size"], strict=True)]
    values, statuses = _by_rank(body["value"]), _by_rank(body.get("status") or {})
    total = prod(body["size"])
    beyond = [rank for rank in values if rank >= total]
    if beyond:
        raise WrongAnswer(f"La réponse a des valeurs hors de son tableau (rang {beyond[0]} sur {total}).")
    for rank, where in enumerate(itertools.product(*codes)):
        value, status = values.get(rank), str(statuses.get(rank) or "")
        if value is not None or status:
            yield Cell(dict(zip(names, where, strict=True)), None if value is None else str(value), status)


def _codes(dimensions: Mapping, name: str, size: int) -> list[str]:
    """The codes of a dimension, in the order of the values."""
    category = (dimensions.get(name) or {}).get("category") or {}
    index = category.get("index", category.get("label"))
    if isinstance(index, dict):
        ordered = sorted(index, key=index.get) if "index" in category else list(index)
    else:
        ordered = list(index or [])
    if len(ordered) != size:
        raise WrongAnswer(
            f"La dimension {name} annonce {size} modalités et en donne {len(ordered)}\u00a0: réponse"
            " incohérente."
        )
    return ordered


def _by_rank(held: object) -> dict[int, object]:
    """Rank -> value, from the object or the list."""
    if isinstance(held, dict):
        return {int(rank): value for rank, value in held.items()}
    if isinstance(held, list):
        return {rank: value for rank, value in enumerate(held) if value is not None}
    raise WrongAnswer("Les valeurs de la réponse JSON-stat sont illisibles.", str(held)[:200])
