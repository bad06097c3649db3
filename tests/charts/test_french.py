"""French forms of numbers, quantities and dates."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agglo.charts import french

NARROW, SPACE, MINUS = "\u202f", "\u00a0", "\u2212"


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (2549, 0, f"2{NARROW}549"),
        (1234567.891, 2, f"1{NARROW}234{NARROW}567,89"),
        (Decimal("8.45"), 1, "8,5"),
        (8.45, 1, "8,5"),
        (2.675, 2, "2,68"),
        (Decimal("0.125"), 2, "0,13"),
        (999.5, 0, f"1{NARROW}000"),
        (9.96, 1, "10,0"),
        (-0.04, 1, "0,0"),
        (-1.25, 1, f"{MINUS}1,3"),
        (8, 1, "8,0"),
        (Decimal("8.400"), None, "8,4"),
        (8.0, None, "8"),
        (1e-7, 3, "0,000"),
        (1e21, 0, f"1{NARROW}" + f"{NARROW}".join(["000"] * 7)),
        (Decimal("1E+3"), 0, f"1{NARROW}000"),
        (None, 1, "n.d."),
    ],
)
def test_a_number_reads_as_a_french_reader_writes_it(value, decimals, text) -> None:
    assert french.number(value, decimals) == text


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_a_number_is_refused(value) -> None:
    with pytest.raises(ValueError, match="not a number"):
        french.number(value)


finite = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


def read(text: str) -> Decimal:
    return Decimal(text.replace(NARROW, "").replace(MINUS, "-").replace(",", "."))


@given(finite, st.integers(0, 6))
def test_rounding_is_half_up_on_the_digits_as_written(value: Decimal, decimals: int) -> None:
    exact = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert read(french.number(value, decimals)) == exact


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15), st.integers(0, 4))
def test_a_float_rounds_as_it_is_displayed(value: float, decimals: int) -> None:
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert read(french.number(value, decimals)) == exact


@given(finite)
def test_no_rounding_loses_nothing(value: Decimal) -> None:
    assert read(french.number(value, None)) == value


@given(st.integers(-(10**15), 10**15))
def test_thousands_are_grouped_by_three(value: int) -> None:
    first, *others = french.number(value).lstrip(MINUS).split(NARROW)
    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (french.percent(98.2), f"98,2{SPACE}%"),
        (french.quantity(863, "personnes"), f"863{SPACE}personnes"),
        (french.quantity(None, "personnes"), "n.d."),
        (french.signed(1.2, 1), "+1,2"),
        (french.signed(-310), f"{MINUS}310"),
        (french.signed(0.01, 1), "0,0"),
        (french.points(0.3), f"+0,3{SPACE}point"),
        (french.points(-1.96), f"{MINUS}2,0{SPACE}points"),
        (french.points(1.9), f"+1,9{SPACE}point"),
        (french.approx(40), f"environ{SPACE}40"),
        (french.interval(10, 12, "élèves"), f"entre 10 et{SPACE}12{SPACE}élèves"),
        (french.interval(10, None), f"au moins{SPACE}10"),
        (french.interval(None, 12), f"au plus{SPACE}12"),
        (french.interval(None, None), "n.d."),
    ],
)
def test_quantities_carry_their_words(text: str, expected: str) -> None:
    assert text == expected


@pytest.mark.parametrize(
    ("start", "end", "label", "short"),
    [
        ((2021, 10, 1), (2021, 12, 31), "T4 2021", "T4 2021"),
        ((2024, 12, 1), (2024, 12, 31), "décembre 2024", "déc. 2024"),
        ((2024, 2, 1), (2024, 2, 29), "février 2024", "févr. 2024"),
        ((2023, 1, 1), (2023, 12, 31), "2023", "2023"),
        ((2019, 1, 1), (2023, 12, 31), "2019–2023", "2019–2023"),
        ((2024, 7, 1), (2024, 12, 31), "S2 2024", "S2 2024"),
        ((2020, 9, 16), (2020, 9, 16), "16 septembre 2020", "16 sept. 2020"),
        ((2021, 3, 1), (2021, 3, 1), "1er mars 2021", "1er mars 2021"),
        ((2021, 3, 1), (2021, 5, 31), "de mars à mai 2021", "de mars à mai 2021"),
        ((2021, 4, 1), (2021, 8, 31), "d’avril à août 2021", "d’avr. à août 2021"),
        ((2023, 9, 1), (2024, 8, 31), "de septembre 2023 à août 2024", "de sept. 2023 à août 2024"),
        ((2021, 5, 3), (2021, 5, 9), "du 3 au 9 mai 2021", "3 mai 2021–9 mai 2021"),
        ((2020, 9, 16), None, "depuis le 16 septembre 2020", "depuis le 16 septembre 2020"),
        (None, None, "date inconnue", "date inconnue"),
    ],
)
def test_a_period_has_one_name(start, end, label, short) -> None:
    first, last = (date(*day) if day else None for day in (start, end))
    assert french.period_label(first, last) == label
    assert french.axis_label(first, last) == short


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_every_period_has_a_name_that_says_its_year(start: date, days: int) -> None:
    end = start + timedelta(days)
    assert str(end.year) in french.period_label(start, end)
