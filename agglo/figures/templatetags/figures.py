"""{% load figures %}: `{% kpi_card f %}`, `{% figure f %}`, `{% evidence f %}`, `{{ f|figure_text }}` for a
`reading.Figure`.
"""

from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from agglo.charts.marks import Mark
from agglo.charts.spark import spark
from agglo.figures.display import value_words
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Origin
from agglo.figures.wording import Wording, word

register = template.Library()


@register.simple_tag
def figure(content: Figure, denominator: str = "", size: str = "", words: str = "") -> SafeString:
    """The number as a card shows it: sign, number, symbol, then the unit and denominator in words.

    `size`: "" (headline) or "small"; `words` stands in place of the unit in words.
    Nothing but escaped text and our own tags.
    """
    return mark_safe(_figure(word(content), denominator, size, words))  # noqa: S308


@register.simple_tag
def evidence(content: Figure, always: bool = False) -> SafeString:
    """The mark and its word; nothing for a plainly observed figure unless `always`."""
    return mark_safe(_evidence(word(content).mark, always))  # noqa: S308


@register.simple_tag
def kpi_card(
    content: Figure,
    title: str = "",
    href: str = "",
    denominator: str = "",
    trend: list | None = None,
    trend_words: str = "",
    freshness: str = "",
    level: int | str = 3,
) -> SafeString:
    """One headline figure; the whole card is one link, by default to its figure card.

    A tag and not a template: a dashboard shows twelve. components/kpi_card.html says what each name is for.
    """
    said, info = word(content), content.series
    demo = content.origin == Origin.DEMO
    level = level or 3
    link = f'<a href="{escape(href or f"/chiffres/{content.id}/")}">{escape(title or info.name)}</a>'
    about = f"{escape(info.subject)}, {escape(said.date)} {_evidence(said.mark)}{_DEMO if demo else ''}"
    late = f' · <span class="late">{escape(freshness)}</span>' if freshness else ""
    drawing = ""
    if trend:
        below = f'<p class="figure-card__date">{escape(trend_words)}</p>' if trend_words else ""
        drawing = f'<div class="figure-card__trend">{spark(trend, content.provisional)}{below}</div>'
    return mark_safe(  # noqa: S308
        f"""<article class="figure-card{" is-demo" if demo else ""}">
  <h{level} class="figure-card__title">{link}</h{level}>
  {_figure(said, denominator)}
  <p class="figure-card__date">{about}</p>
  {drawing}
  <p class="figure-card__source">{escape(info.source)}{late}</p>
</article>"""
    )


_DEMO = ' <span class="badge badge--wait">donnée fictive</span>'


def _evidence(mark: Mark, always: bool = False) -> str:
    if mark is Mark.OBSERVED and not always:
        return ""
    return f'<span class="mark mark--{mark.value}">{mark.word}</span>'


def _figure(said: Wording, denominator: str = "", size: str = "", words: str = "") -> str:
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
    return f'<span class="{classes}"><span class="figure__value">{value}</span> {below}</span>'


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
