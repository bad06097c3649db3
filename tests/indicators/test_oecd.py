"""OECD's small regions: CSV with labels, SDMX-JSON of both versions, and what may go wrong with them."""

from decimal import Decimal
from pathlib import Path

import pytest

from agglo.figures import reading
from agglo.figures.recording import ensure_subject
from agglo.indicators import sdmx_json
from agglo.indicators.connectors import oecd as connector
from agglo.opendata.declaration import Measured
from agglo.opendata.errors import FinalError, WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply

OWN = Path(__file__).parent.parent / "samples" / "europe"
GDP = (OWN / "oecd_gdp.csv").read_bytes()
JSON = (OWN / "oecd_gdp_v2.json").read_bytes()


def test_the_sample_of_columns_in_pairs_reads_by_code(samples, read):
    answer = read((samples / "oecd_csvfilewithlabels_regional.csv").read_bytes())
    found = [
        said for _, said in connector.observations(answer, {"AGE"}, "OECD.CFE.EDS:DSD_REG_DEMO@DF_POP_BROAD")
    ]
    assert [(s["REF_AREA"], s["TIME_PERIOD"], s["OBS_VALUE"]) for s in found] == [
        ("AU1", "2024", "8534000"),
        ("AU2", "2024", "6959000"),
    ]


def test_the_recorded_answer_of_the_old_service_reads_as_version_1(samples, read):
    found = list(sdmx_json.observations(read((samples / "oecd_sdmx-json_PART2.json").read_bytes())))
    assert len(found) == 7
    assert found[0][0]["LOCATION"] == "AUS"
    assert found[0][1] == "11.963615756565"
    assert "OBS_STATUS" not in found[0][0]
    assert "OBS_STATUS" in found[1][0]


def expected(rows):
    return {(r.scheme, r.code, r.period): (r.value, r.obs_status) for r in rows}


def test_the_csv_written_by_hand_gives_current_prices_of_our_places_only(read):
    assert expected(connector.GDP.parse(read(GDP))) == {
        ("DEP", "62", "2022"): ("36500.2", "A"),
        ("DEP", "62", "2023"): ("37800.9", "P"),
        ("DEP", "59", "2023"): (None, "M"),
    }


def test_version_2_written_by_hand_from_the_specification_says_the_same(read):
    assert expected(connector.GDP.parse(read(JSON))) == {
        ("DEP", "62", "2022"): ("36500.2", "A"),
        ("DEP", "62", "2023"): ("37800.9", "P"),
    }


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b"UNIT_MEASURE", b"UNIT", "UNIT_MEASURE"),
        (b"DSD_REG_ECO@DF_GDP", b"DSD_REG_ECO@DF_GVA", "autre jeu"),
        (b"STRUCTURE,", b"<html>,", "page web"),
    ],
)
def test_a_changed_csv_is_refused_in_french(read, before, after, words):
    assert before in GDP
    with pytest.raises(WrongAnswer, match=words):
        list(connector.GDP.parse(read(GDP.replace(before, after))))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b'"PRICES"', b'"PRICE_BASE"', "dimension PRICES"),
        (b"0:0:0:0:0:0:0:0:1", b"0:0:0:0:0:0:0:0:7", "structure annoncée"),
        (b"0:0:0:0:0:0:0:0:1", b"0:0", "structure annoncée"),
        (b'"dataSets"', b'"data_sets"', "SDMX-JSON"),
    ],
)
def test_a_changed_json_is_refused_in_french(read, before, after, words):
    assert before in JSON
    with pytest.raises(WrongAnswer, match=words):
        list(connector.GDP.parse(read(JSON.replace(before, after))))


def test_another_measure_of_the_flow_is_left_aside(read):
    other = Measured("other", {"MEASURE": "POP"})
    assert list(connector.reader(other)(read(GDP))) == []


def test_a_version_of_the_flow_goes_into_the_address():
    assert connector.asked("A:B@C(2.4)") == "A,B@C,2.4"
    assert connector.asked("A:B@C") == "A,B@C,"


def test_nothing_found_is_explained():
    assert isinstance(connector.explain(404, "NoRecordsFound"), FinalError)
    assert connector.explain(404, "Not Found") is None


def test_figures_reach_the_ledger_through_the_door(places, replay):
    ensure_subject("DEP", "62", "Pas-de-Calais", "département")
    path = f"/{connector.GDP.path}"
    replay.play(path, Reply(GDP, "text/csv"))
    run = refresh("ocde-pib-tl3", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    last = reading.latest(["pib-ocde"], [("DEP", "62")])["pib-ocde", "DEP", "62"]
    assert (last.value, last.obs_status, last.end.year) == (Decimal("37800.9"), "P", 2023)
