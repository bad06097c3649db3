"""The pipeline as ranges, and past weights against what came true: properties, then examples by hand."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from projects.calibration import Forecast, calibration, wilson
from projects.portfolio import Case, portfolio

HALF, TENTH, WHOLE = Fraction(1, 2), Fraction(1, 10), Fraction(1)
numbers = st.one_of(
    st.tuples(st.none(), st.none()),
    st.tuples(st.integers(0, 900), st.none()),
    st.tuples(st.none(), st.integers(0, 900)),
    st.tuples(st.integers(0, 400), st.integers(400, 900)),
)
case = st.builds(
    lambda code, engaged, weight, said, pool, share: Case(code, engaged, weight, *said, pool, share),
    st.text("abcdef", min_size=3, max_size=6),
    st.booleans(),
    st.sampled_from([TENTH, HALF, WHOLE]),
    numbers,
    st.sampled_from(["", "", "parc"]),
    st.sampled_from([WHOLE, HALF, None]),
)
cases = st.lists(case, max_size=10, unique_by=lambda one: one.code)


@given(cases)
def test_every_case_is_counted_once_or_said_to_be_apart(some):
    found = portfolio(some)
    assert found.cases == len(some)
    assert found.every.cases + found.unsaid + found.aside + found.repeated == len(some)


@given(cases)
def test_ranges_are_ordered_and_lie_within_all_the_cases(some):
    found = portfolio(some)
    for part in (found.engaged, found.weighted, found.without_largest):
        assert part.high is None or part.low <= part.high
        assert part.low <= found.every.low
        if part.high is not None and found.every.high is not None:
            assert part.high <= found.every.high
    assert found.without_largest.low <= found.weighted.low


@given(cases, st.randoms())
def test_the_order_of_cases_changes_nothing(some, random):
    mixed = some.copy()
    random.shuffle(mixed)
    assert portfolio(mixed) == portfolio(some)


def test_a_giant_case_is_named_and_taken_away():
    found = portfolio(
        [
            Case("Géant", False, HALF, 100, 300),
            Case("Petit", True, Fraction(9, 10), 10, 10),
            Case("Sûr", True, Fraction(9, 10), 20, 30),
        ]
    )
    assert (found.engaged.rounded, found.weighted.rounded) == ((30, 40), (77, 186))
    assert (found.every.rounded, found.without_largest.rounded) == ((130, 340), (27, 36))
    assert found.largest.code == "Géant"
    assert found.is_concentrated


def test_what_nobody_said_is_no_zero_and_at_least_has_no_upper_bound():
    found = portfolio([Case("A", False, HALF, None, None), Case("B", False, HALF, 40, None)])
    assert (found.unsaid, found.every.cases) == (1, 1)
    assert found.every.rounded == (40, None)
    assert portfolio([Case("C", False, HALF, None, 300)]).weighted.rounded == (0, 150)


def test_a_park_of_two_authorities_counts_its_agreed_part_or_nothing():
    shared = portfolio(
        [Case("A", False, WHOLE, 100, 100, "parc", HALF), Case("B", True, WHOLE, 80, 80, "parc", HALF)]
    )
    assert (shared.every.rounded, shared.repeated) == ((40, 40), 1)
    unsettled = portfolio([Case("A", False, WHOLE, 100, 100, "acc", None)])
    assert (unsettled.every.rounded, unsettled.aside) == ((0, 0), 1)


@given(st.integers(1, 200), st.data())
def test_the_interval_is_that_of_wilson(count, data):
    hits = data.draw(st.integers(0, count))
    theirs = binomtest(hits, count).proportion_ci(method="wilson")
    assert wilson(hits, count) == pytest.approx((hits / count, theirs.low, theirs.high), abs=1e-9)


def test_weights_are_judged_on_known_ends_only_and_few_ends_say_nothing():
    forecasts = [Forecast(TENTH, 2, True)] * 2 + [Forecast(TENTH, 2, None)] * 7
    found = calibration(forecasts)
    (only,) = found.classes
    assert (only.forecasts, only.known, only.share, only.verdict) == (
        9,
        2,
        1.0,
        "trop peu de dossiers pour juger",
    )
    assert (found.still_open, found.brier, found.constant) == (7, pytest.approx(0.81), 0.0)


@pytest.mark.parametrize(
    ("settled", "lost", "verdict"),
    [(10, 10, "rien ne contredit ce poids"), (0, 20, "trop élevé"), (20, 0, "trop faible")],
)
def test_a_weight_is_too_high_or_too_low_only_outside_its_interval(settled, lost, verdict):
    found = calibration([Forecast(HALF, 5, True)] * settled + [Forecast(HALF, 5, False)] * lost)
    assert found.classes[0].verdict == verdict
    assert found.brier == pytest.approx(0.25)


def test_without_any_forecast_nothing_is_said():
    found = calibration([])
    assert (found.classes, found.known, found.brier, found.constant) == ([], 0, None, None)
