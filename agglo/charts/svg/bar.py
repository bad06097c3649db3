"""Upright bars from zero, one group a period or category; the value is written above when there is room."""

from datetime import date
from html import escape

from ..contract import Chart, Point
from ..periods import beginning, position, short_label
from ..scales import Vertical, thin
from . import hbar
from .line import ordered
from .parts import (
    break_lines,
    colour,
    fill,
    frame,
    margin_labels,
    middle,
    target_line,
    target_text,
    value_axis,
    value_text,
    vertical,
)

HEIGHT = 232
ROOM = 64  # characters across the plot, on a desk


def draw(chart: Chart, height: int = 0) -> str:
    plot = float(height or HEIGHT)
    xs = ordered(chart)
    if not hbar.names_fit_upright(chart):
        return hbar.draw(chart, height)
    down = vertical(chart, plot, True)
    body, left = value_axis(chart, down)
    count, groups = len(xs), len(chart.lines)
    band = 100 / count
    inner = band * (0.72 if count < 30 else 0.84)
    width = inner / groups
    place = {x: i * band + (band - inner) / 2 for i, x in enumerate(xs)}
    longest = max(len(value_text(chart, p)) for line in chart.lines for p in line.points)
    written = longest * count * groups <= ROOM * 0.9
    phone = longest * count * groups <= hbar.PHONE * 0.9
    zero = down(0)
    for index, line in enumerate(chart.lines):
        shade = colour(chart, index)
        bars = [
            bar(chart, p, index, place[p.x] + index * width, width, down, zero, written, phone)
            for p in line.points
        ]
        body.append(f'<g class="{shade}">{"".join(bars)}</g>')
    body.append(categories(xs, band, plot))
    body.append(target_line(chart, down))
    breaks, rows = break_lines(chart, lambda when: edge_before(xs, when), plot)
    body += breaks
    right = 0
    if chart.target is not None:
        labels, right = margin_labels(
            [target_text(chart)], [down(float(chart.target.value))], ["tl"], -10, plot + 10
        )
        body.append(labels)
    return frame(chart, body, plot + rows + 44, left, right, rows + 16)


def edge_before(xs: list[str | date], when: str | date) -> float | None:
    """The edge before the first bar a break touches, in thousandths; None when it touches no pair of bars."""
    start = beginning(when)
    for i, x in enumerate(xs):
        here = position(x)
        if x == when or (start is not None and here is not None and here >= start):
            return i * 1000 / len(xs) if i or x == when else None
    return None


def bar(
    chart: Chart,
    p: Point,
    index: int,
    x: float,
    width: float,
    down: Vertical,
    zero: float,
    written: bool,
    phone: bool,
) -> str:
    """One bar with its interval and its value; an empty state stands at the foot as its sign."""
    centre = f"{x + width / 2:.1f}%"
    if p.state != "value":
        return f'<text class="em" x="{centre}" y="{zero - 6:.0f}">{value_text(chart, p)}</text>'
    y = down(middle(p))
    top, tall = (y, zero - y) if y <= zero else (zero, y - zero)
    out = (
        f'<rect {fill(chart, p.mark, index)} x="{x:.2f}%" y="{top:.1f}" '
        f'width="{width:.2f}%" height="{max(tall, 0.5):.1f}"/>'
    )
    edge = top
    if p.low is not None and p.high is not None:
        edge = min(top, down(p.high))
        out += (
            f'<line class="wh" x1="{centre}" x2="{centre}" y1="{down(p.low):.1f}" y2="{down(p.high):.1f}"/>'
        )
    if written:
        label = top + tall + 15 if y > zero else edge - 6
        kind = "va" if phone else "va wo"
        out += f'<text class="{kind}" x="{centre}" y="{label:.1f}">{value_text(chart, p)}</text>'
    return out


def categories(xs: list, band: float, height: float) -> str:
    """The name of each group under it, thinned where they would touch."""
    named = [((i + 0.5) * band, short_label(x)) for i, x in enumerate(xs)]
    longest = max(len(label) for _, label in named) + 2
    shown = thin(named, max(1, ROOM // longest), max(1, hbar.PHONE // longest))
    y = f"{height + 20:.0f}"
    texts = [
        f'<text x="{x:.1f}%" y="{y}"{"" if phone else _WIDE}>{escape(label)}</text>'
        for x, label, phone in shown
    ]
    return f'<g class="xa">{"".join(texts)}</g>'


_WIDE = ' class="wo"'
