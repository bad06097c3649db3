"""{% load charts %}: `{% chart c level=3 table=True %}` and `{% spark values provisional=False %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from .. import french
from ..contract import Chart
from ..spark import spark as draw_spark

register = template.Library()

# Every text below is escaped where it is written, in html.py and svg/.


@register.simple_tag
def chart(content: Chart, level: int = 3, table: bool = True) -> SafeString:
    return mark_safe(content.html(level, table))  # noqa: S308


@register.simple_tag
def spark(values: list, provisional: bool = False) -> SafeString:
    return mark_safe(draw_spark(values, provisional))  # noqa: S308


@register.filter
def nombre(value: french.Number | None, decimals: int = 0) -> str:
    """{{ total|nombre }}, {{ rate|nombre:1 }}."""
    return french.number(value, decimals)


@register.filter
def pourcent(value: french.Number | None, decimals: int = 1) -> str:
    """{{ rate|pourcent }}: « 98,2 % »."""
    return french.percent(value, decimals)
