"""The Plotly figure of a chart: the same rows as the picture and the table, as plain lists."""

from typing import Any

from .contract import Chart


def figure(chart: Chart) -> dict[str, Any]:
    import plotly.graph_objects as go

    traces = [
        go.Scatter(x=[str(p.x) for p in line.points], y=[p.value for p in line.points], name=line.name)
        for line in chart.lines
    ]
    built = go.Figure(traces).to_plotly_json()
    return {"data": built["data"], "layout": built["layout"], "config": {"locale": "fr"}}
