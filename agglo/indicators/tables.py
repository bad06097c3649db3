"""Territories side by side: sorted, filtered and cut into pages, reading only the rows that are shown."""

from functools import lru_cache
from itertools import islice

import django_tables2 as tables
from django.db import connection
from django.utils.functional import cached_property
from django.utils.html import format_html
from django_tables2.data import TableData

from agglo.charts.french import number
from agglo.charts.marks import STATES
from agglo.figures.cells import Cell, latest_cells, latest_values
from agglo.figures.models import Subject
from agglo.figures.vocabulary import State
from agglo.figures.wording import EMPTY

LEVELS = {"COM": "communes", "ZE2020": "zones d’emploi", "EPCI": "intercommunalités"}
MOST_COLUMNS = 4


class Territories(TableData):
    """Rows loaded when they are asked for, sorted and cut by PostgreSQL: a page reads its own territories."""

    def __init__(self, level: str, measures: list[str], words: str = "", known_on=None) -> None:
        super().__init__(None)
        self.level, self.measures, self.known_on = level, measures, known_on
        self.subjects, self.asked = subjects_asked(level, words)
        self.by, self.reverse = "name", False

    def rows(self, start: int, stop: int | None) -> list[tuple[int, str, str, str]]:
        """(id, code, name, path) of these territories in the order asked for; without a figure: last."""
        direction = "DESC" if self.reverse else "ASC"
        params = list(self.asked)
        last, order = "", f"u.search_key {direction}, u.code {direction}"
        if self.by in self.measures:
            values, about = latest_values(self.by, self.level, self.known_on)
            last, order = f"LEFT JOIN ({values}) last ON last.subject_id = u.id", "u.search_key, u.code"
            order = f"last.value {direction} NULLS LAST, {order}"
            params += about
        sql = f"SELECT u.id, u.code, u.name, u.path FROM ({self.subjects}) u {last} ORDER BY {order}"  # noqa: S608
        with connection.cursor() as cursor:
            limit = None if stop is None else stop - start
            cursor.execute(f"{sql} OFFSET %s LIMIT %s", [*params, start, limit])
            return cursor.fetchall()

    def order_by(self, aliases) -> None:
        if aliases:
            first = aliases[0]
            self.by, self.reverse = str(first).lstrip("-"), str(first).startswith("-")

    @cached_property
    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({self.subjects}) u", self.asked)  # noqa: S608
            return cursor.fetchone()[0]

    def __len__(self) -> int:
        return self.count

    def __iter__(self):
        return iter(self[:])

    def __getitem__(self, key):
        one = not isinstance(key, slice)
        wanted = self.rows(key, key + 1) if one else self.rows(key.start or 0, key.stop)
        held = latest_cells(self.measures, [row[0] for row in wanted], self.known_on) if wanted else {}
        rows = [
            {"name": name, "path": path, "code": code} | {m: held.get((m, id_)) for m in self.measures}
            for id_, code, name, path in wanted
        ]
        return rows[0] if one else rows


@lru_cache(maxsize=64)
def subjects_asked(level: str, words: str) -> tuple[str, tuple]:
    """SQL and parameters, written by Django, then counted, sorted and cut: our own text, every value a
    parameter.
    """
    subjects = Subject.objects.filter(scheme=level).search(words)
    named = subjects.order_by().values_list("id", "code", "name", "path", "search_key")
    return named.query.sql_with_params()


class FigureColumn(tables.Column):
    """A figure in a cell: its value, or the sign and the words of its absence. Exports give the bare
    number.
    """

    attrs = {"td": {"class": "num"}, "th": {"class": "num"}}
    empty_values = ()

    def render(self, value: Cell | None) -> str:
        if value is None:
            return "n.d."
        return number(value.value, value.decimals) if value.has_value else _absence(value)

    def value(self, value: Cell | None) -> str:
        if value is None:
            return "non disponible"
        return format(value.value, "f").replace(".", ",") if value.has_value else _absence(value)


def _absence(cell: Cell) -> str:
    return STATES[EMPTY[State(cell.state)]][1]


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


def comparison(level: str, measures: dict[str, str], words: str = "", known_on=None) -> Comparison:
    """The table of a level: one row a territory, one column a measure, given with its heading by its code."""
    chosen = islice(measures.items(), MOST_COLUMNS)
    columns = [(code, FigureColumn(verbose_name=label)) for code, label in chosen]
    data = Territories(level, [code for code, _ in columns], words, known_on)
    return Comparison(data, extra_columns=columns)
