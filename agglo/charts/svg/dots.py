"""One row a category, one dot a series: compares two dates or two territories without bars."""

from html import escape

from ..contract import Chart
from ..french import Number, number
from ..periods import short_label
from ..scales import nice_ticks, tick_decimals
from .hbar import names
from .line import ordered
from .parts import colour, dot, extent, frame, middle, rem, value_text

ROW = 34


def draw(chart: Chart, height: int = 0) -> str:
    xs = ordered(chart)
    low, high = extent(chart, chart.zero)
    ticks = nice_ticks(low, high, 4)
    span = ticks[-1] - ticks[0]
    rows = {x: i * ROW + 12 for i, x in enumerate(xs)}
    tall = len(xs) * ROW

    def at(value: Number) -> float:
        return (float(value) - ticks[0]) / span * 100

    decimals = tick_decimals(ticks)
    unit = f" {chart.unit}" if chart.unit else ""
    body = ['<g class="xa gv">']
    for i, tick in enumerate(ticks):
        x = f"{at(tick):.1f}%"
        label = number(tick, decimals) + (unit if i == len(ticks) - 1 and len(unit) < 4 else "")
        body.append(
            f'<line class="gl" x1="{x}" x2="{x}" y1="0" y2="{tall}"/>'
            f'<text x="{x}" y="{tall + 18}">{label}</text>'
        )
    body.append("</g>")
    body.append(names(xs, rows, 10, False))
    if len(chart.lines) > 1:
        for name in xs:
            seen = [middle(p) for ln in chart.lines for p in ln.points if p.x == name and p.state == "value"]
            if len(seen) > 1:
                y = rows[name] + 5
                body.append(
                    f'<line class="jo" x1="{at(min(seen)):.1f}%" '
                    f'x2="{at(max(seen)):.1f}%" y1="{y}" y2="{y}"/>'
                )
    for index, line in enumerate(chart.lines):
        out: list[str] = []
        for p in line.points:
            y = rows[p.x] + 5
            if p.state != "value":
                out.append(f'<text class="em" x="0" dx="8" y="{y + 5}">{value_text(chart, p)}</text>')
                continue
            x = f"{at(middle(p)):.1f}%"
            if p.low is not None and p.high is not None:
                out.append(
                    f'<line class="wh" x1="{at(p.low):.1f}%" x2="{at(p.high):.1f}%" y1="{y}" y2="{y}"/>'
                )
            out.append(dot(chart, p, x, y, 6, index))
        first = next((p for p in line.points if p.x == xs[0] and p.state == "value"), None)
        if first is not None and _is_named(chart, index):
            y = -4 - 15 * (index % 2 if len(chart.lines) == 2 else 0)
            out.append(_name(line.name, at(middle(first)), y))
        body.append(f'<g class="{colour(chart, index)}">{"".join(out)}</g>')
    left = rem(max(len(short_label(x)) for x in xs) + 1, 11)
    top = 38 if len(chart.lines) > 1 else 8
    return frame(chart, body, tall + top + 26, left, 1, top)


def _is_named(chart: Chart, index: int) -> bool:
    """Two series are both named; of more, only the subject, or names would run into one another: the table
    beside the picture names the others.
    """
    several = len(chart.lines)
    return several == 2 or (several > 2 and chart.lines[index].subject)


def _name(name: str, at: float, y: float) -> str:
    """A name over its dot, kept inside the picture."""
    side = ' text-anchor="start"' if at < 25 else ' text-anchor="end"' if at > 75 else ""
    return f'<text class="nm"{side} x="{at:.1f}%" y="{y}">{escape(name)}</text>'
