"""Pictures, tables and figures say the same thing, whatever the rows."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agglo.charts import Chart, ChartBreak, ChartTarget, Line, Mark, Point, french, spark
from agglo.charts.contract import KINDS
from agglo.charts.marks import STATES
from tests.charts import gallery

CHARTS = gallery.everything()
EACH = pytest.mark.parametrize("chart", CHARTS, ids=[chart.key for chart in CHARTS])


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(f"<all>{chart.svg()}</all>")


def line(*points: Point, **more) -> Chart:
    return Chart("K", "Question", "Réponse", "line", [Line("L", list(points), subject=True)], **more)


def paths(chart: Chart) -> list[str]:
    return [
        path.get("d") for group in parsed(chart).iter("g") for path in group if group.get("class") == "ln su"
    ]


def words(chart: Chart) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(chart).iter("text")]


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


def test_a_missing_value_is_never_bridged() -> None:
    chart = line(
        Point("2020", 1), Point("2021", 2), Point("2022", state="missing"), Point("2023", 3), Point("2024", 4)
    )
    (path,) = paths(chart)
    assert path.count("M") == 2
    assert path.count("L") == 2


def test_a_point_alone_between_two_gaps_is_still_seen() -> None:
    chart = line(
        Point("2020", state="missing"), Point("2021", 2), Point("2022", state="missing"), Point("2023", 3)
    )
    assert len(list(parsed(chart).iter("circle"))) == 2


@pytest.mark.parametrize(("state", "sign"), [(s, w[0]) for s, w in STATES.items()])
def test_each_empty_state_has_its_own_sign(state: str, sign: str) -> None:
    chart = line(Point("2020", 1), Point("2021", 2), Point("2022", state=state))
    assert sign in words(chart)


def test_zero_is_a_number_like_any_other() -> None:
    chart = line(Point("2020", 4), Point("2021", 0), Point("2022", 3))
    assert paths(chart)[0].count("L") == 2
    assert chart.table().rows[1][1] == "0"


def test_an_uncertain_end_is_dashed_and_said() -> None:
    chart = line(Point("2020", 1), Point("2021", 2), Point("2022", 3, mark=Mark.PROVISIONAL))
    solid, dashed = paths(chart)
    assert solid.count("L") == 1
    assert dashed.count("L") == 1
    assert chart.table().rows[2][1] == "3 (provisoire)"
    assert "provisoire" in chart.html()


def test_bars_start_at_zero() -> None:
    chart = Chart("K", "Q", "R", "bar", [Line("L", [Point("2020", 90), Point("2021", 100)])])
    rects = list(parsed(chart).iter("rect"))
    ratio = float(rects[0].get("height")) / float(rects[1].get("height"))
    assert ratio == pytest.approx(0.9, abs=0.01)
    assert "0" in words(chart)
    assert max(float(r.get("y")) + float(r.get("height")) for r in rects) < 240


@pytest.mark.parametrize("kind", ["bar", "hbar", "dots", "strip", "line"])
@pytest.mark.parametrize("mark", [m for m in Mark if m is not Mark.OBSERVED])
def test_each_evidence_is_drawn_in_its_own_way(kind: str, mark: Mark) -> None:
    chart = Chart("K", "Q", "R", kind, [Line("L", [Point("2020", 5), Point("2021", 7, mark=mark)])])
    drawn = [e.get("class") for e in parsed(chart).iter() if e.tag in ("rect", "circle")]
    assert mark.value in drawn
    assert f"mk-{mark.value}" in chart.html()


def test_hatching_points_to_its_own_pattern() -> None:
    chart = Chart("A B", "Q", "R", "bar", [Line("L", [Point("2020", 5, mark=Mark.COMMITTED)])])
    (address,) = re.findall(r"url\(#([^)]+)\)", chart.svg())
    assert parsed(chart).find(f".//pattern[@id='{address}']") is not None


@pytest.mark.parametrize("kind", ["stacked", "waterfall"])
def test_figures_of_different_evidence_are_never_added_up(kind: str) -> None:
    with pytest.raises(ValueError, match="never added up"):
        Chart("K", "Q", "R", kind, [Line("L", [Point("a", 1), Point("b", 2, mark=Mark.ANNOUNCED)])])


@pytest.mark.parametrize(
    "wrong",
    [
        Point("2020"),
        Point("2020", 3, state="masked"),
        Point("2020", state="unheard of"),
        Point("2020", 3, qualifier="perhaps"),
    ],
)
def test_a_point_that_contradicts_itself_is_refused(wrong: Point) -> None:
    with pytest.raises(ValueError, match="K"):
        line(wrong)


def test_a_pile_with_a_hole_has_no_total() -> None:
    lines = [Line("A", [Point("2020", 3)]), Line("B", [Point("2020", state="masked")])]
    chart = Chart("K", "Q", "R", "stacked", lines)
    over = [
        t.text for t in parsed(chart).iter("text") if (t.get("class") or "").split()[:1] in (["va"], ["em"])
    ]
    assert over == ["s"]


def test_after_an_unknown_step_a_cascade_waits_for_the_next_total() -> None:
    rows = [
        Point("a", 10, total=True),
        Point("b", state="missing"),
        Point("c", -2),
        Point("d", 7, total=True),
    ]
    chart = Chart("K", "Q", "R", "waterfall", [Line("L", rows)])
    assert len(list(parsed(chart).iter("rect"))) == 2
    assert chart.figure()["data"][0]["x"] == [10.0, None, None, 7.0]


def test_attested_points_are_never_joined() -> None:
    root = parsed(gallery.strip())
    assert not list(root.iter("path"))
    assert all(trace["mode"].startswith("markers") for trace in gallery.strip().figure()["data"])


def test_a_revision_shows_in_the_picture_and_in_words() -> None:
    chart = line(Point("2020", 8), Point("2021", 8.4, revised_from=8.5), Point("2022", 8), decimals=1)
    assert parsed(chart).find(".//path[@class='rv']") is not None
    assert chart.table().rows[1][1] == "8,4 (révisé, 8,5 auparavant)"


def test_a_break_inside_the_period_is_drawn_and_one_outside_is_not() -> None:
    inside, outside = ChartBreak("2021-06", "Nouvelle définition"), ChartBreak("1990", "Avant")
    chart = line(Point("2020", 1), Point("2022", 2), breaks=[inside, outside])
    assert "Nouvelle définition" in words(chart)
    assert "Avant" not in words(chart)
    assert [row[-1] for row in chart.table().rows] == ["", "Nouvelle définition"]


def test_a_break_stands_where_its_period_begins() -> None:
    breaks = [ChartBreak("2021", "Nouvelle définition")]
    rows = [Point("2020", 1), Point("2021", 2)]
    across = parsed(line(*rows, breaks=breaks)).find(".//line[@class='br']").get("x1")
    assert float(across.rstrip("%")) == pytest.approx(50, abs=0.3)
    bars = Chart("K", "Q", "R", "bar", [Line("L", rows)], breaks=breaks)
    assert parsed(bars).find(".//line[@class='br']").get("x1") == "50.0%"


def test_the_target_is_a_line_and_a_column() -> None:
    chart = line(Point("2020", 1), Point("2021", 2), target=ChartTarget(5, "Objectif 2027"))
    assert any("Objectif 2027" in text for text in words(chart))
    assert chart.table().columns[-1] == "Objectif 2027"
    assert [row[-1] for row in chart.table().rows] == ["5", "5"]


@pytest.mark.parametrize(
    ("point", "drawn", "said"),
    [
        (Point("2020", 40, qualifier="about"), "≈\u202f40", "environ\u00a040"),
        (Point("2020", 180, qualifier="at_least"), "≥\u202f180", "au moins\u00a0180"),
        (Point("2020", low=10, high=12), "10–12", "entre 10 et\u00a012"),
    ],
)
def test_an_approximation_stays_one(point: Point, drawn: str, said: str) -> None:
    chart = line(Point("2019", 5), point)
    assert any(drawn in text for text in words(chart))
    assert chart.table().rows[1][1] == said


def test_text_from_outside_stays_text() -> None:
    nasty = '<script>alert(1)</script>&"'
    point = Point("2020", 1, note=nasty, label=nasty, perimeter=nasty)
    chart = Chart(
        "K", nasty, nasty, "strip", [Line(nasty, [point])],
        unit=nasty, source=nasty, source_url=f'/"{nasty}', note=nasty, breaks=[ChartBreak("2020", nasty)],
    )  # fmt: skip
    assert "<script" not in chart.html()
    assert "<script" not in json.dumps(chart.figure()["data"])


def test_the_tag_writes_the_figure_and_the_filter_the_number() -> None:
    from django.template import Context, Template

    page = Template("{% load charts %}{% chart c level=2 %}{% spark v %}{{ n|nombre }} {{ r|pourcent }}")
    html = page.render(Context({"c": gallery.bars(), "v": [1, None, 2, 3], "n": 2549, "r": 98.2}))
    assert "<h2" in html
    assert "<details" in html
    assert 'class="spark"' in html
    assert html.endswith("2\u202f549 98,2\u00a0%")


def test_a_spark_needs_two_numbers_and_lifts_its_pen_over_gaps() -> None:
    assert spark([1, None]) == ""
    assert spark([1, 2, None, 3]).count("M") == 2
    assert 'class="ring"' in spark([1, 2], provisional=True)


def test_a_usual_picture_is_light() -> None:
    quarters = [f"{2015 + i // 4}-T{i % 4 + 1}" for i in range(40)]
    lines = [Line(n, [Point(q, 7 + i % 9 / 3) for i, q in enumerate(quarters)]) for n in "ABCD"]
    assert len(Chart("K", "Q", "R", "line", lines, unit="%", decimals=1).svg()) < 4500
