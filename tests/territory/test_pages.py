"""The pages of the communes, as anybody gets them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agglo.territory.models import Membership


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    "address", ["/communes/", "/communes/62119/", "/communes/?page=99", "/communes/?sort=name&zone=3215"]
)
def test_pages_are_open_to_everybody_and_set_no_cookie(loaded, client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies


def test_the_list_says_the_population_the_zones_and_pages_by_25(loaded, client):
    page = text(client.get("/communes/"))
    assert "275\u202f028 habitants" in page
    assert "86,5\u00a0%" in page
    assert page.count("<tr") == 26


def test_the_first_column_sorts_as_french_sorts(loaded, client):
    page = text(client.get("/communes/?sort=name"))
    body = page[page.index("<tbody>") :]
    assert body.index(">Allouagne<") < body.index(">Annequin<") < body.index(">Barlin<")


@pytest.mark.parametrize(("words", "count"), [("noeux", 1), ("saint hilaire", 1), ("bethune", 4), ("zzz", 0)])
def test_filtering_asks_for_no_accent(loaded, client, words, count):
    page = text(client.get("/communes/", {"q": words}))
    assert f"{count} commune" in page[page.index("<caption>") :][:60]


def test_the_filter_by_zone_keeps_its_communes(loaded, client):
    page = text(client.get("/communes/?zone=3215"))
    assert "6 communes</caption>" in page
    assert "Douvrin" in page[page.index("<tbody>") :]


def test_the_file_holds_what_is_filtered_and_says_how(loaded, client):
    response = client.get("/communes.csv?zone=3215&q=billy")
    lines = text(response).splitlines()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert any("zone d’emploi = Lens" in line and "billy" in line for line in lines)
    assert any(line.startswith("# connu_le") for line in lines)
    assert any(line.startswith("# definition") for line in lines)
    assert [line for line in lines if line[:1].isdigit()] == [
        "62132;Billy-Berclau;Lens;62138;2023;5093;Insee"
    ]


def test_a_date_before_the_source_shows_no_figure(loaded, client):
    page = text(client.get("/communes/62119/?connu_le=2025-01-01"))
    assert "À cette date, aucune population" in page
    assert "25\u202f224" not in page


def test_a_wrong_date_is_told_and_today_is_shown(loaded, client):
    page = text(client.get("/communes/62119/?connu_le=hier"))
    assert "n’est pas une date" in page
    assert "25\u202f224 habitants" in page


def test_the_page_of_a_commune_says_where_it_stands(loaded, client):
    page = text(client.get("/communes/62119/"))
    assert "la plus peuplée" in page
    assert "Communes les plus proches" in page
    assert "population totale" in page.lower()


@pytest.mark.parametrize("code", ["99999", "75056", "3205", "nimporte-quoi"])
def test_an_unknown_code_is_a_french_404(loaded, client, code):
    response = client.get(f"/communes/{code}/")
    assert response.status_code == 404
    assert 'lang="fr"' in text(response)


def test_a_commune_that_left_has_no_page(loaded, client):
    Membership.objects.filter(child__subject__code="62119", parent__kind="EPCI").update(valid_to="2026-02-01")
    assert client.get("/communes/62119/").status_code == 404


def test_the_number_of_queries_does_not_follow_the_number_of_rows(loaded, client):
    counts = []
    for address in ("/communes/?zone=3203", "/communes/?zone=3205"):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 15
    with CaptureQueriesContext(connection) as queries:
        client.get("/communes/62119/")
    assert len(queries) < 15


def test_nothing_is_loaded_and_the_list_still_answers(db, client):
    assert client.get("/communes/").status_code == 200
