"""From a gross figure to a net one: each step starts where the last one ended; `total` steps stand on zero."""

from ..contract import Chart
from ..french import signed
from ..scales import Vertical, nice_ticks
from .bar import categories
from .line import ordered
from .parts import fill, frame, middle, value_axis, value_text

HEIGHT = 264


def draw(chart: Chart, height: int = 0) -> str:
    plot = float(height or HEIGHT)
    points = chart.lines[0].points
    steps: list[tuple[float, float] | None] = []
    level: float | None = 0.0
    for p in points:
        if p.state != "value":
            # A step nobody knows: what follows has no height until the next total.
            steps.append(None)
            level = None
        elif p.total or not steps:
            level = middle(p)
            steps.append((0.0, level))
        elif level is None:
            steps.append(None)
        else:
            steps.append((level, level + middle(p)))
            level += middle(p)
    ends = [v for s in steps if s for v in s]
    down = Vertical(nice_ticks(min([0.0, *ends]), max([0.0, *ends]), 4, whole=chart.decimals == 0), plot)
    body, left = value_axis(chart, down)
    band = 100 / len(points)
    for i, (p, step) in enumerate(zip(points, steps, strict=True)):
        centre = f"{(i + 0.5) * band:.1f}%"
        if step is None:
            body.append(f'<text class="em" x="{centre}" y="{plot - 6:.0f}">{value_text(chart, p)}</text>')
            continue
        a, b = sorted((down(step[0]), down(step[1])))
        whole = p.total or i == 0
        shade = "su" if whole else ("wu" if step[1] >= step[0] else "wd")
        text = value_text(chart, p) if whole or p.value is None else signed(p.value, chart.decimals)
        body.append(
            f'<g class="{shade}"><rect {fill(chart, p.mark)} x="{i * band + band * 0.16:.2f}%" y="{a:.1f}" '
            f'width="{band * 0.68:.2f}%" height="{max(b - a, 0.5):.1f}"/>'
            f'<text class="va" x="{centre}" y="{a - 7:.1f}">{text}</text></g>'
        )
        if i + 1 < len(points) and steps[i + 1] is not None and not points[i + 1].total:
            y = down(step[1])
            body.append(
                f'<line class="jo" x1="{(i + 0.84) * band:.2f}%" x2="{(i + 1.16) * band:.2f}%" '
                f'y1="{y:.1f}" y2="{y:.1f}"/>'
            )
    body.append(categories(ordered(chart), band, plot))
    return frame(chart, body, plot + 60, left, 0, 20)
