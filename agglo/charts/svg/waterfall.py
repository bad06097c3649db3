"""From a gross figure to a net one, a row a step: each bar starts where the last ended."""

from collections.abc import Sequence
from html import escape

from ..contract import Chart, Point
from ..french import signed
from ..periods import short_label
from .parts import fill, frame, middle, rem, value_text

ROW, THICK, NAME = 46, 20, 15


def draw(chart: Chart, height: int = 0) -> str:
    points = chart.lines[0].points
    steps = levels(points)
    ends = [0.0, *[v for step in steps if step for v in step]]
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0

    def at(value: float) -> float:
        return (value - low) / span * 100

    body: list[str] = []
    for i, (p, step) in enumerate(zip(points, steps, strict=True)):
        y = i * ROW
        body.append(f'<text class="sn" x="0" y="{y + 11}">{escape(p.label or short_label(p.x))}</text>')
        top = y + NAME + 3
        if step is None:
            text = value_text(chart, p)
            body.append(f'<text class="em" x="{at(0):.1f}%" dx="8" y="{top + THICK / 2}">{text}</text>')
            continue
        a, b = sorted((at(step[0]), at(step[1])))
        whole = p.total or i == 0
        shade = "su" if whole else ("wu" if step[1] >= step[0] else "wd")
        text = value_text(chart, p) if whole or p.value is None else signed(p.value, chart.decimals)
        body.append(
            f'<g class="{shade}"><rect {fill(chart, p.mark)} x="{a:.2f}%" y="{top}" '
            f'width="{max(b - a, 0.15):.2f}%" height="{THICK}"/>'
            f'<text class="va" x="{b:.1f}%" dx="8" y="{top + THICK / 2}">{text}</text></g>'
        )
        if i + 1 < len(points) and steps[i + 1] is not None:
            x = f"{at(step[1]):.2f}%"
            body.append(f'<line class="jo" x1="{x}" x2="{x}" y1="{top + THICK}" y2="{top + ROW}"/>')
    tall = len(points) * ROW
    longest = max(len(value_text(chart, p)) for p in points) + 1
    return frame(chart, [f'<g class="hb">{"".join(body)}</g>'], tall + 8, 0, rem(longest + 1, 6), 4)


def levels(points: Sequence[Point]) -> list[tuple[float, float] | None]:
    """Where each bar starts and ends; None after an unknown step, until the next total."""
    out: list[tuple[float, float] | None] = []
    level: float | None = 0.0
    for i, p in enumerate(points):
        if p.state != "value":
            level = None
            out.append(None)
        elif p.total or i == 0:
            level = middle(p)
            out.append((0.0, level))
        elif level is None:
            out.append(None)
        else:
            out.append((level, level + middle(p)))
            level += middle(p)
    return out
