"""Reading Melodi: the recorded answers, and the documented cases nobody recorded."""

import json

import pytest

from agglo.figures.vocabulary import State
from agglo.indicators import melodi, melodi_pages
from agglo.indicators.connectors import melodi as connectors
from agglo.indicators.loading import table
from agglo.opendata.declaration import Measured
from agglo.opendata.errors import FinalError, WrongAnswer

SHOPS = Measured("shops", {"FACILITY_DOM": "B"})


def values(rows):
    return {(row.scheme, row.code, row.measure, row.period): row.value for row in rows}


def test_the_recorded_populations_of_nantes_read_as_they_are_written(samples, read):
    answer = read((samples / "melodi_data_popref_nantes.json").read_bytes())
    assert values(connectors.POPULATIONS.parse(answer)) == {
        ("COM", "44109", "population-municipale", "2023"): "327734",
        ("COM", "44109", "population-totale", "2023"): "332515",
        ("COM", "44109", "population-comptee-a-part", "2023"): "4781",
    }


def test_a_recorded_answer_with_another_measure_key_and_a_status_reads_too(samples, read):
    answer = read((samples / "melodi_data_DS_IPC_PRINC_one_obs.json").read_bytes())
    (row,) = melodi.reader(Measured("prices", {"IDX_TYPE": "CPI"}))(answer)
    assert (row.scheme, row.code, row.period, row.value, row.obs_status) == (
        "DEP",
        "974",
        "2026-01",
        "99.14",
        "A",
    )


def test_a_recorded_empty_answer_gives_no_row(samples, read):
    answer = read((samples / "melodi_data_empty_result.json").read_bytes())
    assert list(connectors.POPULATIONS.parse(answer)) == []


def test_a_recorded_empty_catalogue_is_refused_where_observations_are_expected(samples, read):
    answer = read((samples / "melodi_catalog_all_empty_2025-02-19.json").read_bytes())
    with pytest.raises(WrongAnswer, match="liste d’observations"):
        list(connectors.POPULATIONS.parse(answer))


def test_the_recorded_answer_for_an_unknown_dataset_is_not_worth_a_retry(samples):
    body = (samples / "melodi_data_unknown_dataset_HTTP500.body").read_text(encoding="utf-8")
    assert isinstance(melodi_pages.explain(500, body), FinalError)
    assert melodi_pages.explain(502, body) is None


def test_a_withheld_figure_written_by_hand_is_confidential_and_not_zero(own, read):
    rows = list(connectors.FLORES.parse(read(own("melodi_flores.json"))))
    withheld = [row for row in rows if row.measure == "postes-salaries-industrie"]
    assert [(row.value, row.state, row.obs_status) for row in withheld] == [(None, State.CONFIDENTIAL, "K")]


def test_a_row_that_details_another_dimension_is_left_aside(own, read):
    rows = list(connectors.FLORES.parse(read(own("melodi_flores.json"))))
    assert [row.value for row in rows if row.measure == "etablissements-employeurs"] == ["1200"]


def test_the_year_of_the_geography_may_be_there_or_not(own, read):
    rows = list(connectors.FLORES.parse(read(own("melodi_flores.json"))))
    assert {(row.scheme, row.code) for row in rows} == {("EPCI", "200072460"), ("COM", "62119")}
    assert melodi.place("2025-EPCI-200072460") == melodi.place("EPCI-200072460")


@pytest.mark.parametrize("geo", ["62119", "", "COM-", "2025-62119"])
def test_an_unreadable_place_is_refused(geo):
    with pytest.raises(WrongAnswer, match="territoire"):
        melodi.place(geo)


@pytest.mark.parametrize(
    ("observation", "words"),
    [
        ({"dimensions": {"GEO": "COM-62119"}, "measures": {}}, "TIME_PERIOD"),
        (
            {"dimensions": {"GEO": "COM-62119", "TIME_PERIOD": "2023"}, "measures": {"A": {}, "B": {}}},
            "plusieurs",
        ),
        ({"measures": {}}, "forme attendue"),
    ],
)
def test_an_observation_of_another_shape_is_refused_in_french(read, observation, words):
    answer = read(json.dumps({"observations": [observation]}).encode())
    with pytest.raises(WrongAnswer, match=words):
        list(melodi.reader(SHOPS)(answer))


def test_shops_are_the_total_of_the_source_where_it_gives_one_and_the_sum_of_types_elsewhere(own, read):
    rows = list(connectors.BPE.parse(read(own("melodi_bpe.json"))))
    assert {row.code: row.value for row in rows} == {"62119": "7", "62178": "99"}


def population(code, value, level="COM"):
    dimensions = {"GEO": f"2025-{level}-{code}", "TIME_PERIOD": "2023", "POPREF_MEASURE": "PMUN"}
    return {"dimensions": dimensions, "measures": {"OBS_VALUE_NIVEAU": {"value": value}} if value else {}}


def answered(read, *observations):
    return list(connectors.POPULATIONS.parse(read(json.dumps({"observations": observations}).encode())))


def test_the_population_of_the_epci_is_the_sum_of_its_communes(read):
    rows = answered(read, population("62119", 100.0), population("62178", 23.0))
    assert values(rows)["EPCI", "200072460", "population-municipale", "2023"] == "123"


def test_there_is_no_sum_when_a_commune_has_no_value(read):
    assert {row.scheme for row in answered(read, population("62119", 100.0), population("62178", None))} == {
        "COM"
    }


def test_departments_are_never_summed(read):
    assert {
        row.scheme for row in answered(read, population("62", 100.0, "DEP"), population("59", 1.0, "DEP"))
    } == {"DEP"}


def test_at_least_twelve_measures_are_mapped(db):
    from agglo.opendata.declaration import declared

    ours = [d for code, d in declared().items() if code.startswith("insee-")]
    assert len({measured.measure for one in ours for measured in one.measures}) >= 12


@pytest.mark.parametrize("connector", [connectors.FLORES, connectors.BPE, connectors.CENSUS_RESIDENTS])
def test_a_dimension_that_changed_its_name_is_named(read, connector):
    observation = {"dimensions": {"GEO": "COM-62119", "TIME_PERIOD": "2023", "X": "1"}, "measures": {}}
    answer = read(json.dumps({"observations": [observation]}).encode())
    with pytest.raises(WrongAnswer, match="n’a plus les dimensions"):
        list(connector.parse(answer))


def test_only_counts_are_ever_summed_over_communes():
    kinds = {row["code"]: row["kind"] for row in table("measures")}
    for connector in (connectors.POPULATIONS, connectors.SOCIAL_ECONOMY):
        assert {kinds[measured.measure] for measured in connector.measures} <= {"stock", "flow"}


def test_a_part_counted_twice_is_not_added(read):
    one = {"dimensions": {"GEO": "COM-1", "TIME_PERIOD": "2022", "S": "2"}, "measures": {"V": 3.0}}
    parse = melodi.added(Measured("m"), "S", ("2", "3"))
    assert list(parse(read(json.dumps({"observations": [one, one]}).encode()))) == []
