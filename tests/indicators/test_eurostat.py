"""Eurostat's JSON-stat: the envelope people quoted, answers written by hand, and what may go wrong."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agglo.figures import reading
from agglo.figures.models import Subject
from agglo.figures.recording import ensure_subject
from agglo.figures.vocabulary import State
from agglo.indicators import jsonstat
from agglo.indicators.connectors import eurostat as connector
from agglo.opendata.errors import FinalError, RetryableError, WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply

OWN = Path(__file__).parent.parent / "samples" / "europe"
GDP = (OWN / "eurostat_gdp.json").read_bytes()


def test_the_quoted_envelope_reads_with_its_status(samples, read):
    answer = read((samples / "eurostat_jsonstat_prc_hicp_minr_shape.json").read_bytes())
    assert [(c.dimensions["time"], c.value, c.status) for c in jsonstat.cells(answer)] == [
        ("2026-07", "128.1", ""),
        ("2026-08", "128.41", "p"),
    ]
    assert connector.edition([answer]).published_on == date(2026, 9, 17)


def test_the_quoted_error_is_explained_and_not_tried_again(samples):
    error = connector.explain(400, (samples / "eurostat_error_400.json").read_text(encoding="utf-8"))
    assert isinstance(error, FinalError)
    assert "n’existe pas" in error.sentence


@pytest.mark.parametrize(
    ("status", "body", "kind", "words"),
    [
        (400, '{"error":[{"status":400,"id":100,"label":"NO_RESULT"}]}', FinalError, "aucun chiffre"),
        (400, '{"error":[{"status":400,"id":140,"label":"SYNTAX"}]}', FinalError, "mal écrite"),
        (413, '{"error":[{"status":413,"label":"EXTRACTION_TOO_BIG"}]}', FinalError, "cinq millions"),
        (500, '{"error":[{"status":500,"id":500,"label":"SERVER"}]}', RetryableError, "panne"),
    ],
)
def test_documented_errors_written_by_hand_say_what_happened(status, body, kind, words):
    error = connector.explain(status, body)
    assert isinstance(error, kind)
    assert words in error.sentence


@pytest.mark.parametrize("body", ["", "<html>", "[]", '{"error":[]}', '{"error":"x"}'])
def test_another_body_is_left_to_the_usual_reading(body):
    assert connector.explain(400, body) is None


def test_values_follow_the_order_of_categories_and_absent_ones_are_not_zero(read):
    rows = list(connector.GDP.parse(read(GDP)))
    assert {(r.scheme, r.code, r.measure, r.period): (r.value, r.obs_status, r.state) for r in rows} == {
        ("NUTS2", "FRE1", "pib-regional", "2022"): ("118000.5", "A", None),
        ("NUTS2", "FRE1", "pib-regional", "2023"): ("121000.1", "A", None),
        ("DEP", "62", "pib-regional", "2022"): ("36500.2", "A", None),
        ("DEP", "62", "pib-regional", "2023"): ("37800.9", "P", None),
        ("NUTS2", "FRE1", "pib-par-habitant-europe", "2022"): ("29000", "A", None),
        ("NUTS2", "FRE1", "pib-par-habitant-europe", "2023"): (None, "C", State.CONFIDENTIAL),
        ("DEP", "62", "pib-par-habitant-europe", "2022"): ("25000", "A", None),
        ("DEP", "62", "pib-par-habitant-europe", "2023"): ("25900", "A", None),
    }


def test_a_list_of_values_reads_like_the_object(read):
    body = json.loads(GDP)
    body["value"] = [body["value"].get(str(rank)) for rank in range(12)]
    assert list(jsonstat.cells(read(json.dumps(body).encode()))) == list(jsonstat.cells(read(GDP)))


def renamed(body):
    body["id"][1] = "unite"
    body["dimension"]["unite"] = body["dimension"].pop("unit")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda b: b.pop("size"), "size"),
        (renamed, "dimension unit"),
        (lambda b: b["size"].__setitem__(2, 4), "annonce 4 modalités"),
        (lambda b: b["value"].__setitem__("99", 1), "hors de son tableau"),
        (lambda b: b.__setitem__("value", "x"), "illisibles"),
        (lambda b: (b.pop("value"), b.__setitem__("warning", {"status": 413})), "plus tard"),
    ],
)
def test_a_changed_answer_is_refused_in_french(read, change, words):
    body = json.loads(GDP)
    change(body)
    with pytest.raises(WrongAnswer, match=words):
        list(connector.GDP.parse(read(json.dumps(body).encode())))


def test_figures_reach_the_ledger_through_the_door(places, replay):
    ensure_subject("DEP", "62", "Pas-de-Calais", "département")
    replay.play("/data/nama_10r_3gdp", Reply(GDP))
    run = refresh("eurostat-pib-regional", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    (asked,) = replay.asked("/data/nama_10r_3gdp")
    for part in ("geo=FRE12", "geo=FRE1&", "unit=MIO_EUR", "unit=EUR_HAB", "format=JSON"):
        assert part in asked.path
    last = reading.latest(["pib-regional"], [("DEP", "62"), ("NUTS2", "FRE1")])
    assert last["pib-regional", "DEP", "62"].value == Decimal("37800.9")
    assert last["pib-regional", "NUTS2", "FRE1"].value == Decimal("121000.1")
    assert Subject.objects.get(scheme="NUTS2", code="FRE1").name == "Nord-Pas-de-Calais"


def test_a_refused_request_is_said_in_french_and_asked_once(places, replay):
    body = b'{"error":[{"status":400,"id":150,"label":"INVALID_QUERY_DIMENSION"}]}'
    replay.play("/data/lfst_r_lfu3rt", Reply(body, status=400))
    run = refresh("eurostat-chomage-regional", Options(base_url=replay.url))
    assert run.status == "failed"
    assert "Eurostat refuse" in run.error
    assert len(replay.asked("/data/lfst_r_lfu3rt")) == 1
