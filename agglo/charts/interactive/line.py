"""Lines: gaps stay open, an uncertain run is dashed, names stand at the right end."""

from typing import Any

from ..contract import Chart, Line, is_dashed
from ..french import quantity
from ..marks import Mark
from ..periods import position
from ..scales import Vertical, nice_ticks, spread
from ..svg.line import ordered
from ..svg.parts import colour, extent, middle, value_text
from .parts import (
    HOVER,
    SYMBOLS,
    TOKENS,
    base,
    breaks_and_target,
    plain,
    plotted,
    suffix,
    when,
    whiskers,
    words,
)

HEIGHT = 264  # of the plot, in pixels, when labels are moved apart


def lines(chart: Chart) -> tuple[list[Any], dict[str, Any]]:
    import plotly.graph_objects as go

    traces: list[Any] = []
    order = sorted(range(len(chart.lines)), key=lambda i: chart.lines[i].subject)
    for index in order:
        line = chart.lines[index]
        shade = TOKENS[colour(chart, index)]
        width = 3 if colour(chart, index) == "su" else 1.5
        if width == 3:
            traces += revision(line)
        xs = [when(p.x) for p in line.points]
        ys = [plotted(p) for p in line.points]
        dashed = [p.state == "value" and is_dashed(line, p) for p in line.points]
        solid = [None if d else y for d, y in zip(dashed, ys, strict=True)]
        # A dashed run starts from the solid point before it.
        tail = [
            y if d or (i + 1 < len(dashed) and dashed[i + 1]) else None
            for i, (d, y) in enumerate(zip(dashed, ys, strict=True))
        ]
        stroke = {"color": shade, "width": width} | ({"shape": "hv"} if line.step else {})
        quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "connectgaps": False}
        traces.append(go.Scatter(x=xs, y=solid, line=stroke, **quiet))
        if any(dashed):
            traces.append(go.Scatter(x=xs, y=tail, line={**stroke, "dash": "5px,5px"}, **quiet))
        traces.append(
            go.Scatter(
                x=xs,
                y=ys,
                name=plain(line.name),
                mode="markers",
                marker={
                    "color": shade,
                    "size": [8 if p.mark is not Mark.OBSERVED else 5 for p in line.points],
                    "symbol": ["circle-open" if is_dashed(line, p) else SYMBOLS[p.mark] for p in line.points],
                    "opacity": [0.001 if p.mark is Mark.OBSERVED and width < 3 else 1 for p in line.points],
                },
                error_y=whiskers(line),
                customdata=[words(chart, line, p) for p in line.points],
                hovertemplate=HOVER,
            )
        )
    layout = base(chart)
    xaxis, yaxis = layout["xaxis"], layout["yaxis"]
    if all(position(x) is not None for x in ordered(chart)):
        xaxis |= {
            "type": "date",
            "fixedrange": False,
            "tickformatstops": [
                {"dtickrange": [None, "M1"], "value": "%d %b %Y"},
                {"dtickrange": ["M1", "M6"], "value": "%b %Y"},
                {"dtickrange": ["M6", None], "value": "%Y"},
            ],
        }
    else:
        xaxis["type"] = "category"
    low, high = extent(chart, chart.zero)
    ticks = nice_ticks(low, high, 4, whole=chart.decimals == 0)
    yaxis |= {"range": [ticks[0], ticks[-1]], "tickvals": ticks, "ticksuffix": suffix(chart)}
    shapes, notes = breaks_and_target(chart)
    return traces, {
        "xaxis": xaxis,
        "yaxis": yaxis,
        "dragmode": "zoom",
        "shapes": shapes,
        "annotations": layout["annotations"] + notes + end_labels(chart),
        "margin": {**layout["margin"], "r": 130, "t": 16 + 17 * len(chart.breaks)},
    }


def revision(line: Line) -> list[Any]:
    """The band between what is known now and what the edition before said."""
    import plotly.graph_objects as go

    if not any(p.revised_from is not None for p in line.points):
        return []
    xs = [when(p.x) for p in line.points]
    before = [
        None if (y := plotted(p)) is None else y if p.revised_from is None else float(p.revised_from)
        for p in line.points
    ]
    quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "line": {"width": 0}}
    return [
        go.Scatter(x=xs, y=[plotted(p) for p in line.points], **quiet),
        go.Scatter(
            x=xs, y=before, fill="tonexty", fillcolor="var(--accent-soft)", mode="lines", hoverinfo="skip",
            line={"width": 1, "color": "var(--accent-soft)"},
        ),
    ]  # fmt: skip


def end_labels(chart: Chart) -> list[Any]:
    """Names at the right end of the lines, moved apart as on the picture."""
    named: list[tuple[str, float, str]] = []
    for index, line in enumerate(chart.lines):
        last = next((p for p in reversed(line.points) if p.state == "value"), None)
        if last is not None:
            text = f"{line.name} {value_text(chart, last)}".strip()
            named.append((text, middle(last), TOKENS[colour(chart, index)]))
    if chart.target is not None:
        text = f"{chart.target.label} {quantity(chart.target.value, '', chart.decimals)}"
        named.append((text, float(chart.target.value), "var(--link)"))
    low, high = extent(chart, chart.zero)
    scale = Vertical(nice_ticks(low, high, 4, whole=chart.decimals == 0), HEIGHT)
    wanted = [scale(value) for _, value, _ in named]
    placed = spread(wanted, [18.0] * len(named), -10, HEIGHT + 10)
    return [
        {
            "xref": "paper", "x": 1, "xanchor": "left", "xshift": 8, "y": value, "yshift": true - y,
            "showarrow": False, "text": plain(text), "font": {"color": shade},
        }
        for (text, value, shade), y, true in zip(named, placed, wanted, strict=True)
    ]  # fmt: skip
