"""Lying bars from zero, one row a category: for names that need to be read."""

from html import escape

from ..contract import Chart, Line
from ..french import quantity
from ..periods import parse, short_label
from ..scales import nice_ticks
from .line import ordered
from .parts import colour, extent, fill, frame, middle, rem, value_text

THICK, GAP = 20, 14
PHONE = 34  # characters across the plot of a phone


def names_fit_upright(chart: Chart) -> bool:
    """Whether a phone can set the names of the bars side by side; if not, the bars lie down."""
    xs = ordered(chart)
    return parse(xs[0]) is not None or sum(len(str(x)) + 2 for x in xs) <= PHONE


def draw(chart: Chart, height: int = 0) -> str:
    xs = ordered(chart)
    low, high = extent(chart, True)
    first = nice_ticks(low, high, 4)[0] if low < 0 else 0.0
    span = (high - first) or 1.0
    groups = len(chart.lines)
    thick = THICK if groups == 1 else 14
    row = groups * (thick + 2) + GAP
    rows = {x: i * row for i, x in enumerate(xs)}
    zero = -first / span * 100
    longest = max(len(short_label(x)) for x in xs)
    above = longest > 24
    lift = 18 if above else 0
    if above:
        row += 18
        rows = {x: i * row for i, x in enumerate(xs)}
    body = [names(xs, rows, groups * (thick + 2), above)]
    for index, line in enumerate(chart.lines):
        body.append(bars(chart, line, index, rows, (first, span, zero), thick, lift))
    tall = len(xs) * row
    if not above:
        body.append(f'<line class="ax" x1="{zero:.1f}%" x2="{zero:.1f}%" y1="-4" y2="{tall - GAP + 4}"/>')
    if chart.target is not None:
        x = (float(chart.target.value) - first) / span * 100
        text = f"{chart.target.label}\u00a0: {quantity(chart.target.value, chart.unit, chart.decimals)}"
        side = ' text-anchor="end" dx="-5"' if x > 50 else ' dx="5"'
        body.append(
            f'<line class="tg" x1="{x:.1f}%" x2="{x:.1f}%" y1="-4" y2="{tall}"/>'
            f'<text class="tl" x="{x:.1f}%" y="{tall + 8}"{side}>{escape(text)}</text>'
        )
        tall += 12
    value = max(len(value_text(chart, p, True)) for line in chart.lines for p in line.points)
    name_width = max((len(line.name) for line in chart.lines), default=0) + 3 if groups > 1 else 0
    left = 0 if above else rem(longest + 1, 11)
    return frame(chart, body, tall + 8, left, rem(value + name_width + 1, 9), 6)


def names(xs: list, rows: dict, thick: int, above: bool) -> str:
    """Row names in the margin, or over their bars when they are long."""
    if above:
        texts = [f'<text x="0" y="{rows[x] + 12}">{escape(short_label(x))}</text>' for x in xs]
        return f'<g class="rn up">{"".join(texts)}</g>'
    texts = [f'<text x="-10" y="{rows[x] + thick / 2:.0f}">{escape(short_label(x))}</text>' for x in xs]
    return f'<g class="rn">{"".join(texts)}</g>'


def bars(
    chart: Chart, line: Line, index: int, rows: dict, scale: tuple[float, float, float], thick: int, lift: int
) -> str:
    first, span, zero = scale
    out: list[str] = []
    emphasis = any(other.subject for other in chart.lines)
    for p in line.points:
        y = rows[p.x] + lift + index * (thick + 2)
        mid = y + thick / 2
        if p.state != "value":
            out.append(f'<text class="em" x="{zero:.1f}%" dx="8" y="{mid:.0f}">{value_text(chart, p)}</text>')
            continue
        end = (middle(p) - first) / span * 100
        x, wide = (zero, end - zero) if end >= zero else (end, zero - end)
        out.append(
            f'<rect {fill(chart, p.mark, index)} x="{x:.2f}%" y="{y}" '
            f'width="{max(wide, 0.15):.2f}%" height="{thick}"/>'
        )
        edge = max(zero, end)
        if p.low is not None and p.high is not None:
            a, b = ((float(v) - first) / span * 100 for v in (p.low, p.high))
            edge = max(edge, b)
            out.append(f'<line class="wh" x1="{a:.1f}%" x2="{b:.1f}%" y1="{mid}" y2="{mid}"/>')
        text = escape(value_text(chart, p, True))
        if len(chart.lines) > 1 and rows[p.x] == 0:
            text += f'<tspan class="nm" dx="6">{escape(line.name)}</tspan>'
        out.append(f'<text class="va" x="{edge:.1f}%" dx="8" y="{mid:.0f}">{text}</text>')
    shade = colour(chart, index) if emphasis or len(chart.lines) > 1 else "su"
    return f'<g class="{shade} hb">{"".join(out)}</g>'
