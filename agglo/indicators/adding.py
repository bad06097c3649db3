"""Cells added up place by place; no sum where one is withheld: a part never passes for a whole."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from agglo.figures.vocabulary import State
from agglo.opendata.declaration import Row


class Sums:
    """Figures being added: `add` each cell at every place it counts in, then `rows`."""

    def __init__(self) -> None:
        self._cells: dict[tuple[str, str, str, str], list[Decimal | None]] = defaultdict(list)

    def add(
        self, places: list[tuple[str, str]], measure: str, period: str, value: Decimal | int | None
    ) -> None:
        for scheme, code in places:
            number = Decimal(value) if value is not None else None
            self._cells[scheme, code, measure, period].append(number)

    def rows(self, withheld: int = State.CONFIDENTIAL) -> Iterator[Row]:
        """One row a place, measure and period; `withheld` is the state where a cell had no value."""
        for line, (key, cells) in enumerate(sorted(self._cells.items()), start=1):
            scheme, code, measure, period = key
            known = [cell for cell in cells if cell is not None]
            whole = len(known) == len(cells)
            value = f"{sum(known, Decimal(0)):f}" if whole else None
            yield Row(line, scheme, code, measure, "", period, value, "A", None if whole else withheld)
