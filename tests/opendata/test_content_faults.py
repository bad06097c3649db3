"""Answers that arrive whole and are wrong inside: Melodi pages and the long zip, by real declarations."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from agglo.figures.models import Observation
from agglo.figures.recording import define_measure, ensure_subject
from agglo.figures.vocabulary import Kind, State
from agglo.opendata.declaration import find
from agglo.opendata.models import RefusedRow
from agglo.opendata.options import Options
from agglo.opendata.refresh import refresh
from tests.opendata.registry import restored
from tests.replay import melodi
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db
JSON, ZIP = "insee-flores-a5", "insee-side-creations"
FILE = "DS_SIDE_CREA_ENT_COM"


@pytest.fixture(autouse=True)
def ground(replay, settings):
    settings.OPENDATA_RETRIES = 0
    ensure_subject("EPCI", settings.EPCI_CODE, "L’agglomération", "communauté d’agglomération")
    for code in ("62119", "62178", "62048", "62473", "62516"):
        ensure_subject("COM", code, code, "commune")
    with restored() as registry:
        for code in (JSON, ZIP):
            for one in find(code).measures:
                define_measure(one.measure, name=one.measure, counted_unit="unités", kind=Kind.STOCK)
            registry[code] = replace(registry[code], max_bytes=5_000_000)
        yield


def observation(code="62119", value=1200.0, period="2023", key="OBS_VALUE_NIVEAU", **more):
    dimensions = {
        "GEO": f"2025-COM-{code}", "FREQ": "A", "TIME_PERIOD": period, "ACTIVITY": "_T",
        "FLORES_MEASURE": "UNIT_LOC", "NUMBER_EMPL": "_T", "LEGAL_FORM_WITH_PUBLIC": "1T9X7",
    }  # fmt: skip
    return {"dimensions": dimensions, "measures": {key: {"value": value}}, **more}


def page(*observations, **paging):
    return json.dumps({"observations": observations, "paging": paging}).encode()


def ask(replay, *bodies):
    """One refresh of the paged dataset; `bodies` are its pages, one request each."""
    replay.play("/range/DS_FLORES_A5", Reply(status=404))
    replay.play("/catalog/DS_FLORES_A5", Reply(b"{}"))  # asked first: it does not say when it changed
    replay.play("*", *(Reply(body) for body in bodies))
    return refresh(JSON, Options(base_url=replay.url, force=True))


@pytest.fixture
def yesterday(replay):
    assert ask(replay, page(observation(), observation("62178", 800.0), isLast=True)).added == 2
    return held()


def held():
    rows = Observation.objects.known_on().values_list("series__subject__code", "value", "state")
    return {code: value if value is not None else State(state) for code, value, state in rows}


@pytest.mark.parametrize("key", ["OBS_VALUE", "OBS_VALUE_NIVEAU_2", "VALEUR"])
def test_the_key_of_the_value_may_change(yesterday, replay, key):
    done = ask(replay, page(observation(key=key), observation("62178", 800.0, key=key)))
    assert (done.status, done.unchanged) == ("unchanged", 2), done.error


def test_a_figure_withheld_is_confidential_neither_zero_nor_withdrawn(yesterday, replay):
    done = ask(replay, page(observation() | {"measures": {}}, observation("62178", 800.0)))
    assert (done.status, done.revised, done.withdrawn) == ("succeeded", 1, 0), done.error
    assert held() == {"62119": State.CONFIDENTIAL, "62178": 800}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (-5.0, "valeur hors bornes\u00a0: -5"),
        ("beaucoup", "valeur illisible\u00a0: «\u202fbeaucoup\u202f»"),
        (float("nan"), "valeur illisible\u00a0: «\u202fnan\u202f»"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_its_rank(yesterday, replay, value, reason):
    good = [observation("62178", 800.0, period=str(year)) for year in range(1990, 2024)]
    done = ask(replay, page(*good, observation(value=value)))
    assert done.status == "succeeded", done.error
    refused = RefusedRow.objects.get(run=done)
    assert (refused.line, refused.reason[: len(reason)]) == (35, reason)
    assert held()["62119"] == 1200


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([b"[]"], "liste d’observations"),
        ([page()], "peu vraisemblable"),
        ([page(observation(), count=2)], "incomplète"),
        (
            [page(*[observation(period=str(n)) for n in range(10_000)])],
            "incomplète",
        ),
        (
            [page(observation(), next="https://ailleurs.example/page2")],
            "renvoie vers ailleurs.example",
        ),
        (
            [page(observation(), next="http://127.0.0.1:1/page2")],
            "127.0.0.1",
        ),
        (
            [page(observation(), next="data/DS_FLORES_A5?page=2"), page(observation())],
            "répète des observations",
        ),
        ([page({"dimensions": {"GEO": "COM-62119"}, "measures": {}})], "TIME_PERIOD"),
        ([page(observation() | {"mesures": {}})[:-30]], "JSON"),
    ],
    ids=["empty-catalogue", "no-row", "fewer-than-counted", "cap", "next-elsewhere", "next-private",
         "duplicate-page", "dimension-gone", "cut"],
)  # fmt: skip
def test_pages_that_cannot_be_the_whole_answer_are_refused(yesterday, replay, pages, words):
    done = ask(replay, *pages)
    assert done.status in ("failed", "implausible")
    assert words in done.error, done.error
    assert held() == yesterday


def test_a_renamed_dataset_is_said_and_not_asked_again(yesterday, replay, settings):
    settings.OPENDATA_RETRIES = 3
    replay.play("*", Reply("Le serveur a rencontré une erreur inattendue.".encode(), "text/plain", 500))
    before = len(replay.seen)
    done = refresh(JSON, Options(base_url=replay.url))
    assert "ne connaît pas ce jeu" in done.error
    assert not done.retryable
    assert len([seen for seen in replay.seen[before:] if "/data/" in seen.path]) == 1


def file(replay, body):
    product = {"id": f"{FILE}_2024_CSV_FR", "accessURL": f"{replay.url}/file/side"}
    replay.play(f"/catalog/{FILE}", Reply(json.dumps({"product": [product]}).encode()))
    replay.play("/file/side", Reply(body, "application/zip"))
    return refresh(ZIP, Options(base_url=replay.url, force=True))


def zipped(**members):
    bundle = io.BytesIO()
    with zipfile.ZipFile(bundle, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(f"{name}.csv", content)
    return bundle.getvalue()


SOUND = melodi.bulk(FILE, codes=["62119"])
TEXT = zipfile.ZipFile(io.BytesIO(SOUND)).read(f"{FILE}_data.csv")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (SOUND[:-40], "coupée ou abîmée"),
        (SOUND[: len(SOUND) // 2], "coupée ou abîmée"),
        (SOUND.replace(SOUND[60:70], bytes(10)), "coupée ou abîmée"),
        (zipped(**{f"{FILE}_data": TEXT + b"\n" * 30_000_000}), "dépasse la taille permise"),
        (zipped(**{f"{FILE}_data": TEXT, "autre": bytes(30_000_000)}), "dépasse la taille permise"),
        (zipped(**{f"{FILE}_metadata": TEXT}), "elle contient"),
        (zipped(a_data=TEXT, b_data=TEXT), "elle contient"),
        (zipped(**{f"{FILE}_data": TEXT.replace(b"SIDE_MEASURE", b"SIDE_MEASURES")}), "SIDE_MEASURES"),
        (zipped(**{f"{FILE}_data": TEXT.decode().encode("utf-16")}), "colonne"),
    ],
    ids=["cut-end", "cut-half", "spoiled-inside", "bomb", "bomb-beside", "member-gone", "two-members",
         "renamed-column", "utf-16"],
)  # fmt: skip
def test_a_spoiled_zip_leaves_yesterdays_figures(replay, body, words):
    assert file(replay, SOUND).status == "succeeded"
    before = held()
    done = file(replay, body)
    assert (done.status, words in done.error) == ("failed", True), done.error
    assert held() == before


def test_a_bomb_in_a_file_that_a_parser_reads_is_stopped_too(replay, tmp_path):
    """A workbook is a zip: what it would unpack to is known before anybody opens it."""
    path = tmp_path / "classeur.xlsx"
    path.write_bytes(zipped(**{"xl/worksheets/sheet1": bytes(700_000_000)}))
    done = refresh("insee-chomage-ze", Options(file=str(path)))
    assert "l’archive dépasse la taille permise" in done.error, done.error
