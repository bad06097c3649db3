"""Points that are never joined: dots on rows of categories, strips of dated facts."""

from typing import Any

from ..contract import Chart
from ..scales import Horizontal
from ..svg.line import ordered
from ..svg.parts import colour, value_text
from .parts import HOVER, SYMBOLS, TOKENS, base, legend, plain, plotted, suffix, when, whiskers, words


def dots(chart: Chart) -> tuple[list[Any], dict[str, Any]]:
    """One row a category."""
    layout = base(chart)
    layout["yaxis"] |= {"type": "category", "autorange": "reversed"}
    layout["xaxis"] |= {
        "showgrid": True,
        "ticksuffix": suffix(chart),
        "nticks": 6,
        "rangemode": "tozero" if chart.zero else "normal",
    }
    traces = [
        scattered(chart, i, [plotted(p) for p in ln.points], [plain(p.x) for p in ln.points])
        for i, ln in enumerate(chart.lines)
    ]
    return traces, {
        "xaxis": layout["xaxis"],
        "yaxis": layout["yaxis"],
        **legend(chart),
        "margin": {**layout["margin"], "t": 32},
    }


def strip(chart: Chart) -> tuple[list[Any], dict[str, Any]]:
    """One lane a perimeter, points on their dates, never joined; those of one day side by side downwards."""
    layout = base(chart)
    layout["xaxis"] |= {"type": "date", "tickformat": "%Y", "dtick": "M12", "showgrid": True}
    across = Horizontal(ordered(chart))
    traces: list[Any] = []
    ticks: list[float] = []
    row = 0.0
    for index, line in enumerate(chart.lines):
        ticks.append(row)
        ys = [row + i for i in range(len(line.points))]
        trace = scattered(chart, index, [when(p.x) for p in line.points], ys)
        trace.mode = "markers+text"
        trace.text = [f" {plain(f'{value_text(chart, p, True)} {p.note}')} " for p in line.points]
        trace.textposition = [
            "middle left" if (across(p.x) or 0) > 500 else "middle right" for p in line.points
        ]
        trace.cliponaxis = False
        traces.append(trace)
        row += len(line.points) + 0.6
    layout["yaxis"] |= {
        "tickvals": ticks,
        "ticktext": [plain(line.name) for line in chart.lines],
        "autorange": "reversed",
        "showgrid": False,
        "zeroline": False,
    }
    return traces, {"xaxis": layout["xaxis"], "yaxis": layout["yaxis"]}


def scattered(chart: Chart, index: int, xs: list[Any], ys: list[Any]) -> Any:
    import plotly.graph_objects as go

    line = chart.lines[index]
    shade = TOKENS[colour(chart, index)]
    return go.Scatter(
        x=xs,
        y=ys,
        name=plain(line.name),
        mode="markers",
        marker={"color": shade, "size": 11, "symbol": [SYMBOLS[p.mark] for p in line.points]},
        error_x=whiskers(line) if chart.kind == "dots" else None,
        customdata=[words(chart, line, p) for p in line.points],
        hovertemplate=HOVER,
    )
