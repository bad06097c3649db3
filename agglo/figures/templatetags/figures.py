"""{% load figures %}: `{% figure f %}`, `{% evidence f %}`, `{{ f|figure_text }}` for a `reading.Figure`."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agglo.charts.marks import Mark
from agglo.figures.display import value_words
from agglo.figures.reading import Figure
from agglo.figures.wording import word

register = template.Library()


@register.simple_tag
def figure(content: Figure, denominator: str = "", size: str = "", words: str = "") -> SafeString:
    """The number as a card shows it: sign, number, symbol, then the unit and denominator in words.

    `size`: "" (headline) or "small"; `words` stands in place of the unit in words.
    Nothing but escaped text and our own tags.
    """
    said = word(content)
    classes = f"figure{' figure--small' if size == 'small' else ''}{' figure--absent' if said.absent else ''}"
    if said.absent:
        value = escape(said.number)
    else:
        about = ""
        if said.sign or said.spoken:
            about = f'<span class="visually-hidden">{escape(said.spoken)}</span>'
            about += f'<span class="figure__about" aria-hidden="true">{escape(said.sign)}</span>'
        unit = f'<span class="figure__unit">\u00a0{escape(said.unit)}</span>' if said.unit else ""
        value = f"{about}{escape(said.number)}{unit}"
    words = words or " ".join(part for part in (said.counted, denominator) if part)
    if said.absent:
        why = said.spoken.removeprefix(said.number).strip(" ()")
        words = " – ".join(part for part in (why, words) if part)
    below = f'<span class="figure__words">{escape(words)}</span>' if words else ""
    return mark_safe(f'<span class="{classes}"><span class="figure__value">{value}</span> {below}</span>')  # noqa: S308


@register.simple_tag
def evidence(content: Figure, always: bool = False) -> SafeString:
    """The mark and its word; nothing for a plainly observed figure unless `always`."""
    mark = word(content).mark
    if mark is Mark.OBSERVED and not always:
        return SafeString("")
    return mark_safe(f'<span class="mark mark--{mark.value}">{mark.word}</span>')  # noqa: S308


@register.filter
def figure_text(content: Figure) -> str:
    """The same as plain text: « environ 40 projets »."""
    return str(word(content))


@register.filter
def situation(content: Figure) -> str:
    """The date of situation in words."""
    return word(content).date


@register.filter
def in_words(content: Figure) -> str:
    """The value as a sentence says it: « entre 15 et 18 ans »."""
    return value_words(content)
