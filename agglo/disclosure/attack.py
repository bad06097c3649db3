"""What anybody can work out of a publication: bounds of each masked cell, by linear programs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from .cells import Cell, Key, Rule
from .relations import Relation

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


class System:
    """The relations with every shown number put in; masked cells are left, none below its floor."""

    def __init__(self, cells: Sequence[Cell], relations: Sequence[Relation], masked: Collection[Key]) -> None:
        values = {cell.key: cell.value for cell in cells}
        self.keys = [cell.key for cell in cells if cell.key in masked]
        self.bounds = [(cell.floor, None) for cell in cells if cell.key in masked]
        place = {key: i for i, key in enumerate(self.keys)}
        upper: list[tuple[dict[int, float], float]] = []
        equal: list[tuple[dict[int, float], float]] = []
        for relation in relations:
            row: dict[int, float] = {}
            known, readable = 0.0, True
            for key, factor in relation.terms.items():
                if key in place:
                    row[place[key]] = row.get(place[key], 0.0) + factor
                elif key in values:
                    known += factor * values[key]
                else:
                    readable = False
            if not row or not readable:
                continue
            low, high = relation.low - known, relation.high - known
            if low == high:
                equal.append((row, high))
                continue
            if np.isfinite(high):
                upper.append((row, high))
            if np.isfinite(low):
                upper.append(({i: -factor for i, factor in row.items()}, -low))
        self.upper, self.equal = self._matrix(upper), self._matrix(equal)

    def _matrix(self, rows: list[tuple[dict[int, float], float]]) -> tuple:
        from scipy.sparse import csr_array  # heavy: only who masks loads it

        if not rows:
            return None, None
        where = [(n, i, factor) for n, (row, _) in enumerate(rows) for i, factor in row.items()]
        numbers, places, factors = zip(*where, strict=True)
        matrix = csr_array((factors, (numbers, places)), shape=(len(rows), len(self.keys)))
        return matrix, np.array([bound for _, bound in rows])

    def interval(self, key: Key) -> Interval:
        """Raises ValueError when what is published contradicts itself."""
        return Interval(self._extreme(key, 1.0), self._extreme(key, -1.0))

    def _extreme(self, key: Key, sign: float) -> float:
        from scipy.optimize import linprog  # heavy: only who masks loads it

        goal = np.zeros(len(self.keys))
        goal[self.keys.index(key)] = sign
        (a, b), (c, d) = self.upper, self.equal
        found = linprog(goal, A_ub=a, b_ub=b, A_eq=c, b_eq=d, bounds=self.bounds, method="highs")
        if found.status == 3:
            return float("inf")
        if not found.success:
            raise ValueError(f"the publication contradicts itself: {found.message}")
        return sign * found.fun


def intervals(
    cells: Sequence[Cell], relations: Sequence[Relation], masked: Collection[Key]
) -> dict[Key, Interval]:
    """Of every masked cell, what remains possible."""
    system = System(cells, relations, masked)
    return {key: system.interval(key) for key in system.keys}


def leaks(
    cells: Sequence[Cell],
    relations: Sequence[Relation],
    masked: Collection[Key],
    sensitive: Collection[Key],
    rule: Rule,
) -> dict[Key, Interval]:
    """Sensitive cells shown, or masked and known too closely; empty when the publication holds."""
    by_key = {cell.key: cell for cell in cells}
    system = System(cells, relations, masked)
    found = {}
    for key in sensitive:
        cell = by_key[key]
        known = system.interval(key) if key in masked else Interval(cell.value, cell.value)
        if known.width < rule.width(cell) - TOLERANCE:
            found[key] = known
    return found
