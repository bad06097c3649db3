"""Cells masked by our protection, against the exact optimum, on small random tables; prints the ratio."""

import itertools
import random
import time

from agglo.disclosure import Cell, leaks, primary, protect, table
from agglo.disclosure.cells import PEOPLE

TABLES, SIDE, SEED = 40, 3, 7


def drawn(dice: random.Random) -> tuple[list[Cell], list]:
    """A table of counts with its margins; each cell costs the same: the optimum is a number of cells."""
    side = range(SIDE)
    grid = [[dice.choice((1, 3, dice.randint(5, 40), dice.randint(5, 40))) for _ in side] for _ in side]
    cells = [Cell((r, c), grid[r][c]) for r in side for c in side]
    cells += [Cell((r, "total"), sum(grid[r])) for r in side]
    cells += [Cell(("total", c), sum(line[c] for line in grid)) for c in side]
    cells.append(Cell(("total", "total"), sum(map(sum, grid))))
    return cells, table(side, side)


def optimum(cells: list[Cell], relations: list, sensitive: dict, most: int) -> int:
    """Tries every set of added cells, smallest first; `most` is a size known to do."""
    others = [cell.key for cell in cells if cell.key not in sensitive]
    for more in range(most - len(sensitive)):
        for added in itertools.combinations(others, more):
            if not leaks(cells, relations, {*sensitive, *added}, sensitive, PEOPLE):
                return len(sensitive) + more
    return most


def main() -> None:
    dice, ours, best, worst, spent, left = random.Random(SEED), 0, 0, 1.0, 0.0, 0
    for _ in range(TABLES):
        cells, relations = drawn(dice)
        sensitive = primary(cells, PEOPLE)
        start = time.perf_counter()
        mask = protect(cells, relations, PEOPLE)
        spent += time.perf_counter() - start
        left += len(leaks(cells, relations, mask, sensitive, PEOPLE))
        least = optimum(cells, relations, sensitive, len(mask))
        ours, best = ours + len(mask), best + least
        if least:
            worst = max(worst, len(mask) / least)
    print(f"disclosure: {TABLES} tables {SIDE}x{SIDE} with margins, {left} cells recovered by the attack")
    print(f"  cells masked: {ours}; exact optimum: {best}; ratio {ours / best:.3f} (worst table {worst:.2f})")
    print(f"  {1000 * spent / TABLES:.0f} ms a table")


if __name__ == "__main__":
    main()
