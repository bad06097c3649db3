"""What ties cells together: totals of rows, columns, hierarchies and months, and rates with their bases."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .cells import Key


@dataclass(frozen=True, slots=True)
class Relation:
    """`low` ≤ Σ coefficient × cell ≤ `high`; a total is its parts when both are zero."""

    terms: Mapping[Key, float]
    low: float = 0.0
    high: float = 0.0

    @classmethod
    def of(cls, total: Key, parts: Iterable[Key]) -> "Relation":
        return cls({total: -1.0, **dict.fromkeys(parts, 1.0)})


@dataclass(frozen=True, slots=True)
class Rate:
    """A published percentage, rounded to `decimals`, of two cells of the publication."""

    top: Key
    bottom: Key
    percent: float
    decimals: int = 1


def table(rows: Sequence[Key], columns: Sequence[Key], total: Key = "total") -> list[Relation]:
    """Relations of a crossed table whose cells are (row, column), with its margins under `total`."""
    down = [Relation.of((total, c), [(r, c) for r in rows]) for c in (*columns, total)]
    across = [Relation.of((r, total), [(r, c) for c in columns]) for r in (*rows, total)]
    return down + across


def hierarchy(tree: Mapping[Key, Sequence[Key]]) -> list[Relation]:
    """One relation for each parent: sectors of activity, communes of an EPCI, months of a year."""
    return [Relation.of(parent, children) for parent, children in tree.items()]


def rates_as_bounds(rates: Iterable[Rate]) -> list[Relation]:
    """What a rounded rate tells of its two cells, whether they are shown or masked."""
    bounds = []
    for rate in rates:
        half = 0.5 * 10**-rate.decimals
        low, high = (rate.percent - half) / 100, (rate.percent + half) / 100
        bounds.append(Relation({rate.top: 1.0, rate.bottom: -low}, 0.0, float("inf")))
        bounds.append(Relation({rate.top: 1.0, rate.bottom: -high}, float("-inf"), 0.0))
    return bounds
