"""Positions: periods on a time axis, round ticks, labels moved apart."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agglo.charts import periods
from agglo.charts.scales import Horizontal, Vertical, nice_ticks, spread, thin


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-S2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2021-T4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2020-09-16", date(2020, 9, 16), date(2020, 9, 16)),
    ],
)
def test_the_text_form_of_a_period_gives_its_two_ends(text, start, end) -> None:
    assert periods.parse(text) == (start, end)


@pytest.mark.parametrize("text", ["Béthune", "2021-T5", "2021-13", "15-24 ans", "2021-02-30", "0000", ""])
def test_a_category_is_not_a_period(text) -> None:
    assert periods.parse(text) is None


def test_the_four_quarters_surround_the_middle_of_their_year() -> None:
    quarters = [periods.position(f"2021-T{i}") for i in range(1, 5)]
    assert abs(sum(quarters) / 4 - periods.position("2021")) < 1


values = st.floats(-1e9, 1e9, allow_nan=False)


@given(values, values, st.booleans())
def test_ticks_are_round_evenly_spaced_and_hold_the_data(a: float, b: float, whole: bool) -> None:
    low, high = min(a, b), max(a, b)
    assume(high - low > 1e-6 or high == low)
    ticks = nice_ticks(low, high, 4, whole)
    slack = (ticks[1] - ticks[0]) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 12
    steps = [later - sooner for sooner, later in pairwise(ticks)]
    assert max(steps) - min(steps) <= max(abs(t) for t in ticks) * 1e-9 + 1e-9
    if whole:
        assert all(tick == int(tick) for tick in ticks)


def test_ticks_carry_no_dust() -> None:
    assert nice_ticks(0, 0.5, 5) == [0, 0.1, 0.2, 0.3, 0.4, 0.5]


def test_a_span_too_small_to_divide_is_no_span() -> None:
    ticks = nice_ticks(0.0, 2.2e-309)
    assert ticks[0] < 0 < ticks[-1]


@given(st.lists(st.floats(0, 264), min_size=1, max_size=8))
def test_labels_never_overlap_and_keep_their_order(wanted: list[float]) -> None:
    placed = spread(wanted, [18.0] * len(wanted), -10, 274)
    rows = sorted(zip(wanted, placed, strict=True))
    tops = [y for _, y in rows]
    assert all(b - a >= 18 - 1e-6 for a, b in pairwise(tops)) or len(set(wanted)) < len(wanted)
    ordered = sorted(placed)
    assert all(b - a >= 18 - 1e-6 for a, b in pairwise(ordered))
    assert min(placed) >= -10 + 9 - 1e-6
    assert max(placed) <= 274 - 9 + 1e-6


def test_labels_with_room_stay_where_they_belong() -> None:
    assert spread([10, 100, 200], [18, 18, 18], -10, 264) == [10, 100, 200]


def test_a_value_stands_between_its_ticks() -> None:
    scale = Vertical([0, 5, 10], 200)
    assert [scale(0), scale(5), scale(10)] == [200, 100, 0]


def test_years_and_quarters_share_one_axis() -> None:
    axis = Horizontal(["2020", "2021-T1", "2022"])
    assert axis("2020") == 0
    assert axis("2022") == 1000
    assert 0 < axis("2021-T1") < 1000
    assert axis("2030") is None


def test_categories_stand_side_by_side() -> None:
    axis = Horizontal(["Béthune", "Lens", "Arras"])
    assert [axis(name) for name in ("Béthune", "Lens", "Arras")] == [0, 500, 1000]
    assert axis("Lille") is None


@given(st.integers(1, 200), st.integers(1, 20), st.integers(1, 8))
def test_the_last_label_always_stays(count: int, wide: int, narrow: int) -> None:
    shown = thin([(float(i), str(i)) for i in range(count)], wide, narrow)
    assert shown[-1] == (float(count - 1), str(count - 1), True)
    assert len(shown) <= wide
    assert sum(phone for _, _, phone in shown) <= max(1, narrow)
