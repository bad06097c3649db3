"""What a picture shows and what it never does: gaps, evidence, breaks, targets, outside text."""

import json
import re

import pytest

from agglo.charts import Chart, ChartBreak, ChartTarget, Line, Mark, Point, spark
from agglo.charts.marks import STATES
from agglo.charts.svg.parts import wrap
from tests.charts import gallery
from tests.charts.drawn import line, parsed, paths, words


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


def test_a_stair_stays_level_until_the_next_value_and_bridges_no_gap() -> None:
    said = [Point("0", 0), Point("1", 40), Point("2", state="missing"), Point("3", 60), Point("4", 60)]
    chart = Chart("K", "Q", "R", "line", [Line("L", said, subject=True, step=True)])
    (path,) = paths(chart)
    first, second = [part.split("L") for part in path.split("M") if part]
    level = [stroke.split()[1] for stroke in first]
    assert level[0] == level[1] != level[2]
    assert len(second) == 3
    assert chart.figure()["data"][0]["line"]["shape"] == "hv"


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


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        ("emplois", "Emplois"),
        ("personnes, sur 786", "Personnes, sur 786"),
        ("ha", "ha"),
        ("t CO₂", "t CO₂"),
        ("kW", "kW"),
        ("empl./ha", "empl./ha"),
    ],
)
def test_words_take_a_capital_and_symbols_none(unit: str, written: str) -> None:
    html = line(Point("2020", 1), Point("2021", 2), unit_label=unit).html()
    assert f'<p class="chart-unit">{written}</p>' in html


def test_a_long_name_is_cut_at_its_hyphens_rather_than_at_the_edge_of_a_phone() -> None:
    said = [wrap(f"{name} 1294", 11) for name in ("Hauts-de-France", "Lens - Liévin", "Pas-de-Calais")]
    assert said == [["Hauts-de-", "France 1294"], ["Lens -", "Liévin 1294"], ["Pas-de-", "Calais 1294"]]
    assert max(len(part) for lines in said for part in lines) <= 11
    assert wrap("Zone de Saint-Omer 8,1", 17) == ["Zone de", "Saint-Omer 8,1"]


def test_points_of_several_years_stand_side_by_side_without_an_axis_of_years() -> None:
    said = [Point("2023", 12), Point("2023-01-01/2025-12-31", 41, label="2023 à 2025")]
    drawn = " ".join(words(Chart("K", "Q", "R", "strip", [Line("École", said, subject=True)])))
    assert "41" in drawn
    assert "2023 à 2025" in drawn
