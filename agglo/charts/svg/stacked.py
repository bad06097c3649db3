"""Bars piled up, one colour a component, each named beside the last pile; only for parts of one whole."""

from ..contract import Chart
from ..french import quantity
from ..scales import Vertical, nice_ticks
from .bar import categories
from .line import ordered
from .parts import fill, frame, margin_labels, middle, target_line, target_text, value_axis, value_text, wrap

HEIGHT = 264


def draw(chart: Chart, height: int = 0) -> str:
    plot = float(height or HEIGHT)
    xs = ordered(chart)
    cells = [{p.x: p for p in line.points} for line in chart.lines]
    totals = {x: sum(middle(c[x]) for c in cells if x in c and c[x].state == "value") for x in xs}
    high = max([*totals.values(), float(chart.target.value) if chart.target else 0.0])
    down = Vertical(nice_ticks(0, high, 4, whole=chart.decimals == 0), plot)
    body, left = value_axis(chart, down)
    band = 100 / len(xs)
    width = band * 0.72
    feet = dict.fromkeys(xs, 0.0)
    holes: dict = {}
    middles: list[float] = []
    for index in range(len(chart.lines)):
        rects: list[str] = []
        centre = plot
        for i, x in enumerate(xs):
            p = cells[index].get(x)
            if p is None:
                continue
            if p.state != "value":
                holes[x] = value_text(chart, p)
                continue
            y0, y1 = down(feet[x]), down(feet[x] + middle(p))
            feet[x] += middle(p)
            rects.append(
                f'<rect {fill(chart, p.mark, index)} x="{i * band + band * 0.14:.2f}%" y="{y1:.1f}" '
                f'width="{width:.2f}%" height="{y0 - y1:.1f}"/>'
            )
            centre = (y0 + y1) / 2
        middles.append(centre)
        body.append(f'<g class="c{index % 6 + 1} pile">{"".join(rects)}</g>')
    body.append(tops(chart, xs, band, down, totals, holes))
    body.append(categories(xs, band, plot))
    body.append(target_line(chart, down))
    labels, right = names(chart, middles, xs[-1], cells, down)
    body.append(labels)
    return frame(chart, body, plot + 60, left, right, 20)


def tops(chart: Chart, xs: list, band: float, down: Vertical, totals: dict, holes: dict) -> str:
    """The sum over each pile, or the sign of what is missing from it: an incomplete pile has no sum."""
    out: list[str] = []
    for i, x in enumerate(xs):
        text = holes.get(x) or quantity(totals[x], "", chart.decimals)
        kind = "em" if x in holes else "va"
        if len(text) * len(xs) > 70:
            kind += " wo"
        out.append(
            f'<text class="{kind}" x="{(i + 0.5) * band:.1f}%" y="{down(totals[x]) - 7:.1f}">{text}</text>'
        )
    return "".join(out)


def names(
    chart: Chart, middles: list[float], last: object, cells: list[dict], down: Vertical
) -> tuple[str, int]:
    """Each component named beside its share of the last pile, and the target."""
    texts, wanted, shades = [], list(middles), [f"c{i % 6 + 1}" for i in range(len(cells))]
    for line, cell in zip(chart.lines, cells, strict=True):
        p = cell.get(last)
        texts.append(wrap(f"{line.name} {value_text(chart, p)}" if p else line.name, 18))
    if chart.target is not None:
        texts.append(target_text(chart))
        wanted.append(down(float(chart.target.value)))
        shades.append("tl")
    return margin_labels(texts, wanted, shades, -10, down.height + 10)
