"""Territories side by side: sorted, filtered and cut into pages, reading only the rows that are shown."""

from itertools import islice

import django_tables2 as tables
from django.db import connection
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2.data import TableData

from agglo.charts.french import number
from agglo.figures import reading
from agglo.figures.models import Subject
from agglo.figures.reading import Figure
from agglo.figures.sorting import latest_values
from agglo.figures.wording import word

LEVELS = {"COM": "communes", "ZE2020": "zones d’emploi", "EPCI": "intercommunalités"}
MOST_COLUMNS = 4


class Territories(TableData):
    """Rows loaded when they are asked for, sorted and cut by PostgreSQL: a page reads its own territories."""

    def __init__(self, level: str, measures: list[str], words: str = "", known_on=None) -> None:
        super().__init__(None)
        self.level, self.measures, self.known_on = level, measures, known_on
        self.subjects = Subject.objects.filter(scheme=level).search(words)
        self.by, self.reverse = "name", False

    def rows(self, start: int, stop: int | None) -> list[tuple[str, str, str]]:
        """(code, name, path) of these territories in the order asked for; without a figure: last."""
        if self.by in self.measures:
            return self._by_figure(start, stop)
        sign = "-" if self.reverse else ""
        named = self.subjects.order_by(f"{sign}search_key", f"{sign}code")
        return list(named.values_list("code", "name", "path")[start:stop])

    def _by_figure(self, start: int, stop: int | None) -> list[tuple[str, str, str]]:
        asked = self.subjects.order_by().values_list("id", "code", "name", "path", "search_key")
        subjects, named = asked.query.sql_with_params()
        values, about = latest_values(self.by, self.level, self.known_on)
        direction = "DESC" if self.reverse else "ASC"
        # Our own text, every value a parameter.
        sql = f"""
            SELECT u.code, u.name, u.path
            FROM ({subjects}) u LEFT JOIN ({values}) last ON last.subject_id = u.id
            ORDER BY last.value {direction} NULLS LAST, u.search_key, u.code OFFSET %s LIMIT %s
        """  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [*named, *about, start, None if stop is None else stop - start])
            return cursor.fetchall()

    def order_by(self, aliases) -> None:
        if aliases:
            first = aliases[0]
            self.by, self.reverse = str(first).lstrip("-"), str(first).startswith("-")

    @cached_property
    def count(self) -> int:
        return self.subjects.count()

    def __len__(self) -> int:
        return self.count

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, key):
        one = not isinstance(key, slice)
        wanted = self.rows(key, key + 1) if one else self.rows(key.start or 0, key.stop)
        pairs = [(self.level, row[0]) for row in wanted]
        held = reading.latest(self.measures, pairs, known_on=self.known_on) if pairs and self.measures else {}
        rows = [
            {"name": name, "path": path, "code": code}
            | {m: held.get((m, self.level, code)) for m in self.measures}
            for code, name, path in wanted
        ]
        return rows[0] if one else rows


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


def comparison(level: str, measures: dict[str, str], words: str = "", known_on=None) -> Comparison:
    """The table of a level: one row a territory, one column a measure, given with its heading by its code."""
    chosen = islice(measures.items(), MOST_COLUMNS)
    columns = [(code, FigureColumn(verbose_name=label)) for code, label in chosen]
    data = Territories(level, [code for code, _ in columns], words, known_on)
    return Comparison(data, extra_columns=columns)
