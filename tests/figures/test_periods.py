"""Periods as official services write them, there and back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agglo.figures.periods import frequency, parse_period, sdmx_period
from agglo.figures.text import search_key


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2021-T4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2021-Q4", date(2021, 10, 1), date(2021, 12, 31)),
        ("2021-S1", date(2021, 1, 1), date(2021, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2020-09-16", date(2020, 9, 16), date(2020, 9, 16)),
        ("2022-09-01/2025-08-31", date(2022, 9, 1), date(2025, 8, 31)),
    ],
)
def test_each_form_is_read(text, start, end):
    assert parse_period(text) == (start, end)


@pytest.mark.parametrize(
    "text",
    ["", "2021-T5", "21", "2021-13", "2021-02-30", "hier", "2021 T4", "2025-08-31/2022-09-01", "2025/"],
)
def test_anything_else_is_refused_in_french(text):
    with pytest.raises(ValueError, match="période illisible"):
        parse_period(text)


@given(st.integers(1900, 2100), st.sampled_from(["", "-S1", "-S2", "-T1", "-T3", "-01", "-12", "-07-14"]))
def test_what_is_written_is_read_back(year, rest):
    text = f"{year}{rest}"
    assert sdmx_period(*parse_period(text)) == text


@given(st.dates(date(1900, 1, 1)), st.dates(date(1900, 1, 1)))
def test_any_two_days_are_written_and_read_back(one, other):
    start, end = min(one, other), max(one, other)
    assert parse_period(sdmx_period(start, end)) == (start, end)


def test_a_year_across_two_calendar_years_has_no_frequency():
    assert frequency(date(2021, 7, 1), date(2022, 6, 30)) == "_"


def test_search_keys_know_neither_accents_nor_ligatures():
    assert search_key("Nœux-les-Mines") == "noeux les mines"
    assert search_key("L’Étoile d’Ÿ") == "l etoile d y"
