"""Check digits and areas: what a standard promises, for any number."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from projects.areas import area_words, from_hectares, read_area, to_hectares
from projects.identifiers import check_siren, check_siret, is_siren, is_siret, luhn, tidy

REAL = ["200072460", "246200364", "356000000"]
digits = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize("siren", REAL)
def test_public_sirens_pass(siren):
    assert is_siren(siren)


@pytest.mark.parametrize(
    "text", ["", "20007246", "2000724600", "20007246a", "200072461", "²00072460", "000000000"]
)
def test_what_is_no_siren_does_not(text):
    assert not is_siren(text)


@given(digits)
def test_one_last_digit_in_ten_is_right_and_a_slip_is_always_seen(stem):
    right = [d for d in "0123456789" if luhn(stem + d)]
    assert len(right) == 1
    number = stem + right[0]
    for place, digit in enumerate(number):
        slipped = number[:place] + str((int(digit) + 1) % 10) + number[place + 1 :]
        assert not luhn(slipped)


def test_siret_has_its_own_key_and_la_poste_its_own_rule():
    assert is_siret("35600000000048")
    assert is_siret("35600000009075")  # fails Luhn, its digits add up to 35
    assert not luhn("35600000009075")
    assert not is_siret("35600000009076")
    assert not is_siret("20007246100017")


def test_people_copy_numbers_with_spaces():
    assert tidy("200 072\u00a0460") == "200072460"


@pytest.mark.parametrize(("check", "text"), [(check_siren, "123"), (check_siret, "123")])
def test_the_refusal_says_what_to_do(check, text):
    with pytest.raises(ValidationError, match="clé de contrôle"):
        check(text)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [*REAL, "200072461", "35600000009075", "35600000009076", "", "abc"])
def test_the_database_and_the_code_agree(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT projects_luhn(%s), projects_is_siret(%s)", [number, number])
        sql_luhn, sql_siret = cursor.fetchone()
    assert sql_siret == is_siret(number)
    if number.isdigit():
        assert sql_luhn == luhn(number)


@given(st.decimals(min_value="0.0001", max_value="99999", places=4))
def test_hectares_come_back_unchanged(hectares):
    assert to_hectares(from_hectares(hectares)) == hectares


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("32 ha", "320000"),
        ("160 000 m²", "160000"),
        ("16,5 ha", "165000"),
        ("12\u202f000\u00a0m2", "12000"),
        ("7", "7"),
    ],
)
def test_areas_are_read_as_people_write_them(text, metres):
    assert read_area(text) == Decimal(metres)


def test_a_bare_number_takes_the_unit_of_its_column():
    assert read_area("3,2", unit="ha") == Decimal("32000")


@pytest.mark.parametrize("text", ["", "grand", "1.600.000 m²", "-3 ha"])
def test_what_is_no_area_is_refused_in_french(text):
    with pytest.raises(ValueError, match="écrivez"):
        read_area(text)


def test_words_change_unit_at_one_hectare():
    assert area_words(Decimal("320000")).replace("\u00a0", " ") == "32 ha"
    assert area_words(Decimal("9999")).replace("\u00a0", " ").replace("\u202f", " ") == "9 999 m²"
    assert area_words(None) == "n.d."
