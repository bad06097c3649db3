"""Urssaf and the BODACC the whole way: asked of a replaying server, kept, written, taken away apart."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from django.utils import timezone

from agglo.figures import reading
from agglo.indicators.places import our_communes
from agglo.opendata.refresh import Options, refresh
from tests.indicators.test_bodacc import notice
from tests.indicators.test_urssaf import line
from tests.replay.server import Reply

pytestmark = pytest.mark.django_db
EPCI = ("EPCI", "200072460")
URSSAF = (
    "/api/explore/v2.1/catalog/datasets/etablissements-et-effectifs-salaries-au-niveau-commune-x-ape-last"
    "/exports/json"
)
BODACC = "/api/explore/v2.1/catalog/datasets/annonces-commerciales/exports/json"
STAFF = "effectif-salarie-prive"


def body(rows):
    return Reply(json.dumps(rows).encode())


def plain(content):
    return gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content


@pytest.fixture
def employees(territory, replay):
    replay.play(URSSAF, body([line(code, "2211Z", 10) for code in our_communes()]))
    run = refresh("urssaf-communes", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error


def test_a_hundred_communes_make_the_agglomeration(employees, replay):
    assert reading.latest([STAFF], [EPCI])[STAFF, *EPCI].value == 1000
    (asked,) = replay.asked(URSSAF)
    assert "code_commune+in+" in asked.path


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b'{"error_code": "ODSQLError", "message": "Unknown field: code_commune"}',
               "application/json", 400), "«\u202fcode_commune\u202f»"),
        (Reply(b'[{"commune": "62119", "code_ape": "2211Z"}]'), "code_commune"),
        (Reply(b'[{"code_commune": "62119", "code'), "JSON lisible"),
    ],
)  # fmt: skip
def test_a_changed_or_cut_answer_leaves_the_figures_in_place(employees, replay, reply, words):
    replay.play(URSSAF, reply)
    run = refresh("urssaf-communes", Options(base_url=replay.url))
    assert run.status == "failed"
    assert words in run.error
    assert len(replay.asked(URSSAF)) == 2
    assert reading.latest([STAFF], [EPCI])[STAFF, *EPCI].value == 1000


def test_odbl_figures_leave_in_their_own_file_with_their_notice(employees, facts, client):
    def taken(name):
        content = b"".join(client.get(f"/donnees/{name}.csv").streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(content), delimiter=";"))

    own = taken("urssaf-odbl")
    assert len(own) == 303
    assert {row["licence"] for row in own} == {"ODbL 1.0"}
    assert all("même licence" in row["notice"] for row in own)
    assert not [row for row in taken("faits-attestes") if row["licence"].startswith("ODbL")]


def test_an_indicator_that_holds_odbl_rows_says_so_in_its_head_and_beside_them(employees, client):
    found = client.get("/indicateurs/EMP-04.json").json()
    assert found["licences"] == ["ODbL 1.0"]
    assert "même licence" in found["notice"]
    assert found["observations"]
    assert all("même licence" in row["notice"] for row in found["observations"])
    head, _, rows = client.get("/indicateurs/EMP-04.csv").content.decode().partition("periode;")
    assert "# notice\u00a0: Contient des données de l’Urssaf" in head
    assert "même licence" in rows
    other = client.get("/indicateurs/EMP-01.json").json()
    assert "notice" not in other
    table = client.get("/axes/emploi/territoires.csv").content.decode()
    assert "# notice\u00a0: Contient des données de l’Urssaf" in table


def test_failures_are_counted_and_nobody_is_named(territory, replay, settings):
    last = timezone.now().date().replace(day=1) - timezone.timedelta(days=1)
    rows = [notice(n, day=last.isoformat()) | {"listepersonnes": "Marie DUPONT"} for n in (1, 2)]
    rows.append(notice(3, day=last.isoformat(), kind="annulation", cites="A202601942"))
    replay.play(BODACC, body(rows))
    run = refresh("bodacc-procedures", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    found = reading.latest(["defaillances-ouvertures", "defaillances-12-mois"], [EPCI, ("COM", "62119")])
    assert found["defaillances-ouvertures", "COM", "62119"].value == 1
    assert found["defaillances-12-mois", *EPCI].value == 1
    (asked,) = replay.asked(BODACC)
    assert "listepersonnes" not in asked.path
    kept = [path for path in Path(settings.OPENDATA_ARCHIVE).rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if b"DUPONT" in plain(path.read_bytes())]
    again = refresh("bodacc-procedures", Options(base_url=replay.url))
    assert again.status in ("succeeded", "unchanged")
    assert not again.added
