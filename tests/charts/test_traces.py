"""Plain values in columns are drawn, told and explored as the same values given one by one."""

from decimal import Decimal

import pytest

from agglo.charts import Chart, ChartBreak, ChartTarget, Line, Mark, Point, Trace

QUARTERS = tuple(f"{year}-T{quarter}" for year in range(2019, 2025) for quarter in (1, 2, 3, 4))


def digits(start):
    return [str(Decimal(start) + Decimal(7 * i % 11) / 10) for i in range(len(QUARTERS))]


def one_by_one(trace):
    return [Point(x, value=Decimal(value)) for x, value in zip(trace.xs, trace.digits, strict=True)]


def chart(points, kind="line", starts=("8.4", "-1.25"), **more):
    names = ["Zone de Béthune", "Zone de Lens"]
    lines = [
        Line(names[place], points(Trace(QUARTERS, digits(start))), subject=place == 0)
        for place, start in enumerate(starts)
    ]
    return Chart("c", "Monte-t-il ?", "Oui.", kind, lines, "%", 1, **more)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"zero": True, "target": ChartTarget(Decimal("12.5"))},
        {"breaks": [ChartBreak("2021-T2", "Nouvelle définition")]},
        {"kind": "bar", "starts": ("8.4",)},
        {"starts": ("8.4",)},
    ],
)
def test_a_trace_is_drawn_told_and_explored_like_its_points(more):
    columns, points = chart(lambda trace: trace, **more), chart(one_by_one, **more)
    assert columns.html() == points.html()
    assert columns.figure() == points.figure()
    assert columns.table() == points.table()
    assert columns.marks() == [Mark.OBSERVED]


def test_a_trace_beside_points_that_say_more_keeps_their_signs():
    def ending(trace):
        return [*one_by_one(trace)[:-2], Point(QUARTERS[-2], state="masked"), provisional]

    provisional = Point(QUARTERS[-1], value=Decimal("14.5"), mark=Mark.PROVISIONAL)
    trace = Trace(QUARTERS, digits("8.4"))

    def both(first, second):
        lines = [Line("Béthune", first, subject=True), Line("Lens", second)]
        return Chart("c", "Monte-t-il ?", "", "line", lines, "%", 1).html()

    assert both(ending(trace), trace) == both(ending(trace), one_by_one(trace))
    assert both(trace, ending(trace)) == both(one_by_one(trace), ending(trace))
    assert "provisoire" in both(trace, ending(trace))


def test_a_provisional_line_of_plain_values_is_dashed():
    trace = Trace(QUARTERS, digits("8.4"))
    pictures = [
        Chart("c", "?", "", "line", [Line("Béthune", points, provisional=True)]).html()
        for points in (trace, one_by_one(trace))
    ]
    assert pictures[0] == pictures[1]
    assert 'class="da"' in pictures[0]


def test_a_trace_keeps_the_digits_as_written_and_reads_like_a_list():
    trace = Trace(("2021", "2022", "2023"), ["8.45", "8.40", "9"])
    assert [str(point.value) for point in trace] == ["8.45", "8.40", "9"]
    assert (len(trace), trace[-1].x, [p.x for p in trace[:2]]) == (3, "2023", ["2021", "2022"])
    assert next(reversed(trace)).x == "2023"
    for xs, numbers in (((), []), (("2021",), ["1", "2"])):
        with pytest.raises(ValueError, match="one number a period"):
            Trace(xs, numbers)
