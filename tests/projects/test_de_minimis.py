"""De minimis: three years date to date, the whole undertaking, and unknown amounts that stay unknown."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from projects.de_minimis import CEILING, Aid, Counts, check, same_day_in
from projects.undertaking import Link, group_on

TODAY = date(2025, 1, 1)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
amounts = st.decimals(1, 400_000, places=2)


def aid(
    holder="A", on=date(2025, 1, 1), amount=Decimal(1000), regime="de_minimis", until=None, **more
) -> Aid:
    return Aid(f"{holder}{on}", holder, regime, on, until or on, amount, **more)


def test_the_case_of_two_companies_of_one_group():
    """190,000 € on 30 January 2023 and 80,000 € to the group in 2024: 60,000 € more, which day?"""
    links = [Link("mère", "A", date(2015, 1, 1)), Link("mère", "B", date(2016, 1, 1))]
    held = [
        aid("A", date(2023, 1, 30), Decimal(190_000)),
        aid("B", date(2024, 6, 3), Decimal(80_000)),
        aid("Z", date(2024, 6, 3), Decimal(299_000)),
    ]
    asked = Decimal(60_000)
    for day, fits, known in (
        (date(2026, 1, 29), False, 270_000),
        (date(2026, 1, 30), False, 270_000),
        (date(2026, 1, 31), True, 80_000),
    ):
        answer = check(day, asked, held, group_on("A", links, day), TODAY)
        assert (answer.fits, answer.known) == (fits, known)
        assert {line.aid.holder for line in answer.lines if line.counts == Counts.ELSEWHERE} == {"Z"}


@pytest.mark.parametrize(
    ("granted", "last"),
    [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2021, 2, 28), date(2024, 2, 28)),
        (date(2021, 3, 1), date(2024, 3, 1)),
        (date(2023, 12, 31), date(2026, 12, 31)),
    ],
)
def test_three_years_run_from_date_to_date_leap_years_included(granted, last):
    held = aid(on=granted)
    assert held.counts_until == last
    assert check(last, None, [held], ["A"], TODAY).known == held.amount
    assert check(last + timedelta(1), None, [held], ["A"], TODAY).known == 0


def test_the_right_counts_on_its_day_and_a_grant_to_come_does_not():
    later = aid(on=date(2025, 6, 2))
    assert check(date(2025, 6, 1), None, [later], ["A"], TODAY).lines[0].counts == Counts.LATER
    assert check(date(2025, 6, 2), None, [later], ["A"], TODAY).lines[0].counts == Counts.YES


@pytest.mark.parametrize(
    ("regime", "counts"),
    [
        ("de_minimis", Counts.YES),
        ("agriculture", Counts.YES),
        ("fisheries", Counts.YES),
        ("sgei", Counts.OTHER_RULE),
        ("exempted", Counts.OTHER_RULE),
        ("notified", Counts.OTHER_RULE),
        ("no_aid", Counts.OTHER_RULE),
        ("unknown", Counts.MAYBE),
    ],
)
def test_each_regime_says_whether_it_counts(regime, counts):
    assert check(TODAY, None, [aid(regime=regime)], ["A"], TODAY).lines[0].counts == counts


def test_an_unknown_amount_leaves_at_most_and_never_says_yes():
    held = [aid(amount=None), aid(on=date(2024, 1, 1), amount=Decimal(100_000))]
    answer = check(TODAY, Decimal(1), held, ["A"], TODAY)
    assert answer.headroom_words.startswith("au plus 200")
    assert answer.fits is None
    assert any("au plus" in words for words in answer.warnings)
    # What is known alone may already be too much.
    assert check(TODAY, Decimal(200_001), held, ["A"], TODAY).fits is False
    maybe = check(TODAY, Decimal(1), [aid(regime="unknown")], ["A"], TODAY)
    assert (maybe.fits, maybe.headroom_words[:7]) == (None, "au plus")


def test_other_ceilings_other_rules_and_doubtful_days_are_said():
    held = [
        aid(regime="sgei", amount=Decimal(700_000)),
        aid(regime="fisheries", amount=Decimal(20_000)),
        aid(on=date(2024, 1, 1), until=date(2024, 12, 31), inexact=True),
    ]
    words = " ".join(check(date(2031, 1, 1), None, held, ["A"], TODAY).warnings)
    assert "2030" in words
    words = " ".join(check(date(2026, 1, 1), None, held, ["A"], TODAY).warnings)
    for said in ("2023/2832", "717/2014", "n’est pas exact", "par prudence"):
        assert said in words


@given(days)
def test_three_years_never_skip_nor_shorten(day):
    end = same_day_in(day, 3)
    assert 1095 <= (end - day).days <= 1096
    assert (end.year, end.month) == (day.year + 3, day.month)


@given(days, days)
def test_the_end_of_three_years_never_goes_back(one, other):
    assume(one <= other)
    assert same_day_in(one, 3) <= same_day_in(other, 3)


@given(st.lists(st.tuples(days, amounts), max_size=8), days, amounts)
def test_what_counts_and_what_is_left_make_the_ceiling(grants, day, asked):
    held = [Aid(rank, "A", "de_minimis", on, on, amount) for rank, (on, amount) in enumerate(grants)]
    answer = check(day, asked, held, ["A"], day)
    # By brute force: an aid counts when its three years hold the day.
    brute = sum((amount for on, amount in grants if on <= day <= same_day_in(on, 3)), Decimal(0))
    assert answer.known == brute
    assert answer.headroom == max(CEILING - brute, 0)
    assert answer.fits == (brute + asked <= CEILING)
    assert len(answer.lines) == len(grants)


@given(st.lists(st.tuples(days, amounts), min_size=1, max_size=6), days)
def test_one_more_aid_never_leaves_more(grants, day):
    held = [Aid(rank, "A", "de_minimis", on, on, amount) for rank, (on, amount) in enumerate(grants)]
    whole, fewer = check(day, None, held, ["A"], day), check(day, None, held[1:], ["A"], day)
    assert whole.headroom <= fewer.headroom


companies = st.sampled_from("ABCDEF")
links = st.lists(
    st.builds(Link, companies, companies, st.none() | days, st.none()).filter(
        lambda link: link.controller != link.controlled
    ),
    max_size=8,
)


@given(links, days)
def test_an_undertaking_is_the_same_seen_from_each_of_its_companies(held, day):
    for company in "ABCDEF":
        group = group_on(company, held, day)
        assert company in group
        assert all(set(group_on(other, held, day)) == set(group) for other in group)
        assert all(link.holds(day) for chain in group.values() for link in chain)


def test_links_hold_between_their_days_and_carry_through_others():
    held = [Link("A", "B", date(2020, 1, 1), date(2024, 1, 1)), Link("B", "C")]
    assert set(group_on("A", held, date(2023, 12, 31))) == {"A", "B", "C"}
    assert set(group_on("A", held, date(2024, 1, 1))) == {"A"}
    assert len(group_on("A", held, date(2023, 1, 1))["C"]) == 2
