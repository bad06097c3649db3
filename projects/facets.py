"""How many records each choice of a filter would leave; one query, and one more for each filter in use.

A choice is counted with the other filters in force. Invented records are counted apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, QuerySet
from django_filters import FilterSet

from agglo.charts import french
from agglo.figures.vocabulary import Origin

Counts = dict[object, list[int]]


class Facets:
    """Of one filtered list. `fields` says, by filter, the column that it looks at."""

    def __init__(self, chosen: FilterSet, fields: Mapping[str, str], rows: QuerySet) -> None:
        self.chosen, self.fields, self.rows = chosen, dict(fields), rows
        chosen.form.is_valid()  # what is wrong in it is told by the form, and filters nothing
        self.said = chosen.form.cleaned_data
        self.used = [name for name in self.fields if self.said.get(name) not in (None, "")]
        self._cube = self._counted([name for name in self.fields if name not in self.used], ())

    @property
    def total(self) -> tuple[int, int]:
        """(attested, invented) with every filter in force."""
        return self._cube[1]

    def of(self, name: str) -> Counts:
        if name not in self.used:
            return self._cube[0][name]
        return self._counted([name], (name,))[0][name]

    def _counted(self, names: list[str], without: Iterable[str]) -> tuple[dict[str, Counts], tuple[int, int]]:
        columns = [self.fields[name] for name in names]
        rows = (
            self._filtered(without).order_by().values_list(*columns, "origin").annotate(how_many=Count("pk"))
        )
        found: dict[str, Counts] = {name: defaultdict(lambda: [0, 0]) for name in names}
        total = [0, 0]
        for *values, origin, how_many in rows:
            side = int(origin == Origin.DEMO)
            total[side] += how_many
            for name, value in zip(names, values, strict=True):
                found[name][value][side] += how_many
        return found, (total[0], total[1])

    def _filtered(self, without: Iterable[str]) -> QuerySet:
        rows = self.rows
        for name, value in self.said.items():
            if name in self.chosen.filters and name not in without:
                rows = self.chosen.filters[name].filter(rows, value)
        return rows


def label(name: str, counts: list[int]) -> str:
    """« friche – 12 », « friche – 12, et 3 inventés »."""
    attested, invented = counts
    words = f"{name} – {french.number(attested)}"
    if invented:
        words += f", et {french.number(invented)} inventé{'s' if invented > 1 else ''}"
    return words


def offer(chosen: FilterSet, name: str, counts: Mapping[object, list[int]], key=str) -> None:
    """Writes the counts beside the choices of a filter; empty choices leave, the chosen one stays."""
    field = chosen.form.fields[name]
    asked = chosen.form.data.get(name, "")
    known = {key(value): pair for value, pair in counts.items()}
    field.choices = [
        (code, words if code == "" else label(words, known.get(str(code), [0, 0])))
        for code, words in field.choices
        if code == "" or str(code) in known or str(code) == asked
    ]
