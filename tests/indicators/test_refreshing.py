"""Connectors the whole way: asked of a replaying server, read, compared, written in the ledger."""

import json
from datetime import date
from decimal import Decimal

import pytest

from agglo.figures import reading
from agglo.figures.vocabulary import State
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import SERVER_ERROR, Reply

pytestmark = pytest.mark.django_db
FLORES = "/data/DS_FLORES_A5"
EPCI = ("EPCI", "200072460")


def last(measure, subject=EPCI):
    return reading.latest([measure], [subject]).get((measure, *subject))


def test_flores_reaches_the_ledger_with_its_withheld_figure(places, replay, own):
    replay.play(FLORES, Reply(own("melodi_flores.json")))
    run = refresh("insee-flores-a5", Options(base_url=replay.url))
    assert run.status == "succeeded"
    assert last("etablissements-employeurs").value == 1200
    assert last("postes-salaries-industrie").state == State.CONFIDENTIAL


def test_the_request_asks_for_our_territories_and_for_the_right_codes(places, replay, own):
    replay.play(FLORES, Reply(own("melodi_flores.json")))
    refresh("insee-flores-a5", Options(base_url=replay.url))
    (asked,) = replay.asked(FLORES)
    for part in (
        "GEO=EPCI-200072460&",
        "GEO=ZE2020-3205",
        "GEO=EPCI-200072460%2ACOM",
        "LEGAL_FORM_WITH_PUBLIC=1T9X7",
    ):
        assert part in asked.path


def test_pages_follow_one_another_until_the_last(places, replay, own):
    first = json.loads(own("melodi_flores.json"))
    second = {**first, "observations": [{**first["observations"][0]}], "paging": {}}
    second["observations"][0] = {
        "dimensions": {**first["observations"][0]["dimensions"], "TIME_PERIOD": "2022"},
        "measures": {"OBS_VALUE_NIVEAU": {"value": 1100.0}},
    }
    first["paging"] = {"next": f"{replay.url}/data/DS_FLORES_A5?page=2"}
    replay.play(FLORES, Reply(json.dumps(first).encode()), Reply(json.dumps(second).encode()))
    assert refresh("insee-flores-a5", Options(base_url=replay.url)).status == "succeeded"
    figures = reading.series(["etablissements-employeurs"], [EPCI])["etablissements-employeurs", *EPCI]
    assert [(f.end.year, f.value) for f in figures] == [(2022, 1100), (2023, 1200)]


def test_a_next_page_on_another_host_is_refused(places, replay, own):
    replay.play(FLORES, Reply(own("melodi_next_elsewhere.json")))
    run = refresh("insee-flores-a5", Options(base_url=replay.url))
    assert run.status == "failed"
    assert "autre-site.example" in run.error
    assert last("etablissements-employeurs") is None


def test_an_unknown_dataset_is_said_so_and_asked_once(places, replay):
    replay.play(FLORES, Reply(SERVER_ERROR, "text/plain", 500))
    run = refresh("insee-flores-a5", Options(base_url=replay.url))
    assert "ne connaît pas ce jeu" in run.error
    assert len(replay.asked(FLORES)) == 1


def test_the_long_file_named_by_the_catalogue_is_streamed(places, replay):
    from tests.replay.melodi import bulk

    product = {"id": "DS_SIDE_CREA_ENT_COM_2024_CSV_FR", "accessURL": f"{replay.url}/file/side"}
    replay.play("/catalog/DS_SIDE_CREA_ENT_COM", Reply(json.dumps({"product": [product]}).encode()))
    replay.play(
        "/file/side", Reply(bulk("DS_SIDE_CREA_ENT_COM", codes=["62119", "75056"]), "application/zip")
    )
    assert refresh("insee-side-creations", Options(base_url=replay.url)).status == "succeeded"
    assert last("creations-entreprises", ("COM", "62119")).end == date(2024, 12, 31)
    assert last("creations-entreprises", ("COM", "75056")) is None


def test_an_older_workbook_after_a_newer_edition_is_refused(facts, samples, replay):
    path = samples / "insee_chomage-zone-t1-2003-t3-2023.xlsx"
    before = reading.latest(["taux-chomage-localise"], [("ZE2020", "3205")])
    run = refresh("insee-chomage-ze", Options(file=str(path)))
    assert run.status == "failed"
    assert reading.latest(["taux-chomage-localise"], [("ZE2020", "3205")]) == before


def test_a_live_workbook_revises_what_the_files_at_hand_say(facts, replay):
    from tests.indicators.test_unemployment import workbook

    quarters = [f"{year}-T{q}" for year in range(2003, 2027) for q in (1, 2, 3, 4)][:93]
    names = {"3203": "Arras", "3205": "Béthune", "3215": "Lens", "3216": "Lille", "3219": "Saint-Omer"}
    lines = [[code, name, "32", "HDF", *([8.0] * 92), 9.9] for code, name in names.items()]
    lines += [[f"8{n:03}", f"Ailleurs {n}", "84", "ARA", *([5.0] * 93)] for n in range(300)]
    body = workbook(["ZE2020", "LIBZE2020", "REG", "LIBREG", *quarters], *lines)
    replay.play(
        "/fr/statistiques/1893230",
        Reply(b'<a href="/f/chomage-zone-t1-2003-t1-2026.xlsx">x</a>', "text/html"),
    )
    replay.play("/f/chomage-zone-t1-2003-t1-2026.xlsx", Reply(body, "application/octet-stream"))
    run = refresh("insee-chomage-ze", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    found = reading.series(["taux-chomage-localise"], [("ZE2020", "3205")])[
        "taux-chomage-localise", "ZE2020", "3205"
    ]
    assert (found[-1].end, found[-1].value) == (date(2026, 3, 31), Decimal("9.9"))
    assert [f.value for f in reading.history(next(f for f in found if f.end == date(2021, 12, 31)))] == [
        Decimal("8.5"),
        Decimal("8.4"),
        Decimal(8),
    ]
