"""Urssaf, in answers made by hand from the columns its users report: sums, secret, absence, licence."""

import json

import pytest

from agglo.indicators.connectors import urssaf
from agglo.opendata.errors import WrongAnswer

TWO = ["62119", "62178"]


def line(commune, activity, staff, sites=1, year="2024"):
    return {
        "code_commune": commune, "code_ape": activity,
        f"effectifs_salaries_{year}": staff, f"nombre_d_etablissements_{year}": sites,
    }  # fmt: skip


def found(read, *rows, communes=TWO):
    answer = read(json.dumps(rows).encode())
    return {(r.scheme, r.code, r.measure): r.value for r in urssaf.by_commune(answer, communes)}


def test_activities_add_up_and_industry_is_sections_b_to_e(read):
    values = found(
        read, line("62119", "2211Z", 100), line("62119", "4711D", 40, 3), line("62178", "3811Z", 7),
        line("62178", "4120A", 5), line("62178", "0111Z", 2),
    )  # fmt: skip
    assert values["COM", "62119", "effectif-salarie-prive"] == "140"
    assert values["COM", "62178", "effectif-salarie-prive-industrie"] == "7"
    assert values["EPCI", "200072460", "effectif-salarie-prive"] == "154"
    assert values["EPCI", "200072460", "effectif-salarie-prive-industrie"] == "107"
    assert values["EPCI", "200072460", "etablissements-prives-employeurs"] == "7"


def test_an_empty_cell_leaves_no_sum_rather_than_nought(read):
    values = found(read, line("62119", "2211Z", None), line("62178", "4711D", 4))
    assert values["COM", "62119", "effectif-salarie-prive"] is None
    assert ("EPCI", "200072460", "effectif-salarie-prive") not in values
    assert values["EPCI", "200072460", "etablissements-prives-employeurs"] == "2"


def test_a_commune_absent_from_the_answer_leaves_no_total(read):
    assert not [key for key in found(read, line("62119", "2211Z", 9)) if key[0] == "EPCI"]


def test_a_commune_of_elsewhere_is_left_aside(read):
    values = found(read, line("62119", "2211Z", 9), line("62178", "2211Z", 1), line("75056", "2211Z", 999))
    assert values["EPCI", "200072460", "effectif-salarie-prive"] == "10"


@pytest.mark.parametrize("value", [-1, "NaN", "n.c."])
def test_what_is_no_count_stops_the_reading(read, value):
    with pytest.raises(WrongAnswer, match="nombre positif"):
        found(read, line("62119", "2211Z", value))


def test_an_activity_said_twice_is_refused(read):
    with pytest.raises(WrongAnswer, match="deux fois"):
        found(read, line("62119", "2211Z", 1), line("62119", "2211Z", 1))


def test_columns_of_years_that_vanish_are_refused(read):
    with pytest.raises(WrongAnswer, match="colonnes d’années"):
        found(read, {"code_commune": "62119", "code_ape": "2211Z", "effectif_2024": 1})


# The two rows of Caen that a user quotes from an answer.
CAEN = {"zone_d_emploi": "Caen", "annee": "2022", "trimestre": 1, "code_zone_d_emploi": "2804",
        "effectifs_salaries_cvs": 132010, "effectifs_salaries_brut": 130330}  # fmt: skip


def test_a_quarter_has_a_raw_and_a_corrected_figure(read):
    rows = list(urssaf.by_zone(read(json.dumps({"total_count": 1, "results": [CAEN]}).encode())))
    assert [(r.scheme, r.code, r.measure, r.period, r.value) for r in rows] == [
        ("ZE2020", "2804", "effectif-salarie-prive", "2022-T1", "130330"),
        ("ZE2020", "2804", "effectif-salarie-prive-cvs", "2022-T1", "132010"),
    ]


def test_a_fifth_quarter_is_refused(read):
    with pytest.raises(WrongAnswer, match="trimestre"):
        list(urssaf.by_zone(read(json.dumps([{**CAEN, "trimestre": 5}]).encode())))


def test_every_dataset_of_urssaf_is_under_the_odbl():
    assert {urssaf.COMMUNES.licence, urssaf.QUARTERS.licence} == {"ODbL 1.0"}
