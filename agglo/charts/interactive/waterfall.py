"""Waterfalls: lying bars that start where the last one ended."""

from typing import Any

from ..contract import Chart
from ..periods import short_label
from ..svg.waterfall import levels
from .parts import HOVER, base, plain, words


def waterfall(chart: Chart) -> tuple[list[Any], dict[str, Any]]:
    """Lying bars that start where the last one ended."""
    import plotly.graph_objects as go

    line = chart.lines[0]
    steps = levels(line.points)
    wholes = [p.total or i == 0 for i, p in enumerate(line.points)]
    shades = [
        "var(--accent)" if whole else "var(--cat-2)" if step and step[1] > step[0] else "var(--context)"
        for whole, step in zip(wholes, steps, strict=True)
    ]
    layout = base(chart)
    layout["yaxis"] |= {"type": "category", "autorange": "reversed", "showgrid": False}
    layout["xaxis"] |= {"rangemode": "tozero", "showgrid": True, "nticks": 6}
    trace = go.Bar(
        y=[plain(short_label(p.x)) for p in line.points],
        x=[None if s is None else s[1] - s[0] for s in steps],
        base=[0.0 if s is None else s[0] for s in steps],
        orientation="h",
        name=plain(line.name),
        marker={"color": shades},
        customdata=[words(chart, line, p) for p in line.points],
        hovertemplate=HOVER,
    )
    return [trace], {"xaxis": layout["xaxis"], "yaxis": layout["yaxis"], "bargap": 0.4}
