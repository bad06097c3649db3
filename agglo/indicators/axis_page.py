"""What the page of an axis shows: its cards and charts, and the table that compares territories."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import RequestConfig

from agglo.figures.known_on import KnownOn, known_on
from agglo.figures.templatetags.figures import kpi_card
from agglo.indicators.dashboard import dashboard
from agglo.indicators.models import Axis
from agglo.indicators.tables import LEVELS, comparison
from agglo.indicators.writing import written
from agglo.opendata.lateness import Lateness, lateness

ROWS = 25


@dataclass(frozen=True, slots=True)
class Figures:
    """Cards and charts as they are shown, and the measures of the table: heading by code."""

    html: SafeString
    columns: dict[str, str]

    @property
    def drawn(self) -> bool:
        """Whether there is a drawing to explore."""
        return "data-chart" in self.html


def figures_of(axis: Axis, known: KnownOn, late: Lateness | None = None) -> Figures:
    """Made now, as known on the date; what was known on a past date is not late."""
    if late is None and known.day is None:
        late = lateness()
    board = dashboard(axis, known.day, known.query, late=late)
    # Made in a row, not by tags one by one: a page has eighteen of them.
    cards = [
        kpi_card(one.figure, one.title, one.href, one.denominator, one.trend, one.trend_words, one.late)
        for one in board.cards
    ]
    made = {
        "cards": mark_safe("\n".join(cards)),  # noqa: S308
        "charts": mark_safe("".join([one.html(3, table=False) for one in board.charts])),  # noqa: S308
    }
    html = render_to_string("indicators/axis_figures.html", made)
    return Figures(html, {one.measure: one.label for one in board.measures})


def axis_page(request: HttpRequest, axis: Axis, figures: Figures) -> dict:
    """The context of `indicators/axis.html`, from a fixed number of queries."""
    known = known_on(request)
    table, level, words = compared_territories(request, axis, figures, known)
    RequestConfig(request, paginate={"per_page": ROWS, "silent": True}).configure(table)
    table.caption = f"Dernière valeur connue, {LEVELS[level]}"
    keep = {"niveau": level} if level != axis.level else {}
    return {
        "axis": axis,
        "figures": figures,
        "table": written(table, request.GET),
        "level": level,
        "levels": LEVELS,
        "words": words,
        "known": known,
        "keep": keep,
        "page_keep": {**keep, **({"q": words} if words else {})},
        "export": f"{axis.get_absolute_url()}territoires.csv?{request.GET.urlencode()}",
    }


def compared_territories(request: HttpRequest, axis: Axis, figures: Figures, known: KnownOn):
    """The table, not yet sorted nor cut, with the level and the words it was asked for."""
    level = request.GET.get("niveau", axis.level)
    level = level if level in LEVELS else axis.level
    words = request.GET.get("q", "")[:60]
    return comparison(level, figures.columns, words, known.day), level, words
