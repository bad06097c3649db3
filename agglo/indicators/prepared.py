"""Axis pages made ahead: a worker writes their body when the ledger or what is late has changed, a visit
reads one row.

A search or a sort changes the table alone: cards and charts are then read as they were made, the table is
made for the visitor. Nothing of another stamp than the one of now is ever shown: the page is then made whole,
as it is as of a past date. A run that changed nothing only renews the stamp.
"""

import json

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from agglo.figures.known_on import KnownOn
from agglo.figures.reading import stamp as ledger_stamp
from agglo.figures.statements import ask
from agglo.indicators.axis_page import Figures, axis_page, figures_of
from agglo.indicators.models import Axis, PreparedPage
from agglo.opendata.lateness import STAMP, lateness, stamp, today

_CURRENT = f"SELECT {{}} FROM indicators_preparedpage WHERE axis_id = %s AND stamp = {STAMP}"  # noqa: S608


def is_plain(axis: Axis, asked: dict[str, str]) -> bool:
    return not asked or asked == {"niveau": axis.level}


def body_of(axis: Axis, asked: dict[str, str]) -> str | None:
    """The body made ahead for the plain address of the axis; None when there is none that is up to date."""
    if not is_plain(axis, asked):
        return None
    held = ask(_CURRENT.format("body"), [axis.pk, today()])
    return held[0][0] if held else None


def ready_figures(axis: Axis, known: KnownOn) -> Figures | None:
    """Cards, charts and columns made ahead; None as of a past date, or when they are out of date."""
    if known.day is not None:
        return None
    held = ask(_CURRENT.format("figures, columns::text"), [axis.pk, today()])
    return Figures(mark_safe(held[0][0]), dict(json.loads(held[0][1]))) if held else None  # noqa: S308


def prepare_pages(*, anew: bool = False) -> int:
    """Make the bodies that are out of date, all of them if `anew`; returns how many were made."""
    # Asked first: a change during the work leaves a body that is out of date at once, not a wrong one.
    now, late, made = stamp(), lateness(), 0
    basis = f"{ledger_stamp()} {late.digest}"
    for axis in Axis.objects.select_related("prepared"):
        held = getattr(axis, "prepared", None)
        if held is not None and held.basis == basis and not anew:
            if held.stamp != now:
                PreparedPage.objects.filter(pk=held.pk).update(stamp=now)
            continue
        request = HttpRequest()
        request.method, request.path = "GET", axis.get_absolute_url()
        figures = figures_of(axis, KnownOn(), late)
        body = render_to_string("indicators/axis_body.html", axis_page(request, axis, figures), request)
        made_now = {
            "stamp": now,
            "basis": basis,
            "body": body,
            "figures": figures.html,
            "columns": list(figures.columns.items()),
        }
        PreparedPage.objects.update_or_create(axis=axis, defaults=made_now)
        made += 1
    return made
