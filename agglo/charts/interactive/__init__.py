"""The Plotly figure of a chart: the same rows as the picture and the table, as plain lists.

Colours are names of CSS tokens, « var(--accent) »; the page's script puts in those of the theme of the day.
`customdata` of each point is [name of the period or category, value in words]: the hover, the live region
and the table say the same thing.
"""

from typing import Any

from ..contract import Chart
from ..svg.hbar import names_fit_upright
from .bar import bars, lying_bars
from .dots import dots, strip
from .line import lines
from .parts import base
from .waterfall import waterfall

CONFIG = {
    "locale": "fr",
    "responsive": True,
    "displayModeBar": False,
    "displaylogo": False,
    "showTips": False,
    "doubleClick": "reset",
}

BUILDERS = {
    "line": lines,
    "bar": bars,
    "hbar": lying_bars,
    "stacked": bars,
    "dots": dots,
    "strip": strip,
    "waterfall": waterfall,
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
