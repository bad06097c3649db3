"""The Plotly figure of a chart: the same rows as the picture and the table, as plain lists.

Colours are names of CSS tokens, « var(--accent) »; the page's script puts in those of the theme of the day.
`customdata` of each point is [name of the period or category, value in words]: the hover, the live region
and the table say the same thing.
"""

from datetime import date
from html import escape
from typing import Any

from .contract import Chart, Line, Point, is_dashed
from .french import quantity
from .marks import Mark
from .periods import beginning, long_label, position, short_label
from .scales import Horizontal, Vertical, nice_ticks, spread
from .svg.bar import edge_before
from .svg.hbar import names_fit_upright
from .svg.line import ordered
from .svg.parts import colour, extent, middle, value_text
from .svg.waterfall import levels
from .table import cell

TOKENS = {
    "su": "var(--accent)",
    "cx": "var(--context)",
    **{f"c{i}": f"var(--cat-{i})" for i in range(1, 7)},
}
SYMBOLS = {
    Mark.OBSERVED: "circle",
    Mark.COMMITTED: "circle-x-open",
    Mark.ANNOUNCED: "circle-open",
    Mark.POTENTIAL: "circle-open-dot",
    Mark.ESTIMATED: "diamond-open",
    Mark.PROVISIONAL: "diamond-open",
    Mark.TARGET: "line-ew-open",
}
CLEAR = "rgba(0,0,0,0)"
# No <b>: plotly.js writes it as a style attribute, which the Content-Security-Policy refuses.
HOVER = "%{customdata[0]}<br>%{customdata[1]}<extra></extra>"
HEIGHT = 264  # of the plot, in pixels, when labels are moved apart
CONFIG = {
    "locale": "fr",
    "responsive": True,
    "displayModeBar": False,
    "displaylogo": False,
    "showTips": False,
    "doubleClick": "reset",
}


def figure(chart: Chart) -> dict[str, Any]:
    """{data, layout, config}; Plotly for Python checks every name and value. Takes tens of milliseconds."""
    import plotly.graph_objects as go

    build = BUILDERS[_kind(chart)]
    traces, layout = build(chart)
    built = go.Figure(data=traces, layout={**base(chart), **layout}).to_plotly_json()
    built["layout"].pop("template", None)
    return {"data": built["data"], "layout": built["layout"], "config": dict(CONFIG)}


def _kind(chart: Chart) -> str:
    return "hbar" if chart.kind == "bar" and not names_fit_upright(chart) else chart.kind


def base(chart: Chart) -> dict[str, Any]:
    """What all figures share: calm axes, the site's type, French separators, no legend."""
    axis = {
        "gridcolor": "var(--grid)",
        "zerolinecolor": "var(--line-strong)",
        "zerolinewidth": 1,
        "ticks": "",
        "automargin": True,
    }
    notes = [watermark()] if chart.demo else []
    return {
        "autosize": True,
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": "var(--font-figures)", "size": 13, "color": "var(--ink-soft)"},
        "separators": ",\u202f",
        "margin": {"l": 8, "r": 8, "t": 16, "b": 8},
        "hoverlabel": {
            "bgcolor": "var(--surface)",
            "bordercolor": "var(--line-strong)",
            "font": {"family": "var(--font-figures)", "size": 14, "color": "var(--ink)"},
            "align": "left",
        },
        "hovermode": "closest",
        "dragmode": False,
        "showlegend": False,
        "xaxis": {**axis, "showgrid": False, "fixedrange": True},
        "yaxis": {**axis, "showgrid": True, "fixedrange": True},
        "annotations": notes,
    }


def watermark() -> dict[str, Any]:
    return {
        "text": "donnée fictive",
        "xref": "paper",
        "yref": "paper",
        "x": 0.5,
        "y": 0.5,
        "showarrow": False,
        "textangle": -14,
        "opacity": 0.15,
        "font": {"size": 32},
    }


def words(chart: Chart, line: Line, p: Point) -> list[str]:
    """The two lines of a hover: period or category; name and value with all that qualifies it."""
    value = cell(p, chart.decimals, line.provisional)
    if p.state == "value" and chart.unit:
        # The unit follows the number, before « [low ; high] » and « (provisoire) ».
        end = min(i for i in (value.find(" ["), value.find(" ("), len(value)) if i >= 0)
        value = f"{value[:end]}\u00a0{chart.unit}{value[end:]}"
    parts = [f"{line.name}\u00a0: {value}" if line.name else value]
    parts += [text for text in (p.note, p.perimeter) if text]
    return [
        escape(p.label or long_label(p.x), quote=False),
        "<br>".join(escape(t, quote=False) for t in parts),
    ]


def when(x: str | date) -> str:
    """A period as the ISO date of its middle; a category as itself."""
    day = position(x)
    return escape(str(x), quote=False) if day is None else date.fromordinal(int(day)).isoformat()


def _value(p: Point) -> float | None:
    return middle(p) if p.state == "value" else None


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
        ys = [_value(p) for p in line.points]
        dashed = [p.state == "value" and is_dashed(line, p) for p in line.points]
        solid = [None if d else y for d, y in zip(dashed, ys, strict=True)]
        # A dashed run starts from the solid point before it.
        tail = [
            y if d or (i + 1 < len(dashed) and dashed[i + 1]) else None
            for i, (d, y) in enumerate(zip(dashed, ys, strict=True))
        ]
        stroke = {"color": shade, "width": width}
        quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "connectgaps": False}
        traces.append(go.Scatter(x=xs, y=solid, line=stroke, **quiet))
        if any(dashed):
            traces.append(go.Scatter(x=xs, y=tail, line={**stroke, "dash": "5px,5px"}, **quiet))
        traces.append(
            go.Scatter(
                x=xs,
                y=ys,
                name=escape(line.name, quote=False),
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


def suffix(chart: Chart) -> str:
    return f"\u00a0{chart.unit}" if 0 < len(chart.unit) <= 2 else ""


def revision(line: Line) -> list[Any]:
    """The band between what is known now and what the edition before said."""
    import plotly.graph_objects as go

    if not any(p.revised_from is not None for p in line.points):
        return []
    xs = [when(p.x) for p in line.points]
    before = [
        None if (y := _value(p)) is None else y if p.revised_from is None else float(p.revised_from)
        for p in line.points
    ]
    quiet: dict[str, Any] = {"mode": "lines", "hoverinfo": "skip", "line": {"width": 0}}
    return [
        go.Scatter(x=xs, y=[_value(p) for p in line.points], **quiet),
        go.Scatter(
            x=xs, y=before, fill="tonexty", fillcolor="var(--accent-soft)", mode="lines", hoverinfo="skip",
            line={"width": 1, "color": "var(--accent-soft)"},
        ),
    ]  # fmt: skip


def whiskers(line: Line, horizontal: bool = False) -> dict[str, Any] | None:
    """Intervals as error bars around the value."""
    if not any(p.low is not None and p.high is not None for p in line.points):
        return None
    up, down = [], []
    for p in line.points:
        known = p.state == "value" and p.low is not None and p.high is not None
        at = middle(p) if known else 0.0
        up.append(float(p.high) - at if known else 0.0)  # type: ignore[arg-type]
        down.append(at - float(p.low) if known else 0.0)  # type: ignore[arg-type]
    return {
        "type": "data",
        "array": up,
        "arrayminus": down,
        "color": "var(--ink)",
        "thickness": 1.5,
        "width": 0,
    }


def breaks_and_target(chart: Chart, lying: bool = False) -> tuple[list[Any], list[Any]]:
    shapes: list[Any] = []
    notes: list[Any] = []
    xs = ordered(chart)
    across = Horizontal(xs)
    places: list[tuple[str, Any]] = []
    for b in chart.breaks:
        at = across.beginning(b.x) if chart.kind == "line" else edge_before(xs, b.x)
        if at is None:
            continue
        # On an axis of categories a place is a number: « 2020 » would be read as the 2021st.
        day = None if chart.kind != "line" or across.categories else beginning(b.x)
        steps = len(xs) - 1 if chart.kind == "line" else len(xs)
        edge = 0.0 if chart.kind == "line" else 0.5
        spot = at * steps / 1000 - edge if day is None else date.fromordinal(int(day)).isoformat()
        places.append((b.label, spot))
    for row, (label, x) in enumerate(places):
        shapes.append({
            "type": "line", "x0": x, "x1": x, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"color": "var(--ink-soft)", "width": 1, "dash": "dot"},
        })  # fmt: skip
        notes.append({
            "x": x, "yref": "paper", "y": 1, "yshift": 12 + 17 * row, "xanchor": "left", "showarrow": False,
            "text": escape(label, quote=False),
        })  # fmt: skip
    if chart.target is not None:
        value = float(chart.target.value)
        place = {"x0": value, "x1": value, "yref": "paper", "y0": 0, "y1": 1}
        if not lying:
            place = {"y0": value, "y1": value, "xref": "paper", "x0": 0, "x1": 1}
        shapes.append({
            "type": "line", **place, "line": {"color": "var(--link)", "width": 1.5, "dash": "8px,4px"},
        })  # fmt: skip
        if lying or chart.kind != "line":
            text = f"{chart.target.label} {quantity(chart.target.value, chart.unit, chart.decimals)}"
            notes.append({
                **({"x": value, "yref": "paper", "y": 1, "xanchor": "left"} if lying
                   else {"y": value, "xref": "paper", "x": 1, "xanchor": "right", "yanchor": "bottom"}),
                "showarrow": False, "text": escape(text, quote=False), "font": {"color": "var(--link)"},
            })  # fmt: skip
    return shapes, notes


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
            "showarrow": False, "text": escape(text, quote=False), "font": {"color": shade},
        }
        for (text, value, shade), y, true in zip(named, placed, wanted, strict=True)
    ]  # fmt: skip


def bars(chart: Chart, lying: bool = False) -> tuple[list[Any], dict[str, Any]]:
    """Bars of every mark; outlines that Plotly cannot dash are drawn as shapes over empty bars."""
    import plotly.graph_objects as go

    xs = ordered(chart)
    names = [escape(short_label(x), quote=False) for x in xs]
    stacked = chart.kind == "stacked"
    groups = 1 if stacked else len(chart.lines)
    traces: list[Any] = []
    outlines: list[Any] = []
    for index, line in enumerate(chart.lines):
        shade = TOKENS[colour(chart, index)]
        cells = {p.x: p for p in line.points}
        points = [cells.get(x) for x in xs]
        values = [None if p is None else _value(p) for p in points]
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
                name=escape(line.name, quote=False),
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
                text=["" if p is None else escape(value_text(chart, p), quote=False) for p in points],
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
        "showlegend": len(chart.lines) > 1,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
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
        scattered(
            chart, i, [_value(p) for p in ln.points], [escape(str(p.x), quote=False) for p in ln.points]
        )
        for i, ln in enumerate(chart.lines)
    ]
    return traces, {
        "xaxis": layout["xaxis"],
        "yaxis": layout["yaxis"],
        "showlegend": len(chart.lines) > 1,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
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
        trace.text = [
            f" {escape(f'{value_text(chart, p, True)} {p.note}', quote=False)} " for p in line.points
        ]
        trace.textposition = [
            "middle left" if (across(p.x) or 0) > 500 else "middle right" for p in line.points
        ]
        trace.cliponaxis = False
        traces.append(trace)
        row += len(line.points) + 0.6
    layout["yaxis"] |= {
        "tickvals": ticks,
        "ticktext": [escape(line.name, quote=False) for line in chart.lines],
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
        name=escape(line.name, quote=False),
        mode="markers",
        marker={"color": shade, "size": 11, "symbol": [SYMBOLS[p.mark] for p in line.points]},
        error_x=whiskers(line) if chart.kind == "dots" else None,
        customdata=[words(chart, line, p) for p in line.points],
        hovertemplate=HOVER,
    )


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
        y=[escape(short_label(p.x), quote=False) for p in line.points],
        x=[None if s is None else s[1] - s[0] for s in steps],
        base=[0.0 if s is None else s[0] for s in steps],
        orientation="h",
        name=escape(line.name, quote=False),
        marker={"color": shades},
        customdata=[words(chart, line, p) for p in line.points],
        hovertemplate=HOVER,
    )
    return [trace], {"xaxis": layout["xaxis"], "yaxis": layout["yaxis"], "bargap": 0.4}


BUILDERS = {
    "line": lines,
    "bar": bars,
    "hbar": lying_bars,
    "stacked": bars,
    "dots": dots,
    "strip": strip,
    "waterfall": waterfall,
}
