"""SDMX-JSON, as pure functions: one flat reading of version 1 (recorded) and version 2 (as documented).

Version 1 has `dataSets` and `structure` at the top; version 2 puts `dataSets` and `structures` under
`data`. An observation is keyed by ranks in the lists of values of its dimensions, `0:0:2`; series add their
own key before.
"""

from collections.abc import Iterator, Mapping

from agglo.opendata.answer import Answer
from agglo.opendata.errors import WrongAnswer


def observations(answer: Answer) -> Iterator[tuple[dict[str, str], str | None]]:
    """Dimension and attribute codes of each observation, and its value as text."""
    body = answer.json()
    held = body.get("data", body) if isinstance(body, dict) else {}
    structures = held.get("structures") or [held.get("structure")]
    sets = held.get("dataSets")
    if not isinstance(sets, list) or not structures or not isinstance(structures[0], dict):
        raise WrongAnswer(
            "La réponse n’est pas du SDMX-JSON\u00a0: elle n’a ni données ni structure.", str(body)[:200]
        )
    for one in sets:
        structure = structures[one.get("structure", 0)]
        shared, inner = _values(structure, "series"), _values(structure, "observation")
        attributes = (structure.get("attributes") or {}).get("observation") or []
        for prefix, observed in _groups(one):
            first = _codes(shared, prefix)
            for key, cells in observed.items():
                said = first | _codes(inner, key) | _attributes(attributes, cells[1:])
                yield said, None if not cells or cells[0] is None else str(cells[0])


def _groups(one: Mapping) -> Iterator[tuple[str, Mapping[str, list]]]:
    """Key of the series (empty when there is none), and its observations."""
    if "observations" in one:
        yield "", one["observations"]
    for key, series in (one.get("series") or {}).items():
        yield key, series.get("observations") or {}


def _values(structure: Mapping, place: str) -> list[tuple[str, list[str]]]:
    entries = (structure.get("dimensions") or {}).get(place) or []
    return [(entry["id"], [value["id"] for value in entry["values"]]) for entry in entries]


def _codes(dimensions: list[tuple[str, list[str]]], key: str) -> dict[str, str]:
    ranks = [int(rank) for rank in key.split(":")] if key else []
    if len(ranks) != len(dimensions) or any(
        rank >= len(values) for rank, (_, values) in zip(ranks, dimensions, strict=False)
    ):
        raise WrongAnswer(
            "Une observation SDMX-JSON ne correspond pas à la structure annoncée\u00a0: clé"
            f" «\u202f{key}\u202f».",
            str([name for name, _ in dimensions]),
        )
    return {name: values[rank] for rank, (name, values) in zip(ranks, dimensions, strict=True)}


def _attributes(entries: list[Mapping], ranks: list) -> dict[str, str]:
    """Codes of the attributes that have one. An attribute without values has no rank; a rank may be None."""
    pairs = zip([entry for entry in entries if entry.get("values")], ranks, strict=False)
    return {entry["id"]: entry["values"][rank]["id"] for entry, rank in pairs if isinstance(rank, int)}
