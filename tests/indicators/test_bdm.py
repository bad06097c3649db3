"""Insee's macro-economic bank: recorded and quoted answers in both flavours, and what may go wrong."""

from datetime import date
from decimal import Decimal

import pytest

from agglo.figures import reading
from agglo.figures.recording import ensure_subject
from agglo.figures.vocabulary import State
from agglo.indicators import bdm, sdmx
from agglo.indicators.connectors import insee_bdm as connector
from agglo.opendata.errors import FinalError, WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply

PAS_DE_CALAIS = ("DEP", "62")


def test_a_quoted_structure_specific_answer_reads_as_it_is_written(samples, read):
    answer = read((samples / "insee_bdm_structurespecific_001760077.xml").read_bytes())
    (series,) = sdmx.read(answer)
    assert series.said["IDBANK"] == "001760077"
    assert series.title == "Estimations de population - Ensemble - France"
    assert series.points[0] == ("2026", "69081996", "P")
    assert len(series.points) == 3
    assert bdm.edition([answer]).published_on == date(2026, 1, 14)


def test_a_quoted_answer_with_a_hyphen_in_a_name_reads_too(samples, read):
    (series,) = sdmx.read(read((samples / "insee_bdm_structurespecific_011814630_ipc.xml").read_bytes()))
    assert series.said["FORME-VENTE"] == "SO"
    assert [point.value for point in series.points] == ["99.62", "98.40"]


def test_the_recorded_generic_answer_reads_alike_with_its_multiplier(samples, read):
    series = list(sdmx.read(read((samples / "insee_bdm_generic_2017_SERIES_BDM.xml").read_bytes())))
    first = next(one for one in series if one.said["IDBANK"] == "001572432")
    assert first.title.startswith("Demandeurs d'emploi inscrits en fin de mois")
    assert first.points[0] == ("2016-11", "3548500", "A")
    assert all(one.points for one in series)


def test_the_sample_of_an_error_is_explained_and_not_tried_again(samples):
    body = (samples / "insee_bdm_error_404.xml").read_text(encoding="utf-8")
    error = bdm.explain(404, body)
    assert isinstance(error, FinalError)
    assert "Aucun résultat ne correspond à cette requête" in error.sentence
    assert bdm.explain(503, body) is None
    assert bdm.explain(404, "<html>Not found") is None


def test_unemployment_rates_written_by_hand_are_of_the_right_territories(own, read):
    rows = list(connector.UNEMPLOYMENT.parse(read(own("bdm_chomage.xml"))))
    assert {(r.scheme, r.code, r.period): (r.value, r.obs_status) for r in rows} == {
        ("DEP", "62", "2026-Q2"): ("8.6", "P"),
        ("DEP", "62", "2026-Q1"): ("8.8", "P"),
        ("DEP", "62", "2025-Q4"): (None, "O"),
        ("REG", "32", "2026-Q2"): ("8.9", "A"),
        ("FRANCE", "F", "2026-Q2"): ("7.5", "A"),
    }


def test_the_edition_is_the_latest_update_of_a_series(own, read):
    assert bdm.edition([read(own("bdm_chomage.xml"))]).code == "2026-09-30"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (b"Pas-de-Calais", b"Nord", "s’intitule"),
        (b'IDBANK="001739982"', b'IDBANK="001739999"', "n’a pas la série 001739982"),
        (b'IDBANK="001739982"', b'IDBANK="001515927"', "s’intitule"),
        (b'OBS_VALUE="7.5"', b'VALUE="7.5"', "OBS_VALUE"),
        (b'UNIT_MULT="0"', b'UNIT_MULT="mille"', "multiplicateur"),
        (b"</message:StructureSpecificData>", b"", "coupée"),
        (b"StructureSpecificData", b"Structure", "message de données"),
        (
            b"<message:StructureSpecificData",
            b'<!DOCTYPE x [<!ENTITY a "b">]><message:StructureSpecificData',
            "coupée",
        ),
    ],
)
def test_a_changed_answer_is_refused_in_french(own, read, before, after, words):
    content = own("bdm_chomage.xml")
    assert before in content
    with pytest.raises(WrongAnswer, match=words):
        list(connector.UNEMPLOYMENT.parse(read(content.replace(before, after))))


def test_an_error_message_with_status_200_is_not_taken_for_data(own, read):
    with pytest.raises(WrongAnswer, match="message d’erreur"):
        list(sdmx.read(read(own("bdm_error_404.xml"))))


def flow(*series):
    rows = "".join(
        f'<Series IDBANK="{number}" REF_AREA="R32" FREQ="M" ACTIVITE_CREAT_ENT="ENS" CORRECTION="{kind}"'
        f' TITLE_FR="Défaillances - Hauts-de-France"><Obs TIME_PERIOD="2026-08" OBS_VALUE="310"/></Series>'
        for number, kind in series
    )
    return f"<StructureSpecificData><DataSet>{rows}</DataSet></StructureSpecificData>".encode()


def test_a_series_without_a_known_number_is_found_by_its_dimensions(read):
    rows = list(connector.FAILURES.parse(read(flow(("1", "CVS"), ("2", "BRUT")))))
    assert [(r.scheme, r.code, r.period, r.value) for r in rows] == [("REG", "32", "2026-08", "310")]


def test_two_series_that_answer_the_same_question_are_refused_by_name(read):
    with pytest.raises(WrongAnswer, match="1 et 2"):
        list(connector.FAILURES.parse(read(flow(("1", "BRUT"), ("2", "BRUT")))))


@pytest.fixture
def levels(places):
    ensure_subject("DEP", "62", "Pas-de-Calais", "département")
    ensure_subject("REG", "32", "Hauts-de-France", "région")
    ensure_subject("FRANCE", "F", "France", "pays")


def long(own, quarters=30):
    """The answer by hand, with a longer past."""
    past = "".join(
        f'<Obs TIME_PERIOD="{2017 + q // 4}-Q{q % 4 + 1}" OBS_VALUE="9.{q % 10}" OBS_STATUS="A"/>'
        for q in range(quarters)
    )
    return own("bdm_chomage.xml").replace(b"</Series>", past.encode() + b"</Series>")


def test_rates_reach_the_ledger_through_the_door(levels, own, replay):
    path = f"/{connector.UNEMPLOYMENT.path}"
    replay.play(path, Reply(long(own), "application/xml"))
    run = refresh("insee-bdm-chomage", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    (asked,) = replay.asked(path)
    assert asked.headers["accept"].startswith("application/vnd.sdmx.structurespecificdata+xml")
    found = reading.series(["taux-chomage-localise"], [PAS_DE_CALAIS])[
        "taux-chomage-localise", *PAS_DE_CALAIS
    ]
    assert (found[-1].end, found[-1].value, found[-1].obs_status) == (date(2026, 6, 30), Decimal("8.6"), "P")
    assert next(f for f in found if f.end == date(2025, 12, 31)).state == State.MISSING


def test_an_empty_answer_of_the_bank_leaves_the_figures_in_place(levels, own, replay):
    path = f"/{connector.UNEMPLOYMENT.path}"
    replay.play(
        path, Reply(long(own), "application/xml"), Reply(own("bdm_error_404.xml"), "application/xml", 404)
    )
    refresh("insee-bdm-chomage", Options(base_url=replay.url))
    run = refresh("insee-bdm-chomage", Options(base_url=replay.url))
    assert run.status == "failed"
    assert "Aucun résultat" in run.error
    assert len(replay.asked(path)) == 2
    assert reading.latest(["taux-chomage-localise"], [PAS_DE_CALAIS])
