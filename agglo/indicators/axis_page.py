"""What the page of an axis shows: its dashboard, and the table that compares territories."""

from django.http import HttpRequest
from django_tables2 import RequestConfig

from agglo.figures.known_on import known_on
from agglo.indicators.dashboard import Dashboard, dashboard
from agglo.indicators.models import Axis
from agglo.indicators.tables import LEVELS, comparison

ROWS = 25


def axis_page(request: HttpRequest, axis: Axis) -> dict:
    """The context of `indicators/axis.html`, from a fixed number of queries."""
    known = known_on(request)
    board = dashboard(axis, known.day, known.query)
    table, level, words = compared_territories(request, axis, board, known)
    RequestConfig(request, paginate={"per_page": ROWS, "silent": True}).configure(table)
    table.caption = f"Dernière valeur connue, {LEVELS[level]}"
    keep = {"niveau": level} if level != axis.level else {}
    return {
        "axis": axis,
        "board": board,
        "table": table,
        "level": level,
        "levels": LEVELS,
        "words": words,
        "known": known,
        "keep": keep,
        "page_keep": {**keep, **({"q": words} if words else {})},
        "export": f"{axis.get_absolute_url()}territoires.csv?{request.GET.urlencode()}",
    }


def compared_territories(request: HttpRequest, axis: Axis, board: Dashboard, known):
    """The table, not yet sorted nor cut, with the level and the words it was asked for."""
    level = request.GET.get("niveau", axis.level)
    level = level if level in LEVELS else axis.level
    words = request.GET.get("q", "")[:60]
    return comparison(level, board.measures, words, known.day), level, words
