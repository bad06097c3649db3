"""Bars: upright, lying or stacked, each mark with its own edge and filling."""

from typing import Any

from ..contract import Chart, Point
from ..marks import Mark
from ..periods import short_label
from ..svg.line import ordered
from ..svg.parts import colour, middle, value_text
from .parts import (
    CLEAR,
    HOVER,
    TOKENS,
    base,
    breaks_and_target,
    legend,
    plain,
    plotted,
    suffix,
    whiskers,
    words,
)


def bars(chart: Chart, lying: bool = False) -> tuple[list[Any], dict[str, Any]]:
    """Bars of every mark; outlines that Plotly cannot dash are drawn as shapes over empty bars."""
    import plotly.graph_objects as go

    xs = ordered(chart)
    names = [plain(short_label(x)) for x in xs]
    stacked = chart.kind == "stacked"
    groups = 1 if stacked else len(chart.lines)
    traces: list[Any] = []
    outlines: list[Any] = []
    for index, line in enumerate(chart.lines):
        shade = TOKENS[colour(chart, index)]
        cells = {p.x: p for p in line.points}
        points = [cells.get(x) for x in xs]
        values = [None if p is None else plotted(p) for p in points]
        solid = [p is not None and p.mark in (Mark.OBSERVED, Mark.TARGET) for p in points]
        for i, p in enumerate(points):
            if p is not None and p.state == "value" and not solid[i] and p.mark is not Mark.COMMITTED:
                outlines.append(outline(p, i, index, groups, shade, lying))
        shown = {"y": names, "x": values} if lying else {"x": names, "y": values}
        error = {"error_x" if lying else "error_y": whiskers(line)}
        traces.append(
            go.Bar(
                **shown,
                **error,
                orientation="h" if lying else "v",
                name=plain(line.name),
                marker={
                    "color": [
                        shade if s or (p is not None and p.mark is Mark.COMMITTED) else CLEAR
                        for s, p in zip(solid, points, strict=True)
                    ],
                    "line": {"color": shade, "width": [_edge(p) for p in points]},
                    "pattern": {
                        "shape": ["/" if p is not None and p.mark is Mark.COMMITTED else "" for p in points],
                        "size": 6,
                        "solidity": 0.35,
                    },
                },
                text=["" if p is None else plain(value_text(chart, p)) for p in points],
                textposition="inside" if stacked else "outside",
                cliponaxis=False,
                constraintext="none",
                textangle=0,
                customdata=[["", ""] if p is None else words(chart, line, p) for p in points],
                hovertemplate=HOVER,
            )
        )
    layout = base(chart)
    category, value = ("yaxis", "xaxis") if lying else ("xaxis", "yaxis")
    layout[category] |= {"type": "category", "showgrid": False}
    layout[value] |= {"showgrid": True, "rangemode": "tozero", "ticksuffix": suffix(chart), "nticks": 6}
    if lying:
        layout[category]["autorange"] = "reversed"
        layout[value]["showticklabels"] = False
    shapes, notes = breaks_and_target(chart, lying)
    return traces, {
        category: layout[category],
        value: layout[value],
        "barmode": "stack" if stacked else "group",
        "bargap": 0.28,
        "shapes": shapes + outlines,
        "annotations": layout["annotations"] + notes,
        "margin": {**layout["margin"], "t": 28, "r": 60 if lying else 8},
        **legend(chart),
    }


def _edge(p: Point | None) -> float:
    """Only announced figures keep Plotly's own, continuous outline."""
    return 1.75 if p is not None and p.mark in (Mark.ANNOUNCED, Mark.COMMITTED) else 0


def outline(p: Point, i: int, index: int, groups: int, shade: str, lying: bool) -> dict[str, Any]:
    """The dotted or dashed edge of a potential, estimated or provisional bar."""
    width = 0.72 / groups
    left = i - 0.36 + index * width
    dash = {Mark.POTENTIAL: "dot", Mark.ANNOUNCED: "solid"}.get(p.mark, "dash")
    near, far = {"0": left, "1": left + width}, {"0": 0.0, "1": middle(p)}
    across, along = (far, near) if lying else (near, far)
    edges = {f"x{k}": v for k, v in across.items()} | {f"y{k}": v for k, v in along.items()}
    return {"type": "rect", **edges, "line": {"color": shade, "width": 1.75, "dash": dash}}


def lying_bars(chart: Chart) -> tuple[list[Any], dict[str, Any]]:
    return bars(chart, lying=True)
