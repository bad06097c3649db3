"""Axis pages made ahead: a worker writes their body when the ledger has changed, a visit reads one row.

A body of another stamp than the ledger's is never shown: the page is then made for the visitor, as it is
when something is searched, sorted or asked for as of a date.
"""

from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string

from agglo.figures.reading import stamp
from agglo.indicators.axis_page import axis_page
from agglo.indicators.models import Axis, PreparedPage

_CURRENT = """
SELECT body FROM indicators_preparedpage
WHERE axis_id = %s AND stamp = (SELECT count(*) || '-' || max(id) FROM figures_change)
"""


def body_of(axis: Axis, asked: dict[str, str]) -> str | None:
    """The body made ahead for the plain address of the axis; None when there is none that is up to date."""
    if asked and asked != {"niveau": axis.level}:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [axis.pk])
        row = cursor.fetchone()
    return row[0] if row else None


def prepare_pages(*, anew: bool = False) -> int:
    """Make the bodies that are out of date, all of them if `anew`; returns how many were made."""
    # Asked first: a change during the work leaves a body that is out of date at once, not a wrong one.
    now, made = stamp(), 0
    for axis in Axis.objects.select_related("prepared"):
        held = getattr(axis, "prepared", None)
        if held is not None and held.stamp == now and not anew:
            continue
        request = HttpRequest()
        request.method, request.path = "GET", axis.get_absolute_url()
        body = render_to_string("indicators/axis_body.html", axis_page(request, axis), request)
        PreparedPage.objects.update_or_create(axis=axis, defaults={"stamp": now, "body": body})
        made += 1
    return made
