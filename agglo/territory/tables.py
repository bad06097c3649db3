"""The table of communes."""

import django_tables2 as tables
from django.utils.html import format_html

from agglo.charts import french
from agglo.territory.communes import CommuneRow

NUMBER = {"th": {"class": "num"}, "td": {"class": "num"}}


class CommuneTable(tables.Table):
    name = tables.Column("Commune", order_by=("sort_key",))
    zone = tables.Column("Zone d’emploi", order_by=("zone", "sort_key"))
    population = tables.Column("Habitants", attrs=NUMBER, empty_values=())
    change = tables.Column("Depuis un an", attrs=NUMBER, empty_values=())

    class Meta:
        orderable = True
        order_by = "-population"
        empty_text = "Aucune commune ne répond à ces filtres."

    def render_name(self, record: CommuneRow):
        return format_html('<a href="{}">{}</a>', record.href, record.name)

    def render_population(self, record: CommuneRow):
        if record.figure is None or not record.figure.has_value:
            return "n.d."
        return format_html(
            '<a href="/chiffres/{}/">{}</a>', str(record.figure.id), french.number(record.population)
        )

    def render_change(self, record: CommuneRow):
        return "n.d." if record.change is None else french.signed(record.change, 1, "%")

    # Missing values last, whichever way one sorts.
    def order_population(self, rows: list[CommuneRow], descending: bool):
        return _sorted(rows, "population", descending), True

    def order_change(self, rows: list[CommuneRow], descending: bool):
        return _sorted(rows, "change", descending), True


def _sorted(rows, name: str, descending: bool) -> list[CommuneRow]:
    there = [row for row in rows if getattr(row, name) is not None]
    there.sort(key=lambda row: getattr(row, name), reverse=descending)
    return there + [row for row in rows if getattr(row, name) is None]
