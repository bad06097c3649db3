"""The workbook of unemployment rates: the recorded one, and what may go wrong with the next."""

import io

import pytest
from openpyxl import Workbook

from agglo.indicators.connectors import insee_unemployment as connector
from agglo.opendata.errors import WrongAnswer


def workbook(headings, *rows, sheet=connector.SHEET):
    book = Workbook()
    page = book.active
    page.title = sheet
    for line in (["Taux de chômage"], [], headings, *rows):
        page.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


GOOD = workbook(
    ["ZE2020", "LIBZE2020", "REG", "LIBREG", "2003-T1", "2003-T2"],
    ["3205", "Béthune", "32", "HDF", 9.5, None],
)


def test_the_recorded_workbook_gives_the_zone_of_bethune(samples, read):
    answer = read((samples / "insee_chomage-zone-t1-2003-t3-2023.xlsx").read_bytes())
    rows = [row for row in connector.parse(answer) if row.code == "3205"]
    assert len(rows) == 83
    assert {row.period: row.value for row in rows}["2021-T4"] == "8.5"
    assert (rows[-1].period, rows[-1].value) == ("2023-T3", "9")
    assert connector.last_quarter(answer) == "2023-T3"


def test_zones_keep_their_leading_zero(read):
    answer = read(workbook(["ZE2020", "2003-T1"], [51, 7.0]))
    assert next(iter(connector.parse(answer))).code == "0051"


def test_an_empty_cell_has_no_value_and_is_not_zero(read):
    assert [row.value for row in connector.parse(read(GOOD))] == ["9.5", None]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbook(["ZE2020", "2003-T1"], sheet="autre"), "feuille"),
        (workbook(["CODE", "2003-T1"]), "en-tête"),
        (workbook(["ZE2020", "LIBZE2020"]), "trimestre"),
        (GOOD[:300], "abîmé"),
        (b"<!doctype html><title>Maintenance</title>", "abîmé"),
    ],
)
def test_a_changed_or_broken_workbook_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        list(connector.parse(read(content)))


def test_the_newest_workbook_of_the_page_is_taken():
    page = """<a href="/fr/statistiques/fichier/1893230/chomage-zone-t1-2003-t4-2024.xlsx">T4</a>
              <a href='/fr/statistiques/fichier/1893230/chomage-zone-t1-2003-t1-2025.xlsx'>T1</a>
              <a href="/autre.xlsx">autre</a>"""
    found = connector.newest_file(page, "https://www.insee.fr/fr/statistiques/1893230")
    assert found == "/fr/statistiques/fichier/1893230/chomage-zone-t1-2003-t1-2025.xlsx"


def test_a_page_without_the_workbook_says_what_to_do():
    with pytest.raises(WrongAnswer, match="--file"):
        connector.newest_file("<p>Page en travaux</p>", "https://www.insee.fr/")
