"""API Sirene 3.11: the recorded envelope, cursor and establishment; then pages made by hand in their form."""

import json

import pytest

from agglo.figures import reading
from agglo.indicators import sirene_api
from agglo.indicators.bundling import Page
from agglo.indicators.connectors import sirene_api as connector
from agglo.opendata.declaration import declared
from agglo.opendata.errors import FinalError, WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply

EPCI = ("EPCI", "200072460")
CODE = connector.SIRENE_API.code
MEASURE = sirene_api.MEASURE


def recorded(samples, name) -> Page:
    return Page("", json.loads((samples / name).read_text(encoding="utf-8")))


def establishment(siret, commune="62119", state="A", activity="25.11Z", **said):
    now = {
        "dateFin": None,
        "etatAdministratifEtablissement": state,
        "activitePrincipaleEtablissement": activity,
    }
    before = {**now, "dateFin": "2019-12-31", "etatAdministratifEtablissement": "A"}
    place = {"codeCommuneEtablissement": commune}
    return {"siret": siret, "adresseEtablissement": place, "periodesEtablissement": [now, before], **said}


def page(*found, total=None, cursor="*", after="*"):
    total = len(found) if total is None else total
    header = {"statut": 200, "message": "ok", "total": total, "curseur": cursor, "curseurSuivant": after}
    return {"header": header, "etablissements": [*found]}


def body(content) -> bytes:
    return json.dumps(content).encode()


def test_the_recorded_cursor_leads_from_one_page_to_the_next(samples):
    first = recorded(samples, "sirene-api_3.11_siren_cursor_page1.json")
    second = recorded(samples, "sirene-api_3.11_siren_cursor_page2.json")
    assert sirene_api.following(first) == sirene_api.header(second)["curseur"]


def test_the_last_page_repeats_its_cursor():
    assert sirene_api.following(Page("", page(cursor="AoE", after="AoE"))) is None


def test_the_recorded_establishment_is_closed_today_and_was_open_before(samples):
    found = recorded(samples, "sirene-api_3.11_siret_one.json").body["etablissement"]
    assert len(found["periodesEtablissement"]) > 1
    assert not sirene_api.is_industrial(sirene_api.current(found))
    assert found["adresseEtablissement"]["codeCommuneEtablissement"] == "97411"


def test_the_recorded_error_says_why(samples):
    error = (samples / "sirene-api_3.11_error_400.json").read_text(encoding="utf-8")
    assert "Erreur de syntaxe" in str(sirene_api.explain(400, error))


@pytest.mark.parametrize(
    ("status", "text", "kind", "words"),
    [
        (404, '{"header": {"statut": 404, "message": "Aucun élément trouvé"}}', sirene_api.NoResult, "aucun"),
        (401, '{"message": "Unauthorized", "http_status_code": 401}', FinalError, "INSEE_SIRENE_KEY"),
    ],
)
def test_documented_refusals_are_said_in_french(status, text, kind, words):
    error = sirene_api.explain(status, text)
    assert type(error) is kind
    assert words in str(error)


@pytest.mark.parametrize(
    ("status", "text"), [(429, '{"header": {"message": "x"}}'), (502, "<html>"), (404, "x")]
)
def test_other_errors_keep_the_usual_reading(status, text):
    assert sirene_api.explain(status, text) is None


def counted(read, *pages, communes=("62119", "62178")):
    answer = read(body({"period": "2026-11", "pages": [{"path": "/siret", "body": one} for one in pages]}))
    return {row.code: row.value for row in sirene_api.counted(answer, communes, "2026-11")}


def test_only_what_is_active_and_industrial_today_is_counted(read):
    found = page(
        establishment("1"),
        establishment("2", state="F"),
        establishment("3", activity="47.11B"),
        establishment("4", activity="39.00Z", commune="62178"),
        establishment("5", activity=None),
    )
    assert counted(read, found) == {"62119": "1", "62178": "1"}


def test_an_establishment_seen_on_two_pages_counts_once(read):
    assert counted(read, page(establishment("1"), total=1), page(establishment("1"), total=1))["62119"] == "1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (page(establishment("1"), total=5), "manquent"),
        ({"fault": "x"}, "en-tête"),
        (page({"siret": "1"}), "commune"),
        (page(establishment("1", periodesEtablissement=[])), "période en cours"),
        ({"header": {"statut": 200, "total": 0}, "unitesLegales": []}, "liste d’établissements"),
    ],
)
def test_a_changed_form_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        counted(read, content)


def test_without_a_key_the_dataset_is_declared_and_not_scheduled():
    assert declared()[CODE].scheduled is False


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "clé"])
def test_without_a_key_asking_says_what_to_do(territory, replay, settings, key):
    settings.INSEE_SIRENE_KEY = key
    run = refresh(CODE, Options(base_url=replay.url))
    assert "INSEE_SIRENE_KEY" in run.error
    assert replay.asked("/siret") == []


@pytest.mark.django_db
def test_pages_follow_the_cursor_with_the_key_and_ask_for_codes_only(territory, replay, settings):
    settings.INSEE_SIRENE_KEY = "clé-d-essai".encode("ascii", "ignore").decode()
    replay.play(
        "/siret",
        Reply(body(page(establishment("1"), total=2, after="AoE")),
              headers={"Link": "<http://127.0.0.1:1/entreprises/sirene/V3.11/publique/siret>; rel=next"}),
        Reply(body(page(establishment("2", commune="62178"), total=2, cursor="AoE", after="AoE"))),
    )  # fmt: skip
    run = refresh(CODE, Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    assert reading.latest([MEASURE], [EPCI])[MEASURE, *EPCI].value == 2
    first, second = replay.asked("/siret")
    assert first.headers["x-insee-api-key-integration"] == settings.INSEE_SIRENE_KEY
    assert "curseur=%2A" in first.path
    assert "curseur=AoE" in second.path
    assert "champs=siret" in first.path


@pytest.mark.django_db
def test_no_result_is_an_answer_without_figures(territory, replay, settings):
    settings.INSEE_SIRENE_KEY = "k"
    nothing = {"header": {"statut": 404, "message": "Aucun élément trouvé pour q=…"}}
    replay.play("/siret", Reply(body(nothing), status=404))
    run = refresh(CODE, Options(base_url=replay.url))
    assert run.status == "implausible"
    assert len(replay.asked("/siret")) == 1
