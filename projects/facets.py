"""How many records each choice of a filter would leave; one query whatever the filters in use, and one more
for each that looks at another table.

A choice is counted with the other filters in force. Invented records are counted apart.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Count, QuerySet
from django_filters import FilterSet

from agglo.charts import french
from agglo.figures.vocabulary import Origin
from projects.models import Stage

Counts = dict[str, list[int]]
Cell = tuple[tuple[str, ...], int, int]  # a code on each filter, 1 when invented, how many records
Codes = Callable[[Iterable], Mapping]  # values of a column -> what addresses call them


class Facets:
    """Of one filtered list. `fields` says, by filter, the column that it looks at; `codes` how its values are
    written in addresses, when not as they are.
    """

    def __init__(self, chosen: FilterSet, fields: Mapping[str, str], codes: Mapping[str, Codes]) -> None:
        chosen.form.is_valid()  # what is wrong in it is told by the form, and filters nothing
        self.chosen, self.said = chosen, chosen.form.cleaned_data
        self.names = list(fields)
        self.asked = [str(self.said.get(name) or "") for name in fields]
        cube = (
            self.kept(*fields)
            .order_by()
            .values_list(*fields.values(), "origin")
            .annotate(how_many=Count("pk"))
        )
        self._cells = self._coded(list(cube), codes)

    def kept(self, *without: str) -> QuerySet:
        """The records that the other filters keep."""
        rows = self.chosen.queryset
        for name, value in self.said.items():
            if name in self.chosen.filters and name not in without:
                rows = self.chosen.filters[name].filter(rows, value)
        return rows

    def _coded(self, cube: list[tuple], codes: Mapping[str, Codes]) -> list[Cell]:
        columns = [list(column) for column in zip(*cube, strict=True)] or [[] for _ in (*self.names, 1, 1)]
        *values, origins, counts = columns
        for rank, name in enumerate(self.names):
            words = codes[name](set(values[rank]) - {None}) if name in codes else {}
            values[rank] = [str(words.get(value, value)) for value in values[rank]]
        sides = [int(origin == Origin.DEMO) for origin in origins]
        return list(zip(zip(*values, strict=True), sides, counts, strict=True))

    @property
    def total(self) -> tuple[int, int]:
        """(attested, invented) with every filter in force."""
        sides = [0, 0]
        for _, side, how_many in self._kept(None):
            sides[side] += how_many
        return sides[0], sides[1]

    def of(self, name: str) -> Counts:
        """By code. Records that have no value there are under `None` as a word, which no choice has."""
        rank = self.names.index(name)
        found: Counts = defaultdict(lambda: [0, 0])
        for codes, side, how_many in self._kept(rank):
            found[codes[rank]][side] += how_many
        return found

    def _kept(self, but: int | None) -> Iterable[Cell]:
        wanted = [(rank, code) for rank, code in enumerate(self.asked) if code and rank != but]
        return (cell for cell in self._cells if all(cell[0][rank] == code for rank, code in wanted))


def stages_now(sites: QuerySet) -> Counts:
    """By life-cycle stage in force today, the sites at it: one at several stages counts at each."""
    found: Counts = defaultdict(lambda: [0, 0])
    rows = sites.order_by().with_bits().values_list("bits", "origin").annotate(how_many=Count("pk"))
    for bits, origin, how_many in rows:
        for stage in Stage.values:
            if bits >> stage & 1:
                found[str(stage)][int(origin == Origin.DEMO)] += how_many
    return found


def label(name: str, counts: list[int]) -> str:
    """« friche – 12 », « friche – 12, et 3 inventés »."""
    attested, invented = counts
    words = f"{name} – {french.number(attested)}"
    if invented:
        words += f", et {french.number(invented)} inventé{'s' if invented > 1 else ''}"
    return words


def offer(chosen: FilterSet, name: str, counts: Counts) -> None:
    """Writes the counts beside the choices of a filter; empty choices leave, the chosen one stays."""
    field = chosen.form.fields[name]
    asked = chosen.form.data.get(name, "")
    field.choices = [
        (code, words if code == "" else label(words, counts.get(str(code), [0, 0])))
        for code, words in field.choices
        if code == "" or str(code) in counts or str(code) == asked
    ]
