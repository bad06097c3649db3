"""What every drawing shares: its frame, axes, marks, break lines, target and labels.

A picture is as wide as its column. Across, positions are percentages (or thousandths inside the stretched
layer `st`), down they are pixels; so nothing needs a second drawing for phones, and text never shrinks.
The margins are classes, `pl-n` and `pr-n`, of n rem.
"""

import re
from collections.abc import Callable
from datetime import date
from html import escape
from math import ceil

from ..contract import Chart, Point
from ..french import Number, number, quantity
from ..marks import QUALIFIERS, STATES, Mark
from ..periods import beginning, long_label, position
from ..points import Trace
from ..scales import Horizontal, Vertical, nice_ticks, spread, tick_decimals

HYPHENED = re.compile(r"[^-]+-*|-+")
TEXT = 0.47  # average width of a character, in rem, at the size of the labels
LINE = 17  # height of a line of text, in pixels

KIND_WORDS = {
    "line": "Courbes",
    "bar": "Barres verticales",
    "hbar": "Barres horizontales",
    "stacked": "Barres empilées",
    "strip": "Points datés, non reliés",
    "dots": "Points par ligne",
    "waterfall": "Barres en cascade",
}


def dom_id(chart: Chart) -> str:
    """An id from the key, fit for HTML, CSS and url(#…)."""
    return "g-" + "".join(c if c.isalnum() and c.isascii() else "-" for c in chart.key)


def frame(
    chart: Chart, body: list[str], height: float, left: int, right: int, top: float = 8, phone: int = 0
) -> str:
    """The <svg> around a drawing whose plot starts `top` pixels down; `phone`, its right margin there."""
    name = dom_id(chart)
    narrow = f" nr-{phone}" if phone else ""
    head = (
        f'<svg class="pic pl-{left} pr-{right}{narrow}" height="{height:.0f}" role="img" '
        f'aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{escape(chart.question)}</title>'
        f'<desc id="{name}-d">{escape(description(chart))}</desc>'
    )
    hatch = _hatches(chart) if Mark.COMMITTED in chart.marks() else ""
    watermark = '<text class="demo" x="50%" y="50%">donnée fictive</text>' if chart.demo else ""
    return f'{head}{hatch}<g transform="translate(0 {top:.0f})">{"".join(body)}</g>{watermark}</svg>'


def description(chart: Chart) -> str:
    """What the drawing is made of, for who cannot see it; the answer itself is the reading sentence."""
    names = [line.name for line in chart.lines if line.name]
    parts = [KIND_WORDS[chart.kind] + ("\u00a0: " + ", ".join(names) if names else "")]
    if chart.breaks:
        days = [day for line in chart.lines for p in line.points if (day := position(p.x)) is not None]
    for b in chart.breaks:
        start = beginning(b.x)
        if start is not None and days and min(days) <= start <= max(days):
            parts.append(f"rupture\u00a0: {b.label} ({long_label(b.x)})")
    if chart.target:
        parts.append(
            f"{chart.target.label}\u00a0: {quantity(chart.target.value, chart.unit, chart.decimals)}"
        )
    return "\u202f; ".join(parts) + "."


def nothing(chart: Chart) -> str:
    """A chart without a single number says so, and why when all points agree."""
    states = {point.state for line in chart.lines for point in line.points}
    word = STATES[states.pop()][1] if len(states) == 1 else "aucune valeur publiée"
    return frame(chart, [f'<text class="none" x="50%" y="40">{escape(word)}</text>'], 80, 0, 0)


def _hatches(chart: Chart) -> str:
    """One hatching a line, each in the colour of its group."""
    name = dom_id(chart)
    return "".join(
        [
            f'<g class="{colour(chart, i)}"><pattern id="{name}-h{i}" class="hatch" '
            'patternUnits="userSpaceOnUse" width="5" height="5" patternTransform="rotate(45)">'
            '<path d="M1 0V5"/></pattern></g>'
            for i in range(len(chart.lines))
        ]
    )


def fill(chart: Chart, mark: Mark, index: int = 0) -> str:
    """The attributes that draw a mark on a bar or a dot: a class, and the pattern for hatching."""
    if mark is Mark.COMMITTED:
        return f'class="committed" fill="url(#{dom_id(chart)}-h{index})"'
    return _FILLS[mark]


_FILLS = {mark: f'class="{mark.value}"' for mark in Mark}


def colour(chart: Chart, index: int) -> str:
    """Class of a line: the subject in accent, context in grey, or categories when there is no subject."""
    if any(line.subject for line in chart.lines):
        return "su" if chart.lines[index].subject else "cx"
    return "su" if len(chart.lines) == 1 else f"c{index % 6 + 1}"


def middle(point: Point) -> float:
    """Where a point stands: its value, or the middle of its interval."""
    if point.value is not None:
        return float(point.value)
    if point.low is not None and point.high is not None:
        return (float(point.low) + float(point.high)) / 2
    return float(point.low if point.low is not None else point.high)  # type: ignore[arg-type]


def value_text(chart: Chart, point: Point, unit: bool = False) -> str:
    """« ≈ 40 », « 10–12 », « s »: what is written beside a mark."""
    if point.state != "value":
        return STATES[point.state][0]
    suffix = chart.unit if unit and len(chart.unit) <= 2 else ""
    if point.value is not None:
        return QUALIFIERS[point.qualifier][0] + quantity(point.value, suffix, chart.decimals)
    if point.low is not None and point.high is not None:
        return f"{number(point.low, chart.decimals)}–{quantity(point.high, suffix, chart.decimals)}"
    sign, bound = ("≥\u202f", point.low) if point.low is not None else ("≤\u202f", point.high)
    return sign + quantity(bound, suffix, chart.decimals)


def extent(chart: Chart, with_zero: bool) -> tuple[float, float]:
    """Lowest and highest value that must be seen: intervals, earlier values and target included."""
    traces = [line.points for line in chart.lines if isinstance(line.points, Trace)]
    values: list[Number] = [value for trace in traces for value in (min(trace.values), max(trace.values))]
    points = [
        p
        for line in chart.lines
        if not isinstance(line.points, Trace)
        for p in line.points
        if p.state == "value"
    ]
    values += [p.value for p in points if p.value is not None]
    for p in points:
        if p.low is not None or p.high is not None or p.revised_from is not None:
            values += [v for v in (p.low, p.high, p.revised_from) if v is not None]
    if chart.target is not None:
        values.append(chart.target.value)
    if with_zero:
        values.append(0)
    return (float(min(values)), float(max(values))) if values else (0.0, 1.0)


def vertical(chart: Chart, height: float, with_zero: bool) -> Vertical:
    low, high = extent(chart, with_zero)
    return Vertical(nice_ticks(low, high, 4, whole=chart.decimals == 0), height)


def rem(text_length: float, most: int) -> int:
    """Margin in whole rem that holds so many characters."""
    return min(most, ceil(text_length * TEXT + 0.6))


def value_axis(chart: Chart, scale: Vertical) -> tuple[list[str], int]:
    """Grid lines and their labels, the unit on the topmost; and the left margin they need."""
    decimals = tick_decimals(scale.ticks)
    labels = [number(tick, decimals) for tick in scale.ticks]
    ys = [f"{scale(tick):.0f}" for tick in scale.ticks]
    zero = [y for y, tick in zip(ys, scale.ticks, strict=True) if tick == 0]
    grid = "".join([f"M0 {y}H1000" for y in ys])
    out = [f'<svg class="st" viewBox="0 0 1000 {scale.height:.0f}" preserveAspectRatio="none" '
           f'height="{scale.height:.0f}"><path class="gr" d="{grid}"/>']  # fmt: skip
    if zero:
        out.append(f'<path class="ax" d="M0 {zero[0]}H1000"/>')
    out.append('</svg><g class="ya">')
    unit = chart.unit if len(chart.unit) <= 2 else ""
    for y, label in zip(ys[:-1], labels[:-1], strict=True):
        out.append(f'<text x="-8" y="{y}">{label}</text>')
    out.append(f'<text x="-8" y="{ys[-1]}">{labels[-1]}{" " + unit if unit else ""}</text></g>')
    longest = max(max(map(len, labels)), len(labels[-1]) + (len(unit) + 1 if unit else 0))
    return out, rem(longest, 6)


def period_axis(scale: Horizontal, height: float) -> str:
    """The labels under the plot; those that a phone has no room for carry `wo`."""
    out = ['<g class="xa">']
    y = f"{height + 20:.0f}"
    for x, label, phone in scale.ticks():
        kind = "" if phone else ' class="wo"'
        end = ' text-anchor="start"' if x < 15 and len(label) > 5 else ""
        end = ' text-anchor="end"' if x > 985 and len(label) > 5 else end
        out.append(f'<text x="{x / 10:.1f}%" y="{y}"{kind}{end}>{escape(label)}</text>')
    out.append("</g>")
    return "".join(out)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters where words, or the hyphens of a longer one, allow it."""
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        parts = HYPHENED.findall(word) if len(word) > width else [word]
        for place, part in enumerate(parts):
            glue = " " if place == 0 and current else ""
            if current and len(current) + len(glue) + len(part) > width:
                lines.append(current)
                current = part
            else:
                current += glue + part
    return [*lines, current]


def break_lines(
    chart: Chart, place_of: Callable[[str | date], float | None], height: float
) -> tuple[list[str], float]:
    """Dashed uprights with their cause written above, one row each; and the height of those rows."""
    shown = [(b, x) for b in chart.breaks if (x := place_of(b.x)) is not None]
    out: list[str] = []
    rows = len(shown) * LINE
    for row, (b, x) in enumerate(shown):
        y = row * LINE - rows - 4
        side = "" if x < 550 else ' text-anchor="end"'
        shift = 5 if x < 550 else -5
        place = f"{x / 10:.1f}%"
        out.append(
            f'<line class="br" x1="{place}" x2="{place}" y1="{y - 8}" y2="{height:.0f}"/>'
            f'<text class="bl" x="{place}" y="{y}" dx="{shift}"{side}>{escape(b.label)}</text>'
        )
    return out, float(rows)


def target_line(chart: Chart, scale: Vertical) -> str:
    """The target across the plot; its name stands in the right margin."""
    if chart.target is None:
        return ""
    y = f"{scale(float(chart.target.value)):.1f}"
    return f'<line class="tg" x1="0" x2="100%" y1="{y}" y2="{y}"/>'


def target_text(chart: Chart) -> list[str]:
    if chart.target is None:
        return []
    unit = chart.unit if len(chart.unit) <= 2 else ""
    return wrap(f"{chart.target.label} {quantity(chart.target.value, unit, chart.decimals)}", 15)


def margin_labels(
    texts: list[list[str]],
    wanted: list[float],
    shades: list[str],
    low: float,
    high: float,
    kind: str = "dl",
) -> tuple[str, int]:
    """Words in the right margin at their heights, moved apart, led to where they belong; and the margin."""
    if not texts:
        return "", 0
    placed = spread(wanted, [LINE * len(t) + 2 for t in texts], low, high)
    out = [f'<svg x="100%" class="{kind}">']
    for text, y, true, shade in zip(texts, placed, wanted, shades, strict=True):
        if abs(y - true) > 3:
            out.append(f'<path class="ld" d="M6 {true:.1f}L14 {y:.1f}"/>')
        top = y - (len(text) - 1) * LINE / 2
        spans = "".join([f'<tspan x="18" dy="{LINE}">{escape(t)}</tspan>' for t in text[1:]])
        out.append(f'<text class="{shade}" x="18" y="{top:.1f}">{escape(text[0])}{spans}</text>')
    out.append("</svg>")
    return "".join(out), rem(max(len(t) for text in texts for t in text) + 2, 10)


def dot(chart: Chart, point: Point, x: str, y: float, radius: float = 5, index: int = 0) -> str:
    """A point drawn in the grammar of evidence."""
    return f'<circle {fill(chart, point.mark, index)} cx="{x}" cy="{y:.1f}" r="{radius:g}"/>'
