"""Catalogues of files: the fixtures data.gouv.fr itself reads, then its API in answers made by hand."""

import json
from datetime import UTC, datetime

import pytest

from agglo.indicators.datagouv import newest, resources
from agglo.opendata.errors import WrongAnswer


@pytest.fixture
def dcat(samples):
    return lambda name: json.loads((samples / name).read_text(encoding="utf-8"))


def test_a_file_of_a_catalogue_takes_the_title_and_day_of_its_dataset(dcat):
    found = newest(dcat("dcat_udata-fixture_evian.json"), "stationnement velos", "csv")
    assert found.url.endswith("csv?layers=5")
    assert found.last_modified == datetime(2022, 7, 29, 11, 29, 7, 556000, tzinfo=UTC)


def test_a_graph_of_nodes_gives_its_files(dcat):
    found = resources(dcat("dcat_udata-fixture_bnodes.jsonld"))
    assert {one.title for one in found} == {
        f"Resource {name}" for name in ("1-1", "1-2", "2-1", "2-2", "3-1")
    }
    assert all(one.url.startswith("http") for one in found)


def test_a_page_of_a_collection_gives_its_files(dcat):
    assert resources(dcat("dcat_udata-fixture_paged-collection-1.jsonld"))


def api(**said):
    usual = {"title": "Fichier du mois", "format": "csv", "latest": "https://x.fr/r/1", "filesize": 12}
    return {"last_modified": "2026-11-01T05:00:00+00:00", **usual, **said}


def test_the_newest_of_those_that_fit_is_taken():
    old = api(last_modified="2026-10-01T05:00:00+00:00", latest="https://x.fr/r/0")
    other = api(title="Fichier du mois, historique", last_modified="2026-11-09T00:00:00+00:00")
    found = newest(
        {"resources": [old, api(), other, api(format="zip")]}, "fichier du mois", "CSV", ("historique",)
    )
    assert (found.url, found.size) == ("https://x.fr/r/1", 12)


def test_a_file_without_a_day_is_older_than_one_that_has_it():
    body = {"resources": [api(last_modified=None, latest="https://x.fr/r/0"), api()]}
    assert newest(body, "Fichier", "csv").url == "https://x.fr/r/1"


def test_when_nothing_fits_what_there_is_is_named():
    with pytest.raises(WrongAnswer, match="n’annonce plus") as raised:
        newest({"resources": [api()]}, "Autre", "csv")
    assert "Fichier du mois (csv)" in raised.value.detail


@pytest.mark.parametrize("body", [{"message": "not found"}, [], "x", None])
def test_what_is_no_catalogue_is_refused(body):
    with pytest.raises(WrongAnswer, match="liste de fichiers"):
        resources(body)
