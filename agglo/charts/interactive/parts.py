"""What every interactive figure shares: theme, words of a hover, whiskers, breaks and target."""

from datetime import date
from html import escape
from typing import Any

from ..contract import Chart, Line, Point
from ..french import quantity
from ..marks import Mark
from ..periods import beginning, long_label, position
from ..scales import Horizontal
from ..svg.bar import edge_before
from ..svg.line import ordered
from ..svg.parts import middle
from ..table import cell

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


def legend(chart: Chart) -> dict[str, Any]:
    """Names of the lines above the plot, when there are several."""
    return {
        "showlegend": len(chart.lines) > 1,
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
    }


def plain(text: object) -> str:
    """Text from outside as Plotly must show it: a tag in it stays letters."""
    return escape(str(text), quote=False)


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
        plain(p.label or long_label(p.x)),
        "<br>".join(plain(t) for t in parts),
    ]


def when(x: str | date) -> str:
    """A period as the ISO date of its middle; a category as itself."""
    day = position(x)
    return plain(x) if day is None else date.fromordinal(int(day)).isoformat()


def plotted(p: Point) -> float | None:
    return middle(p) if p.state == "value" else None


def suffix(chart: Chart) -> str:
    return f"\u00a0{chart.unit}" if 0 < len(chart.unit) <= 2 else ""


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
            "text": plain(label),
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
                "showarrow": False, "text": plain(text), "font": {"color": "var(--link)"},
            })  # fmt: skip
    return shapes, notes
