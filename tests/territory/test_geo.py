"""The connector of geo.api.gouv.fr: payloads built by hand from its documented format."""

import json

import pytest

from agglo.opendata.declaration import find
from agglo.opendata.models import RefusedRow, Status
from agglo.opendata.refresh import Options, refresh
from agglo.territory.models import Outline, Territory
from tests.replay.server import FAULTS, Reply

CROSSED = [[2.6, 50.5], [2.7, 50.6], [2.7, 50.5], [2.6, 50.6], [2.6, 50.5]]
WHOLE = "/epcis/200072460/communes"


def square(code: str, x: float = 2.6, y: float = 50.5, side: float = 0.01, **more) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    geometry = {"type": "Polygon", "coordinates": [ring], **more}
    return {"type": "Feature", "properties": {"nom": "essai", "code": code}, "geometry": geometry}


def collection(*features) -> Reply:
    return Reply(json.dumps({"type": "FeatureCollection", "features": features}).encode())


@pytest.fixture
def run(replay, loaded, settings):
    settings.OPENDATA_BASE_URLS = {"geo-contours": replay.url}
    return lambda: refresh("geo-contours", Options(base_url=replay.url))


def test_hand_made_contours_are_taken_drawn_and_asked_the_right_way(replay, run):
    replay.play(WHOLE, collection(square("62119"), square("62178", 2.61)))
    done = run()
    assert (done.status, done.added) == (Status.SUCCEEDED, 2), done.error
    assert "geometry=contour" in replay.asked(WHOLE)[0].path
    bethune = Territory.objects.coded("COM", "62119").get()
    assert bethune.contour["type"] == "Polygon"
    assert [t.name for t in bethune.neighbours.named()] == ["Bruay-la-Buissière"]
    assert Outline.objects.count() == 4


def test_the_same_contours_again_change_nothing(replay, run):
    replay.play(WHOLE, collection(square("62119")))
    run()
    drawn = set(Outline.objects.values_list("pk", flat=True))
    assert run().added == 0
    assert set(Outline.objects.values_list("pk", flat=True)) == drawn


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (square("75056"), "pas de notre territoire"),
        (square("62178", 5.0), "hors de la région"),
        (square("62178", type="Point", coordinates=[2.6, 50.5]), "un contour est attendu"),
        (
            square("62178", coordinates=[[[2.6, 50.5], [2.7, 50.6], [2.7, 50.5], [2.6, 50.6], [2.6, 50.5]]]),
            "recoupe",
        ),
        (square("62178", coordinates="non"), "illisibles"),
        ({"type": "Feature"}, "ni code"),
        (square("62119"), "deux fois"),
    ],
)
def test_a_contour_that_cannot_be_taken_is_refused_with_its_reason(replay, run, bad, why):
    replay.play(WHOLE, collection(square("62119"), bad))
    done = run()
    assert (done.added, done.refused) == (1, 1), done.error
    assert why in RefusedRow.objects.get().reason


@pytest.mark.parametrize(
    "body", [b"[]", b"Not Found", b'{"type":"FeatureCollection","features":[]}', b'{"type":']
)
def test_an_answer_that_is_no_list_of_contours_leaves_what_is_held(replay, run, body):
    replay.play(WHOLE, collection(square("62119")))
    run()
    replay.play(WHOLE, Reply(body))
    done = run()
    assert done.status == Status.FAILED
    assert Territory.objects.filter(contour__isnull=False).count() == 1


def test_when_all_at_once_is_too_much_communes_are_asked_one_by_one(replay, run):
    replay.play(WHOLE, FAULTS["502"](Reply()))
    for rank, commune in enumerate(Territory.objects.communes_of().named()):
        body = json.dumps(square(commune.code, 2.3 + 0.01 * (rank % 10), 50.4 + 0.01 * (rank // 10)))
        replay.play(f"/communes/{commune.code}", Reply(body.encode()))
    done = run()
    assert (done.status, done.added) == (Status.SUCCEEDED, 100), done.error
    assert "geometry=contour" in replay.asked("/communes/62119")[0].path


@pytest.mark.samples
def test_the_recorded_geometry_of_the_hundred_communes_is_taken_whole(replay, run, samples):
    replay.play(WHOLE, Reply((samples / "geo_communes_cabbalr_100.geojson").read_bytes()))
    done = run()
    assert (done.added, done.refused) == (100, 0), done.error


def test_a_commune_the_whole_answer_no_longer_gives_is_shown_and_keeps_its_contour(replay, run, samples):
    whole = json.loads((samples / "geo_communes_cabbalr_100.geojson").read_text(encoding="utf-8"))
    replay.play(WHOLE, Reply(json.dumps(whole).encode()))
    run()
    gone = whole["features"].pop()["properties"]["code"]
    replay.play(WHOLE, Reply(json.dumps(whole).encode()))
    done = run()
    (refused,) = done.refused_rows.all()
    assert (refused.content, "n’est plus dans la réponse" in refused.reason) == (gone, True)
    assert Territory.objects.get(subject__code=gone).contour is not None


def test_the_dataset_is_declared():
    assert find("geo-contours").licence == "Licence Ouverte 2.0"
