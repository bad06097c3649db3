"""Pictures, tables and figures say the same thing, whatever the kind of chart and the rows."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agglo.charts import Chart, ChartBreak, ChartTarget, Line, Mark, Point, french
from agglo.charts.contract import KINDS
from agglo.charts.marks import STATES
from tests.charts import gallery
from tests.charts.drawn import parsed

CHARTS = gallery.everything()

EACH = pytest.mark.parametrize("chart", CHARTS, ids=[chart.key for chart in CHARTS])


@EACH
def test_a_picture_is_named_described_and_carries_no_style(chart: Chart) -> None:
    root = parsed(chart)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    picture = root[0]
    assert picture.get("role") == "img"
    assert set(picture.get("aria-labelledby").split()) <= set(ids)
    assert root.find(".//title").text == chart.question
    assert root.find(".//desc").text
    assert not [e for e in root.iter() if e.get("style")]


@EACH
def test_the_interactive_figure_is_valid_and_plain(chart: Chart) -> None:
    import plotly.graph_objects as go

    figure = chart.figure()
    go.Figure(data=figure["data"], layout=figure["layout"])  # raises on any unknown name or value
    text = json.dumps(figure, allow_nan=False)
    assert "bdata" not in text
    assert figure["config"]["locale"] == "fr"
    assert "<b>" not in text


@EACH
def test_every_point_is_in_the_table_and_in_the_figure(chart: Chart) -> None:
    cells = [cell for row in chart.table().rows for cell in row]
    said = [w[1] for trace in chart.figure()["data"] for w in trace.get("customdata", [])]
    count = sum(len(ln.points) for ln in chart.lines)
    assert len([w for w in said if w]) == count
    for ln in chart.lines:
        for p in ln.points:
            text = french.number(p.value, chart.decimals) if p.state == "value" else STATES[p.state][1]
            assert any(text in cell for cell in cells)
            assert any(text in w for w in said)


numbers = st.decimals(-(10**6), 10**6, places=2) | st.integers(0, 10**6) | st.floats(-1e6, 1e6)

marks = st.sampled_from(list(Mark))

points = st.one_of(
    st.builds(lambda v, m: {"value": v, "mark": m}, numbers, marks),
    st.sampled_from([{"state": state} for state in STATES]),
)

names = st.text("Bé<>&\"' à", min_size=1, max_size=30)


@st.composite
def charts(draw) -> Chart:
    kind = draw(st.sampled_from(KINDS))
    alike = kind in ("stacked", "waterfall")
    temporal = kind not in ("hbar", "dots", "waterfall") and draw(st.booleans())
    count = draw(st.integers(1, 12))
    xs = [str(2010 + i) if temporal or kind == "strip" else f"C<{i}" for i in range(count)]
    lines = []
    for i in range(1 if kind == "waterfall" else draw(st.integers(1, 4))):
        rows = [draw(points) for _ in xs]
        if alike:
            rows = [{**row, "mark": Mark.OBSERVED} for row in rows]
            if kind == "stacked":
                rows = [{**row, "value": abs(row["value"])} if "value" in row else row for row in rows]
        lines.append(
            Line(draw(names), [Point(x, **row) for x, row in zip(xs, rows, strict=True)], subject=i == 1)
        )
    target = ChartTarget(draw(numbers)) if kind in ("line", "bar") and draw(st.booleans()) else None
    return Chart(
        "K/1",
        draw(names),
        draw(names),
        kind,
        lines,
        unit="%",
        decimals=1,
        target=target,
        breaks=[ChartBreak("2012", "<cause>")],
        demo=draw(st.booleans()),
    )


@settings(max_examples=150, deadline=None)
@given(charts())
def test_any_rows_give_a_well_formed_picture_and_table(chart: Chart) -> None:
    root = parsed(chart)
    coordinates = [
        value for e in root.iter() for name, value in e.attrib.items() if name in ("x", "y", "cx", "cy", "d")
    ]
    assert not any("nan" in value or "inf" in value for value in coordinates)
    bare = r" (data-chart|data-picture|data-explore|data-chart-status|download)(?=[ >])"
    ET.fromstring(re.sub(bare, "", chart.html()))
    assert all(len(row) == len(chart.table().columns) for row in chart.table().rows)
