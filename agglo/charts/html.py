"""The whole <figure>: question, answer, picture, key of the marks, table, source and downloads."""

from html import escape

from .contract import Chart
from .marks import Mark
from .points import Trace
from .svg import draw
from .svg.parts import colour, dom_id
from .table import table as rows_of

KEY_WORDS = {mark: mark.word for mark in Mark}


def figure_html(chart: Chart, level: int = 3, table: bool = True) -> str:
    """Ready for a page; `level` is that of the heading, `table=False` links to `table_url` instead."""
    name = dom_id(chart)
    address = f' data-figure-url="{escape(chart.figure_url)}"' if chart.figure_url else ""
    unit = chart.unit_label or (chart.unit if len(chart.unit) > 2 else "")
    out = [
        f'<figure class="chart chart-{chart.kind}" id="{name}" data-chart{address} '
        f'aria-labelledby="{name}-q">'
        f'<h{level} class="chart-question" id="{name}-q">{escape(chart.question)}</h{level}>'
    ]
    if chart.reading:
        out.append(f'<p class="chart-reading">{escape(chart.reading)}</p>')
    if unit:
        out.append(f'<p class="chart-unit">{escape(_capital(unit))}</p>')
    out.append(f'<div class="chart-picture" data-picture>{draw(chart)}</div>')
    out.append(key(chart))
    if chart.note:
        out.append(f'<p class="chart-note">{escape(chart.note)}</p>')
    if chart.figure_url:
        # Invisible until the script answers for it; its room is kept so that nothing moves.
        out.append(
            '<div class="chart-tools"><button type="button" class="chart-explore" data-explore>'
            'Explorer le graphique</button><p class="chart-status" data-chart-status role="status"></p></div>'
        )
    if table:
        out.append(details(chart))
    out.append(footer(chart, table))
    out.append("</figure>")
    return "".join(out)


def _capital(text: str) -> str:
    """Words take a capital; a symbol (« ha », « t CO₂ », « kW ») is written one way only."""
    first = text.split(" ", 1)[0].rstrip(",")
    return text[:1].upper() + text[1:] if len(first) > 2 and first.isalpha() else text


def key(chart: Chart) -> str:
    """The marks used, each drawn and named; nothing when everything is observed."""
    marks = chart.marks()
    items: list[str] = []
    if chart.kind == "bar" and len(chart.lines) > 1:
        # Grouped bars are too narrow to carry their names: the only drawing with a key of colours.
        items += [
            f'<li class="{colour(chart, i)}"><span class="mk sw"></span>{escape(line.name)}</li>'
            for i, line in enumerate(chart.lines)
        ]
    items += [
        f'<li><span class="mk mk-{mark.value}"></span>{mark.word}</li>'
        for mark in marks
        if marks != [Mark.OBSERVED]
    ]
    if any(line.provisional for line in chart.lines) and Mark.PROVISIONAL not in marks:
        items.append('<li><span class="mk mk-provisional"></span>provisoire</li>')
    told = [p for line in chart.lines if not isinstance(line.points, Trace) for p in line.points]
    if chart.kind == "line" and any(p.revised_from is not None for p in told):
        items.append('<li><span class="mk mk-revised"></span>écart avec l’édition précédente</li>')
    if chart.kind in ("dots", "strip", "bar", "hbar", "line") and any(
        p.low is not None and p.high is not None for p in told
    ):
        items.append('<li><span class="mk mk-interval"></span>intervalle</li>')
    return f'<ul class="chart-key">{"".join(items)}</ul>' if items else ""


def details(chart: Chart) -> str:
    """The table, folded, reached and opened by keyboard; first cell of each row is its heading."""
    content = rows_of(chart)
    kind = "rows" if chart.kind == "strip" else "nums"
    head = "".join([f'<th scope="col">{escape(c)}</th>' for c in content.columns])
    body = "".join(
        [
            f'<tr><th scope="row">{_safe(row[0])}</th><td>{"</td><td>".join(map(_safe, row[1:]))}</td></tr>'
            for row in content.rows
        ]
    )
    return (
        '<details class="chart-data"><summary>Voir les données en tableau</summary>'
        f'<div class="chart-scroll" tabindex="0" role="region" '
        f'aria-label="Tableau\u00a0: {escape(chart.question)}">'
        f'<table class="{kind}"><caption>{escape(content.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _safe(text: str) -> str:
    return escape(text) if "&" in text or "<" in text else text


def footer(chart: Chart, table: bool) -> str:
    """One quiet line: source, table elsewhere, download."""
    parts: list[str] = []
    if chart.source:
        name = escape(chart.source)
        linked = f'<a href="{escape(chart.source_url)}">{name}</a>' if chart.source_url else name
        late = f' · <span class="late">{escape(chart.late)}</span>' if chart.late else ""
        parts.append(f"<span>Source\u00a0: {linked}{late}</span>")
    question = escape(chart.question)
    if chart.table_url and not table:
        parts.append(
            f'<a href="{escape(chart.table_url)}">Tableau<span class="sr">\u00a0: {question}</span></a>'
        )
    if chart.download_url:
        form = chart.download_url.partition("?")[0].rpartition(".")[2].upper()
        parts.append(
            f'<a href="{escape(chart.download_url)}" download>Télécharger ({escape(form)})'
            f'<span class="sr">\u00a0: {question}</span></a>'
        )
    return f'<figcaption class="chart-source">{"".join(parts)}</figcaption>' if parts else ""
