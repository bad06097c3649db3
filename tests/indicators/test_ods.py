"""Opendatasoft: quoted envelopes and errors, paging and its limits, conditions that cannot be broken."""

import json

import pytest

from agglo.indicators import ods
from agglo.opendata.errors import FinalError, WrongAnswer


def test_a_quoted_export_is_a_bare_array(samples, read):
    answer = read((samples / "ods_exports-json_fiscalite-locale.json").read_bytes())
    rows = list(ods.rows(answer, ("exercice", "insee_com")))
    assert len(rows) == 8
    assert rows[0][1]["insee_com"] == "12003"


def test_a_quoted_page_of_records_has_an_envelope(samples, read):
    answer = read((samples / "ods_records_dares.json").read_bytes())
    assert [row["valeur"] for _, row in ods.rows(answer, ("date", "valeur"))] == [23.6, 30.1]


def test_the_quoted_refusal_of_a_limit_is_explained(samples):
    body = (samples / "ods_error_400_limit.json").read_text()
    assert "100 lignes au plus" in str(ods.explain(400, body))


def test_an_unknown_field_is_named_and_not_asked_again(samples):
    error = ods.explain(400, (samples / "ods_error_400_unknown_field.json").read_text())
    assert isinstance(error, FinalError)
    assert "«\u202fanzahl\u202f»" in error.sentence
    assert ods.explain(502, "<html>") is None


def test_a_missing_column_is_a_change_of_schema(read):
    with pytest.raises(WrongAnswer, match="n’a plus la colonne b"):
        list(ods.rows(read(b'[{"a": 1}]'), ("a", "b")))


def test_a_renamed_column_is_named_and_a_later_row_is_checked_too(read):
    with pytest.raises(
        WrongAnswer, match=r"la ligne 2 n’a plus la colonne valeur \(sans doute renommée valeurs"
    ):
        list(ods.rows(read(b'[{"valeur": 1}, {"valeurs": 2}]'), ("valeur",)))


def test_what_is_no_count_stops_the_reading():
    assert ods.count(None, 1) is None
    assert str(ods.count(12.0, 1)) == "12"
    with pytest.raises(WrongAnswer, match="n’est pas un nombre positif"):
        ods.count("NaN", 1)


def test_a_quote_cannot_end_a_literal():
    assert ods.equals("ville", 'x" OR "1"="1') == r'ville="x\" OR \"1\"=\"1"'
    with pytest.raises(ValueError, match="colonne impossible"):
        ods.equals("a OR b", "x")


def paged(read, *bodies):
    answers = iter(bodies)
    return ods.record_pages(lambda params: read(json.dumps(next(answers)).encode()), {}, 1)


def test_pages_follow_until_the_announced_count(read):
    pages = paged(read, {"total_count": 2, "results": [{"a": 1}]}, {"total_count": 2, "results": [{"a": 2}]})
    assert sum(1 for _ in pages) == 2


def test_a_page_sent_twice_stops_the_reading(read):
    page = {"total_count": 3, "results": [{"a": 1}]}
    with pytest.raises(WrongAnswer, match="deux fois la même page"):
        list(paged(read, page, page))


def test_beyond_ten_thousand_rows_the_export_is_the_way(read):
    with pytest.raises(FinalError, match="l’export"):
        list(paged(read, {"total_count": 10_001, "results": [{"a": 1}]}))


def test_a_count_that_is_not_reached_is_said(read):
    with pytest.raises(WrongAnswer, match="n’en donne que 0"):
        list(paged(read, {"total_count": 3, "results": []}))
