"""Conversion and delay with cases still open and cases lost, held against published implementations."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf

from projects.survival import End, Followed, at, curve, followed_for, median_delay

# Twenty cases; shares and bounds of AalenJohansenFitter (lifelines 0.30.3) on the same days.
DAYS = [30, 60, 61, 90, 120, 150, 180, 181, 240, 300, 365, 400, 420, 500, 600, 700, 720, 800, 900, 1000]
ENDS = [2, 1, 2, 0, 1, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 0, 1, 0, 2, 0]
TWENTY = [Followed(days, End(end)) for days, end in zip(DAYS, ENDS, strict=True)]
DECIDED = {
    60: (0.05, 0.003454, 0.205299),
    181: (0.209375, 0.065127, 0.40856),
    500: (0.391518, 0.173845, 0.604962),
    720: (0.47431, 0.224303, 0.689212),
}
LOST = {
    30: (0.05, 0.003454, 0.205299),
    365: (0.21108, 0.065202, 0.412208),
    900: (0.401502, 0.153253, 0.641486),
}

case = st.builds(Followed, st.integers(1, 60), st.sampled_from(End))
some = st.lists(case, min_size=1, max_size=40)


@pytest.mark.parametrize(("share", "expected"), [("decided", DECIDED), ("lost", LOST)])
def test_shares_and_intervals_are_those_of_aalen_and_johansen(share, expected):
    steps = curve(TWENTY)
    for day, (value, low, high) in expected.items():
        found = getattr(at(steps, day), share)
        assert (found.value, found.low, found.high) == pytest.approx((value, low, high), abs=2e-6)


@given(some)
def test_the_share_still_open_is_kaplan_meier_with_its_greenwood_interval(cases):
    ended = [c.days for c in cases if c.end != End.OPEN]
    if not ended:
        assert [step.open.value for step in curve(cases)] == [1.0]
        return
    data = CensoredData(uncensored=ended, right=[c.days for c in cases if c.end == End.OPEN])
    theirs = ecdf(data).sf
    with np.errstate(all="ignore"):
        bounds = theirs.confidence_interval(method="log-log")
    for step in curve(cases)[1:]:
        place = int(np.searchsorted(theirs.quantiles, step.day))
        assert step.open.value == pytest.approx(theirs.probabilities[place], abs=1e-9)
        low, high = bounds.low.probabilities[place], bounds.high.probabilities[place]
        if 0 < step.open.value < 1:
            assert (step.open.low, step.open.high) == pytest.approx((low, high), abs=1e-9)


@given(some)
def test_open_decided_and_lost_make_the_whole_cohort_and_never_go_back(cases):
    steps = curve(cases)
    for step in steps:
        assert step.open.value + step.decided.value + step.lost.value == pytest.approx(1)
        for share in (step.open, step.decided, step.lost):
            assert -1e-9 <= share.low <= share.value + 1e-9
            assert share.value - 1e-9 <= share.high <= 1 + 1e-9
    for before, after in pairwise(steps):
        assert after.decided.value >= before.decided.value
        assert after.open.value < before.open.value


@given(some)
def test_one_minus_kaplan_meier_would_overstate(cases):
    """With losses taken for open cases, as the naive curve does, nothing is ever lower."""
    naive = curve([Followed(c.days, End.OPEN if c.end == End.LOST else c.end) for c in cases])
    for step in curve(cases):
        assert at(naive, step.day).decided.value >= step.decided.value - 1e-12


def test_without_any_loss_it_is_one_minus_kaplan_meier():
    steps = curve([Followed(c.days, End.OPEN if c.end == End.LOST else c.end) for c in TWENTY])
    for step in steps:
        assert step.decided.value == pytest.approx(1 - step.open.value)
        if 0 < step.open.value < 1:
            assert 0 < step.decided.low < step.decided.value < step.decided.high < 1


def test_a_median_that_is_not_reached_is_no_number():
    assert median_delay(curve(TWENTY)) is None
    assert (
        median_delay(curve([Followed(10, End.DECIDED), Followed(20, End.DECIDED), Followed(30, End.LOST)]))
        == 20
    )
    assert median_delay(curve([Followed(10, End.OPEN)])) is None
    assert (curve([]), median_delay([]), followed_for([])) == ([], None, 0)


def test_a_case_decided_the_day_it_entered_counts_from_the_first_day():
    steps = curve([Followed(0, End.DECIDED), Followed(5, End.OPEN)])
    assert at(steps, 0).decided.value == 0.5
