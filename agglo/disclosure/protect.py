"""Chooses what else to mask so that no sensitive cell can be worked out, losing as little as it can."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np

from .attack import leaks
from .cells import Cell, Key, Rule, Why, primary
from .relations import Relation


class Unprotectable(ValueError):
    """Nothing left to mask protects these cells: too much around them is public already."""


def protect(
    cells: Sequence[Cell],
    relations: Sequence[Relation],
    rule: Rule,
    *,
    frozen: Iterable[Key] = (),
    sensitive: Iterable[Key] | None = None,
) -> dict[Key, Why]:
    """Keys to mask, each with its reason. Cells of `frozen` were masked by an earlier release and stay so.

    `sensitive` replaces what the rule finds. Raises Unprotectable.
    """
    by_key = {cell.key: cell for cell in cells}
    first = primary(cells, rule) if sensitive is None else dict.fromkeys(sensitive, Why.FREQUENCY)
    mask = dict(first)
    for key in frozen:
        if key in by_key:
            mask.setdefault(key, Why.FROZEN)
    kept = set(mask)
    # The most exposed first: what protects them often protects the rest.
    order = sorted(first, key=lambda key: (-rule.width(by_key[key]), str(key)))
    flows = _Flows(cells, relations)
    for key in order:
        if leaks(cells, relations, mask, [key], rule):
            for other in flows.cheapest(key, mask, rule.width(by_key[key])):
                mask.setdefault(other, Why.SECONDARY)
    for _ in range(len(cells)):
        found = leaks(cells, relations, mask, order, rule)
        if not found:
            break
        _widen(cells, relations, mask, next(iter(found)), rule, flows)
    _thin(cells, relations, mask, kept, order, rule)
    return mask


class _Flows:
    """The changes of cells that leave every relation true; the cheapest that moves one cell far enough."""

    def __init__(self, cells: Sequence[Cell], relations: Sequence[Relation]) -> None:
        from scipy.sparse import csr_array  # heavy: only who masks loads it

        self.cells = list(cells)
        self.place = {cell.key: i for i, cell in enumerate(self.cells)}
        exact = [r for r in relations if r.low == r.high and all(k in self.place for k in r.terms)]
        where = [(n, self.place[k], f) for n, r in enumerate(exact) for k, f in r.terms.items()]
        rows, places, factors = zip(*where, strict=True) if where else ((), (), ())
        shape = (len(exact), len(self.cells))
        single = csr_array((factors, (rows, places)), shape=shape) if where else None
        # Up and down parts of each change, both positive.
        self.matrix = None if single is None else csr_array(np.hstack([single.toarray(), -single.toarray()]))

    def cheapest(self, key: Key, mask: Collection[Key], width: float) -> list[Key]:
        """Cells moved when `key` moves by `width`, up or down, whichever costs less. May be empty."""
        best: tuple[float, list[Key]] = (float("inf"), [])
        for up in (True, False):
            found = self._moved(key, mask, width, up)
            if found is not None and found[0] < best[0]:
                best = found
        return best[1]

    def _moved(
        self, key: Key, mask: Collection[Key], width: float, up: bool
    ) -> tuple[float, list[Key]] | None:
        if self.matrix is None:
            return None
        size, here = len(self.cells), self.place[key]
        down = min(width, _room(self.cells[here]))
        step = width if up else down
        if step <= 0:
            return None
        cost = np.array(
            [0.001 if c.key in mask else c.cost / max(min(width, c.value), 1) for c in self.cells]
        )
        tops = [0 if c.already_public or (c.value <= 0 and c.key not in mask) else width for c in self.cells]
        lows = [0 if c.already_public else min(width, _room(c)) for c in self.cells]
        tops[here], lows[here] = (step, 0) if up else (0, step)
        bounds = [(0, top) for top in (*tops, *lows)]
        bounds[here if up else size + here] = (step, step)
        from scipy.optimize import linprog  # heavy: only who masks loads it

        found = linprog(
            np.concatenate([cost, cost]),
            A_eq=self.matrix,
            b_eq=np.zeros(self.matrix.shape[0]),
            bounds=bounds,
            method="highs",
        )
        if not found.success:
            return None
        moved = found.x[:size] + found.x[size:]
        keys = [cell.key for cell, change in zip(self.cells, moved, strict=True) if change > 1e-7]
        new = [k for k in keys if k not in mask]
        return sum(self.cells[self.place[k]].cost for k in new), keys


def _room(cell: Cell) -> float:
    """How far down a reader lets a masked cell go."""
    return cell.value - cell.floor


def _widen(cells, relations, mask: dict[Key, Why], key: Key, rule: Rule, flows: _Flows) -> None:
    """Masks the cheapest cell that shares a relation with what is masked and helps `key` most."""
    near = set(mask)
    beside = [
        cell
        for cell in cells
        if cell.key not in mask
        and not cell.already_public
        and any(cell.key in r.terms and near & set(r.terms) for r in relations)
    ]
    beside = [cell for cell in beside if cell.value > 0] or beside
    if not beside:
        raise Unprotectable(f"rien ne protège {key}\u00a0: ce qui l’entoure est déjà public")

    def tried(cell: Cell) -> tuple:
        trial = {**mask, cell.key: Why.SECONDARY}
        left = leaks(cells, relations, trial, [key], rule)
        return bool(left), cell.cost, -left[key].width if left else 0, str(cell.key)

    mask[min(beside, key=tried).key] = Why.SECONDARY


def _thin(cells, relations, mask: dict[Key, Why], kept: set[Key], sensitive, rule: Rule) -> None:
    """Shows again, dearest first, what turned out not to be needed."""
    extra = [cell for cell in cells if cell.key in mask and cell.key not in kept]
    for cell in sorted(extra, key=lambda c: (-c.cost, -c.value)):
        trial = {key: why for key, why in mask.items() if key != cell.key}
        if not leaks(cells, relations, trial, sensitive, rule):
            del mask[cell.key]
