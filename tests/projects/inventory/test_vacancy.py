"""The statutory rule on days that matter: two years at 1 January, empty all along, and what is not known."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.inventory import rounds
from projects.inventory.vacancy import Cfe, Standing, Stay, Unit, standing, vacancy

DAY = date(2026, 5, 1)
EMPTY = Stay(date(2020, 1, 1), None, False)


def ended(on: date, *stays: Stay) -> Unit:
    return Unit(Cfe.ENDED, on, stays or (EMPTY,))


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (ended(date(2024, 1, 1)), Standing.VACANT),
        (ended(date(2024, 1, 2)), Standing.UNOCCUPIED),  # a day short of two years at 1 January 2026
        (Unit(Cfe.NEVER, None, (EMPTY,)), Standing.UNOCCUPIED),  # never used is not vacant
        (Unit(Cfe.ACTIVE, None, (EMPTY,)), Standing.ACTIVE),
        (ended(date(2020, 1, 1), Stay(date(2019, 1, 1), None, True)), Standing.ACTIVE),  # without CFE
        (Unit(Cfe.UNKNOWN, None, (EMPTY,)), Standing.UNKNOWN),
        (Unit(Cfe.ENDED, date(2020, 1, 1)), Standing.UNKNOWN),  # nobody told who was there
        (Unit(Cfe.ENDED, date(2020, 1, 1), (Stay(date(2025, 1, 1), None, False),)), Standing.UNKNOWN),
        (Unit(Cfe.ENDED, date(2020, 1, 1), (Stay(date(2020, 1, 1), None, None),)), Standing.UNKNOWN),
        # Somebody came back for a month: occupied in the two years, so not vacant, whatever the CFE says.
        (
            Unit(
                Cfe.UNKNOWN, None,
                (Stay(date(2024, 6, 1), date(2024, 7, 1), True), Stay(date(2024, 7, 1), None, False)),
            ),
            Standing.UNOCCUPIED,
        ),
        # Two empty stretches that follow one another leave no hole.
        (
            ended(
                date(2020, 1, 1),
                Stay(date(2019, 1, 1), date(2025, 1, 1), False), Stay(date(2025, 1, 1), None, False),
            ),
            Standing.VACANT,
        ),
    ],
)  # fmt: skip
def test_a_unit_is_in_one_state(unit, expected):
    assert standing(unit, DAY) == expected


def test_the_example_of_the_standard_is_two_of_fifteen():
    gone = Unit(Cfe.ENDED, date(2020, 1, 1), (EMPTY,), Decimal(1000), True)
    busy = Unit(Cfe.ACTIVE, None, (Stay(date(2010, 1, 1), None, True),), Decimal(3000))
    counted = vacancy([gone] * 2 + [busy] * 13, DAY)
    assert (counted.vacant, counted.total, counted.rate) == (2, 15, Decimal("13.3"))
    assert counted.area_rate == Decimal("4.9")  # another figure: 2,000 of 41,000 m²
    assert counted.brownfields == 2


def test_nothing_to_divide_by_is_no_rate_and_no_area_is_said():
    assert vacancy([], DAY).rate is None
    counted = vacancy([Unit(Cfe.ACTIVE)], DAY)
    assert (counted.area_rate, counted.without_area) == (None, 1)


DATES = st.dates(date(2015, 1, 1), date(2027, 1, 1))
STAYS = st.lists(
    st.builds(
        lambda start, days, use: Stay(start, days and start + timedelta(days=days), use),
        DATES, st.none() | st.integers(1, 2000), st.sampled_from([True, False, None]),
    ),
    max_size=4,
)  # fmt: skip


@given(DATES, STAYS, DATES)
def test_what_is_vacant_was_never_occupied_in_the_two_years(end, stays, day):
    if standing(Unit(Cfe.ENDED, end, tuple(stays)), day) == Standing.VACANT:
        last = date(day.year, 1, 1)
        first = date(day.year - 2, 1, 1)
        assert end <= first
        assert not any(stay.occupied and stay.touches(first, last) for stay in stays)
        # Taking away what we know never makes a unit more certain.
        assert standing(Unit(Cfe.ENDED, end), day) == Standing.UNKNOWN


def test_thirty_days_count_both_ends():
    assert rounds.long_enough(date(2026, 3, 1), date(2026, 3, 30))
    assert not rounds.long_enough(date(2026, 3, 1), date(2026, 3, 29))


@pytest.mark.parametrize(
    ("adopted", "day", "clock"),
    [
        (None, date(2026, 1, 1), "late"),
        (date(2024, 6, 28), date(2026, 1, 1), "in_time"),
        (date(2020, 6, 28), date(2026, 1, 1), "soon"),
        (date(2020, 6, 28), date(2026, 6, 28), "soon"),
        (date(2020, 6, 28), date(2026, 6, 29), "late"),
    ],
)
def test_the_next_one_is_due_six_years_after(adopted, day, clock):
    assert rounds.due(adopted, day).clock == clock


def test_29_february_becomes_the_28th():
    assert rounds.next_due(date(2024, 2, 29)) == date(2030, 2, 28)
