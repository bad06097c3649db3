"""Series in columns say what figures say: same order, same numbers, same knowledge, same readers."""

from datetime import date
from decimal import Decimal

import pytest

from agglo.figures import reading
from agglo.figures.courses import courses
from agglo.figures.models import Observation
from agglo.figures.vocabulary import Dating, Evidence, Qualifier, State
from tests.figures.conftest import LATER

THEN = date(2023, 6, 1)


@pytest.fixture
def mixed(ledger):
    """Two series that say everything a series can say, one of them revised since."""
    for year in range(2010, 2016):
        ledger.say(f"{year}.50", year)
        ledger.say(year, year, code="62617")
    ledger.say(None, 2016, state=State.CONFIDENTIAL)
    ledger.say(12, 2017, qualifier=Qualifier.BETWEEN, value_high=Decimal("15.5"))
    ledger.say(13, 2018, qualifier=Qualifier.ABOUT)
    ledger.say(14, 2019, evidence=Evidence.ESTIMATED)
    ledger.say(15, 2020, dating=Dating.INFERRED)
    ledger.say(16, 2021, obs_status="P")
    ledger.say(1, 2014, known_from=LATER)
    ledger.say(None, 2015, state=State.MISSING, known_from=LATER)
    ledger.say(17, 2022, known_from=LATER)
    return ledger


def columns_of(figures):
    plain = (State.VALUE, Evidence.OBSERVED, Qualifier.EXACT, Dating.STATED)
    apart = {
        place: (
            None if f.value_high is None else str(f.value_high),
            f.state,
            f.evidence,
            f.qualifier,
            f.dating,
            f.obs_status,
        )
        for place, f in enumerate(figures)
        if (f.state, f.evidence, f.qualifier, f.dating) != plain or f.provisional
    }
    periods = tuple((f.start, f.end) for f in figures)
    return periods, [None if f.value is None else str(f.value) for f in figures], apart


@pytest.mark.parametrize("known_on", [None, THEN, date(2000, 1, 1)])
@pytest.mark.parametrize("last", [1, 3, 40])
def test_columns_hold_what_figures_hold(mixed, known_on, last):
    infos = reading.find_series(["emplois"])
    figures = reading.points(infos, last=last, known_on=known_on)
    found = courses(infos, last=last, known_on=known_on)
    assert found.keys() == {id_ for id_, rows in figures.items() if rows}
    for id_, course in found.items():
        assert (course.periods, course.values, course.apart) == columns_of(figures[id_])


def test_a_value_revised_since_is_read_as_it_was_known(mixed):
    infos = reading.find_series(["emplois"], [("COM", "62119")])
    (then,) = courses(infos, last=40, known_on=THEN).values()
    (now,) = courses(infos, last=40).values()
    assert (then.values[4], now.values[4]) == ("2014.50", "1")
    assert (then.values[5], now.values[5]) == ("2015.50", None)
    assert 5 not in then.apart
    assert now.apart[5].state == State.MISSING
    assert then.numbers(3) == [14.0, 15.0, 16.0]


def test_one_query_whatever_the_number_of_series(mixed, django_assert_num_queries):
    infos = reading.find_series(["emplois"])
    with django_assert_num_queries(1):
        assert len(courses(infos, last=40)) == 2
    with django_assert_num_queries(0):
        assert courses([], last=40) == {}


def test_the_public_reads_no_draft(mixed, django_user_model):
    Observation.objects.filter(period_start=date(2022, 1, 1)).update(review=0)
    infos = reading.find_series(["emplois"], [("COM", "62119")])
    (course,) = courses(infos, last=1).values()
    assert course.values == ["16"]
    (course,) = courses(infos, last=1, user=django_user_model(email="x@example.org")).values()
    assert course.values == ["17"]
