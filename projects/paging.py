"""One page of a long list, found without reading the rows before it.

The keys of the page are found first, in an index, from the end of the list that is nearer; then its rows.
"""

from django.db.models import QuerySet
from django_tables2.data import TableQuerysetData
from django_tables2.utils import OrderByTuple


class LongRows(TableQuerysetData):
    """Rows of a table whose number is known already, in an order that leaves no two of them equal."""

    def __init__(self, rows: QuerySet, number: int) -> None:
        super().__init__(rows)
        self._length = number

    def order_by(self, aliases: OrderByTuple) -> None:
        """Rows that a column holds equal follow their usual order, in the direction of that column: without
        it, a row could stand on two pages and another one on none.
        """
        super().order_by(aliases)
        said = self.data.query.order_by
        back = "-" if said and said[0].startswith("-") else ""
        there = {name.lstrip("-") for name in said}
        usual = [f"{back}{name}" for name in self.data.model._meta.ordering if name not in there]
        self.data = self.data.order_by(*said, *usual)

    def __getitem__(self, part):
        if not isinstance(part, slice):
            return super().__getitem__(part)
        keys = page_keys(self.data, part.start or 0, len(self) if part.stop is None else part.stop, len(self))
        found = {row.pk: row for row in self.data.filter(pk__in=keys).order_by()}
        return [found[key] for key in keys if key in found]


def page_keys(rows: QuerySet, start: int, stop: int, number: int) -> list[int]:
    """Primary keys of the rows [start, stop[ of so many in all; one query."""
    keys = rows.select_related(None).prefetch_related(None).values_list("pk", flat=True)
    stop = min(stop, number)
    if start <= number - stop:
        return list(keys[start:stop])
    return list(keys.reverse()[number - stop : number - start])[::-1]
