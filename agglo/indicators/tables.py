"""Territories side by side: sorted, filtered and cut into pages, reading only the rows that are shown."""

from itertools import islice

import django_tables2 as tables
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.data import TableData

from agglo.charts.french import number
from agglo.figures import reading
from agglo.figures.models import Subject
from agglo.figures.reading import Figure
from agglo.figures.wording import word
from agglo.indicators.models import Followed

LEVELS = {"COM": "communes", "ZE2020": "zones d’emploi", "EPCI": "intercommunalités"}
MOST_COLUMNS = 4


class Territories(TableData):
    """Rows loaded when they are asked for: a page sorted by name reads its own territories, no other.

    Sorting by a figure reads the last figure of that measure for every territory of the level.
    """

    def __init__(self, level: str, measures: list[str], words: str = "", known_on=None) -> None:
        super().__init__(None)
        self.level, self.measures, self.known_on = level, measures, known_on
        self.subjects = Subject.objects.filter(scheme=level).search(words)
        self.by, self.reverse = "name", False

    @cached_property
    def order(self) -> list[tuple]:
        """(id, code, name, path) of every territory, in the order asked for; one query, three when by a
        figure.
        """
        rows = list(self.subjects.order_by("search_key", "code").values_list("id", "code", "name", "path"))
        if self.by in self.measures:
            held = reading.latest([self.by], [(self.level, row[1]) for row in rows], known_on=self.known_on)
            values = {key[2]: figure.value for key, figure in held.items() if figure.has_value}
            known = sorted(
                (r for r in rows if r[1] in values), key=lambda r: values[r[1]], reverse=self.reverse
            )
            return known + [row for row in rows if row[1] not in values]
        return rows[::-1] if self.reverse else rows

    def order_by(self, aliases) -> None:
        if aliases:
            first = aliases[0]
            self.by, self.reverse = str(first).lstrip("-"), str(first).startswith("-")

    def __len__(self) -> int:
        return len(self.order)

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, key):
        wanted = self.order[key] if isinstance(key, slice) else [self.order[key]]
        pairs = [(self.level, row[1]) for row in wanted]
        held = reading.latest(self.measures, pairs, known_on=self.known_on) if pairs and self.measures else {}
        rows = [
            {"name": name, "path": path, "code": code}
            | {m: held.get((m, self.level, code)) for m in self.measures}
            for _, code, name, path in wanted
        ]
        return rows if isinstance(key, slice) else rows[0]


class FigureColumn(tables.Column):
    """A figure in a cell: its value, or the sign and the words of its absence. Exports give the bare
    number.
    """

    attrs = {"td": {"class": "num"}, "th": {"class": "num"}}
    empty_values = ()

    def render(self, value: Figure | None) -> str:
        if value is None:
            return "n.d."
        return number(value.value, value.series.decimals) if value.has_value else str(word(value))

    def value(self, value: Figure | None) -> str:
        if value is None:
            return "non disponible"
        return format(value.value, "f").replace(".", ",") if value.has_value else word(value).spoken


class NameColumn(tables.Column):
    attrs = {"td": {"class": "name"}}

    def render(self, value: str, record: dict) -> str:
        return format_html('<a href="{}">{}</a>', record["path"], value) if record["path"] else value

    def value(self, value: str) -> str:
        return value


class Comparison(tables.Table):
    """One row a territory; the columns of the measures are given when it is made."""

    name = NameColumn(verbose_name="Territoire")

    class Meta:
        attrs = {"class": "table table--tight"}
        order_by_field = "tri"
        sequence = ("name", "...")
        page_field = "page"
        empty_text = "Aucun territoire ne répond à cette recherche."

    @property
    def body(self) -> SafeString:
        """The rows of the page, ready to show: made cell by cell by the library they are ten times slower."""
        name, *measures = ((column.name, column.column) for column in self.columns)
        rows = []
        for place, record in enumerate(self.paginated_rows.data):
            heading = conditional_escape(name[1].render(record["name"], record))
            cells = [
                f'<td class="num">{escape(column.render(record[code]))}</td>' for code, column in measures
            ]
            rows.append(
                f'<tr class="{"odd" if place % 2 else "even"}"><th scope="row" class="name">{heading}</th>'
                f"{''.join(cells)}</tr>\n"
            )
        return mark_safe("".join(rows))  # noqa: S308


def comparison(level: str, followed: list[Followed], words: str = "", known_on=None) -> Comparison:
    """The table of a level: one row a territory, one column a measure."""
    chosen = islice({one.measure.code: one.label for one in followed}.items(), MOST_COLUMNS)
    columns = [(code, FigureColumn(verbose_name=label)) for code, label in chosen]
    data = Territories(level, [code for code, _ in columns], words, known_on)
    return Comparison(data, extra_columns=columns)
