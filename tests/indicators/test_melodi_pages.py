"""How Melodi is asked: pages that tie with what is counted, refusals explained by known codes."""

import io
import json
import zipfile

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import State
from agglo.indicators import melodi_pages
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply

FLORES = "/data/DS_FLORES_A5"
EPCI = ("EPCI", "200072460")


def last(measure, subject=EPCI):
    return reading.latest([measure], [subject]).get((measure, *subject))


def flores(replay, *replies):
    replay.play(FLORES, *replies)
    return refresh("insee-flores-a5", Options(base_url=replay.url))


def page(own, **paging):
    return Reply(json.dumps({**json.loads(own("melodi_flores.json")), "paging": paging}).encode())


def test_the_recorded_range_gives_dimensions_and_their_codes(samples, read):
    known = melodi_pages.codes(read((samples / "melodi_range_DS_EC_DECES.json").read_bytes()))
    assert known["SEX"] == {"_T", "F", "M"}
    assert {"GEO", "EC_MEASURE", "TIME_PERIOD"} <= known.keys()


def test_an_answer_that_ties_with_what_is_counted_is_taken(places, replay, own):
    count = len(json.loads(own("melodi_flores.json"))["observations"])
    assert flores(replay, page(own, count=count)).status == "succeeded"


def test_fewer_rows_than_counted_are_refused(places, replay, own):
    run = flores(replay, page(own, count=999))
    assert run.status == "failed"
    assert "incomplète" in run.error
    assert last("etablissements-employeurs") is None


def test_a_page_sent_twice_is_refused(places, replay, own):
    run = flores(replay, page(own, next=f"{replay.url}{FLORES}?page=2"), page(own, isLast=True))
    assert run.status == "failed"
    assert "répète" in run.error


def test_a_full_page_with_nothing_after_it_is_refused(places, replay, own):
    one = json.loads(own("melodi_flores.json"))["observations"][0]
    rows = [
        {**one, "dimensions": {**one["dimensions"], "TIME_PERIOD": f"{1000 + rank}"}}
        for rank in range(melodi_pages.PAGE_SIZE)
    ]
    run = flores(replay, Reply(json.dumps({"observations": rows, "paging": {"first": "x"}}).encode()))
    assert run.status == "failed"
    assert "aucune suite annoncée" in run.error


@pytest.mark.parametrize(
    "reply", [Reply(b"", "text/plain", 400), Reply(b'{"observations": [], "paging": {"count": 0}}')]
)
def test_a_refusal_or_an_empty_answer_names_the_dimension_that_has_gone(places, replay, own, reply):
    replay.play("/range/DS_FLORES_A5", Reply(own("melodi_range_renamed.json")))
    run = flores(replay, reply)
    assert run.status == "failed"
    assert "LEGAL_FORM_WITH_PUBLIC" in run.error
    assert "LEGAL_FORM_PUBLIC" in run.error


def test_a_refusal_is_still_said_when_the_range_cannot_be_read(places, replay):
    replay.play("/range/DS_FLORES_A5", Reply(b"Not Found", "text/plain", 404))
    assert "Melodi refuse la demande" in flores(replay, Reply(b"", "text/plain", 400)).error


def test_codes_that_have_gone_are_named_with_those_there_are():
    known = {"ACTIVITY": {"_T", "FZ"}}
    assert melodi_pages.unknown_codes({"ACTIVITY": ["_T", "BE"]}, known) == (
        "la modalité ACTIVITY=BE (il a\u00a0: FZ, _T)"
    )
    assert melodi_pages.unknown_codes({"ACTIVITY": "FZ"}, known) == ""


def test_residents_of_the_census_reach_the_ledger_as_counts(places, replay, own):
    replay.play("/data/DS_RP_EMPLOI_LR_PRINC", Reply(own("melodi_rp_residents.json")))
    run = refresh("insee-rp-emploi-lieu-residence", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    assert last("actifs-occupes-15-64").value == 10005
    assert last("population-15-64").value == 17000
    assert last("actifs-occupes-residents").value == 10200
    assert last("jeunes-sans-emploi-ni-etudes").value == 323
    # A part is missing, then a part is withheld: neither is a sum.
    assert last("jeunes-sans-emploi-ni-etudes", ("COM", "62119")) is None
    assert last("jeunes-sans-emploi-ni-etudes", ("COM", "62178")).state == State.CONFIDENTIAL


def lodging(**cells):
    return {"GEO_OBJECT": "EPCI", "L_STAY": "_T", "UNIT_LOC_RANKING": "_T", **cells}


def long_file(rows, columns):
    """A zip in the form of the bulk files, with these rows."""
    lines = [";".join(f'"{name}"' for name in columns)]
    lines += [";".join(str(row[name]) for name in columns) for row in rows]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as bundle:
        bundle.writestr("DS_TOUR_CAP_2026_data.csv", "\n".join(lines) + "\n")
        bundle.writestr("DS_TOUR_CAP_2026_metadata.csv", "COD_VAR;LIB_VAR;COD_MOD;LIB_MOD\n")
    return packed.getvalue()


COLUMNS = [
    "GEO", "GEO_OBJECT", "ACTIVITY", "L_STAY", "UNIT_LOC_RANKING", "TOUR_MEASURE", "TIME_PERIOD", "OBS_VALUE",
]  # fmt: skip


def tourism(replay, columns):
    row = lodging(GEO="200072460", TIME_PERIOD="2026")
    rows = [
        row | {"ACTIVITY": "I551", "TOUR_MEASURE": "UNIT_LOC", "OBS_VALUE": 12},
        row | {"ACTIVITY": "I551", "TOUR_MEASURE": "PLACE", "OBS_VALUE": 640},
        row | {"ACTIVITY": "I551", "TOUR_MEASURE": "PLACE", "OBS_VALUE": 99, "UNIT_LOC_RANKING": "3"},
        row | {"ACTIVITY": "I553", "TOUR_MEASURE": "PLACE", "OBS_VALUE": 210},
        row | {"ACTIVITY": "I552", "TOUR_MEASURE": "BEDPLACE", "OBS_VALUE": 80},
    ]
    product = {"id": "DS_TOUR_CAP_2026_CSV_FR", "accessURL": f"{replay.url}/file/tour"}
    older = {"id": "DS_TOUR_CAP_2025_CSV_FR", "accessURL": f"{replay.url}/file/older"}
    replay.play("/catalog/DS_TOUR_CAP", Reply(json.dumps({"product": [product, older]}).encode()))
    body = long_file(rows, COLUMNS)
    if columns != COLUMNS:
        renamed = dict(zip(COLUMNS, columns, strict=True))
        body = long_file([{renamed[name]: value for name, value in one.items()} for one in rows], columns)
    replay.play("/file/tour", Reply(body, "application/zip"))
    return refresh("insee-tourisme-capacites", Options(base_url=replay.url))


def test_lodgings_are_read_from_the_newest_long_file_at_their_totals(places, replay):
    run = tourism(replay, COLUMNS)
    assert run.status == "succeeded", run.error
    assert [last(m).value for m in ("hotels", "chambres-hotels", "emplacements-camping")] == [12, 640, 210]
    assert last("lits-hebergements-collectifs").value == 80


def test_a_renamed_column_of_the_long_file_is_named(places, replay):
    run = tourism(replay, [name.replace("L_STAY", "STAY") for name in COLUMNS])
    assert run.status == "failed"
    assert "L_STAY" in run.error


def ess(*rows):
    observations = [
        {
            "dimensions": {
                "GEO": geo, "TIME_PERIOD": "2023", "ACTIVITY": "_T", "SEX": "_T", "LEGAL_FORM": "_T",
                "SOCIAL_ECONOMY_MEASURE": "UNIT_LOC",
            },
            "measures": {"OBS_VALUE_NIVEAU": {"value": value}},
        }
        for geo, value in rows
    ]  # fmt: skip
    return Reply(json.dumps({"observations": observations, "paging": {"count": len(rows)}}).encode())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("COM-62119", 100.0), ("COM-62178", 50.0)], 150),
        ([("COM-62119", 100.0), ("COM-62178", 50.0), ("EPCI-200072460", 466.0)], 466),
    ],
)
def test_social_economy_is_summed_over_communes_only_where_the_source_has_no_total(
    places, replay, rows, expected
):
    replay.play("/data/DS_SOCIAL_ECONOMY", ess(*rows))
    run = refresh("insee-ess", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    assert last("etablissements-employeurs-ess").value == expected
