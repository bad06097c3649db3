"""Long French dates, in every template without `load`: Django’s `date` writes « 1 mars », never « 1er »."""

from datetime import date, datetime

from django import template

from .. import french

register = template.Library()


@register.filter(expects_localtime=True)
def jour(value: date | None) -> str:
    """{{ day|jour }}: « 16 septembre 2020 », « 1er mars 2021 »; nothing when there is no day."""
    return french.date_long(value) if value else ""


@register.filter(expects_localtime=True)
def jour_heure(value: datetime | None) -> str:
    """{{ at|jour_heure }}: « 1er mars 2021 à 9 h 05 », in the portal’s time zone."""
    return french.moment_long(value) if value else ""
