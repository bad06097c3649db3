"""{% load freshness %}: who is late with a figure, beside it; nothing when nobody is."""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from agglo.figures.reading import Figure
from agglo.opendata.lateness import Lateness

register = template.Library()


@register.filter
def late_by(shown: Figure, lateness: Lateness | None) -> str:
    """The words alone, for components/kpi_card.html: `freshness=figure|late_by:lateness`."""
    return lateness.words(shown.series) if lateness else ""


@register.simple_tag
def late(shown: Figure, lateness: Lateness | None) -> SafeString | str:
    """The words in a line of their own kind, after a dot."""
    words = late_by(shown, lateness)
    return mark_safe(f' · <span class="late">{escape(words)}</span>') if words else ""  # noqa: S308
