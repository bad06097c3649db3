"""The public page and files: what is open, what is left out and said, what never goes out."""

import json

import pytest

from agglo.figures.vocabulary import Origin
from projects.models import Site, StandardRow
from projects.standards import STANDARDS, checking
from tests.projects.conftest import read
from tests.projects.standards.conftest import rows_of

pytestmark = pytest.mark.django_db


def rows(client, code: str) -> list[dict[str, str]]:
    response = client.get(f"/standards/{code}.csv")
    assert 'rel="license"' in response["Link"]
    return rows_of(response.content.decode())


def test_only_published_attested_sites_go_out(client, territory, accept, example):
    accept("friches", example("friches", site_id="1"), published=False)
    accept("friches", example("friches", site_id="2", site_nom="Deux"))
    accept("friches", example("friches", site_id="3", site_nom="Trois"))
    Site.objects.filter(name="Trois").update(origin=Origin.DEMO)
    assert [row["site_id"] for row in rows(client, "friches")] == ["2"]
    drawn = json.loads(client.get("/standards/friches.geojson").content)
    assert [one["properties"]["site_id"] for one in drawn["features"]] == ["2"]
    assert drawn["features"][0]["geometry"] == {"type": "Point", "coordinates": [3.9815, 49.2527]}


def test_no_natural_person_is_named_and_no_contact_given(client, territory, accept, example):
    accept(
        "friches",
        example("friches", proprio_personne="personne physique", proprio_nom="Jeanne Invraisemblable"),
    )
    body = client.get("/standards/friches.csv").content.decode()
    (row,) = rows(client, "friches")
    assert (row["proprio_personne"], row["proprio_nom"]) == ("personne physique", "")
    assert row["source_contact"] == ""
    assert "Invraisemblable" not in body
    assert checking.faults(STANDARDS["friches"], [(2, row)]) == []


def test_a_buyer_that_was_kept_before_is_not_published(client, territory, accept, example):
    accept("site-eco", example("site-eco"))
    accept("terrain-eco", example("terrain-eco"))
    assert rows(client, "terrain-eco")[0]["terr_acquereur"] == "SA Lactalys"
    row = StandardRow.objects.get(standard="terrain-eco")
    row.cells["terreco_terr_acquereur"] = "Dupont Jean"
    row.save()
    assert rows(client, "terrain-eco")[0]["terr_acquereur"] == ""


def test_the_page_counts_rows_and_says_what_is_left_out(client, attested, accept, example):
    accept("friches", example("friches"))
    body = read(client.get("/standards/"))
    assert "1 ligne<" in body
    assert "géométrie (" in body


def test_queries_do_not_grow_with_the_sites(client, territory, accept, example, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    accept("friches", example("friches", site_id="1"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/standards/friches.csv")
    accept("friches", *(example("friches", site_id=str(n), site_nom=f"Site {n}") for n in range(2, 7)))
    with django_assert_num_queries(len(few)):
        assert len(rows(client, "friches")) == 6


def test_an_unknown_class_and_one_that_is_not_drawn_are_not_found(client):
    assert client.get("/standards/rien.csv").status_code == 404
    assert client.get("/standards/pole-eco.geojson").status_code == 404
