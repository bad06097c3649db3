"""Brownfields: the quoted rows of each form, then the API through the replaying server to the ledger."""

import json
from decimal import Decimal

import pytest

from agglo.figures import reading
from agglo.indicators import cartofriches
from agglo.indicators.connectors import cartofriches as connector
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.refresh import Options, refresh
from tests.replay.server import Reply, spoiled

EPCI = ("EPCI", "200072460")
API = "/cartofriches/geofriches/"


def rows(read, content: bytes, communes, period="2026-Q2"):
    found = cartofriches.sites(read(content))
    return {
        (row.scheme, row.code, row.measure, row.breakdown): row.value
        for row in cartofriches.counted(found, communes, "E", period)
    }


def feature(number, commune="62119", status="friche sans projet", metres=10_000.0, **said):
    properties = {
        "site_nom": f"Site {number}", "site_type": "inconnu", "site_statut": status, "comm_insee": commune,
        "unite_fonciere_surface": metres, "unite_fonciere_refcad": [f"{commune}000AB{number:04d}"], **said,
    }  # fmt: skip
    return {"id": f"{commune}_{number}", "type": "Feature", "geometry": None, "properties": properties}


def collection(*features, following=None):
    body = {"type": "FeatureCollection", "count": len(features), "next": following, "features": [*features]}
    return json.dumps(body).encode()


def test_the_quoted_csv_reads_with_its_missing_values_and_its_odd_type(samples, read):
    found = list(cartofriches.sites(read((samples / "cartofriches_raw_excerpt.csv").read_bytes())))
    # The row whose commune is missing is left aside, whether it is empty or « NA ».
    assert [site.site_id for site in found] == ["61386_a", "61386_b", "80126_a", "80126_b", "99999_a"]
    assert [site.unite_fonciere_surface for site in found] == [6507, 6507, 20746, None, None]
    assert found[2].site_type == "mixte"
    assert (found[4].site_type, found[4].site_statut) == (None, "inconnu")


def test_the_quoted_csv_is_counted_in_hectares(samples, read):
    counted = rows(read, (samples / "cartofriches_raw_excerpt.csv").read_bytes(), ["80126"])
    assert counted["COM", "80126", "friches-sites", ""] == "2"
    assert counted["COM", "80126", "friches-sites-sans-surface", ""] == "1"
    assert counted["COM", "80126", "friches-sans-projet-surface", ""] == "2.0746"
    assert counted["EPCI", "E", "friches-recensees-surface", ""] == "2.0746"


def test_the_quoted_result_of_the_list_reads_its_parcels_out_of_a_python_text(samples, read):
    (site,) = cartofriches.sites(read((samples / "cartofriches_api_friches_list.json").read_bytes()))
    assert site.site_id == "14258_26849"
    assert site.unite_fonciere_refcad == ("14258000BN0414", "14258000BN0415")
    assert site.unite_fonciere_surface == Decimal("10592.338839733191")


def test_the_quoted_feature_has_its_identifier_beside_its_properties(samples, read):
    (site,) = cartofriches.sites(read((samples / "cartofriches_api_geofriches_feature.json").read_bytes()))
    assert (site.site_id, site.comm_insee, site.site_nom) == ("97415_10812", "97415", "FRICHE DE SAVANNA")
    assert site.geometry["type"] == "Polygon"
    assert len(site.unite_fonciere_refcad) == 3


def test_the_statuses_of_the_standard_are_those_of_its_schema(samples):
    schema = json.loads((samples / "friches_cnig_schema_v1.0.6.json").read_text(encoding="utf-8"))
    fields = {field["name"]: field for field in schema["fields"]}
    assert list(cartofriches.STATUSES) == fields["site_statut"]["constraints"]["enum"]
    named = set(cartofriches.Brownfield.__dataclass_fields__) - {"line", "geometry"}
    assert named <= set(fields)


def test_a_land_unit_entered_twice_adds_its_surface_once(read):
    again = feature(1) | {"id": "62119_1b"}
    counted = rows(read, collection(feature(1), again, feature(2)), ["62119"])
    assert counted["COM", "62119", "friches-sites", ""] == "3"
    assert counted["COM", "62119", "friches-sans-projet-surface", ""] == "2"


def test_no_known_surface_is_missing_and_no_site_is_zero(read):
    counted = rows(
        read, collection(feature(1, metres=None), feature(2, status="friche avec projet")), ["62119"]
    )
    assert counted["COM", "62119", "friches-sans-projet-surface", ""] is None
    assert counted["COM", "62119", "friches-reconverties-surface", ""] == "0"
    assert counted["COM", "62119", "friches-avec-projet-surface", ""] == "1"


def test_a_commune_nobody_surveyed_has_no_figure(read):
    assert {key[1] for key in rows(read, collection(feature(1)), ["62119", "62178"])} == {"62119", "E"}


def test_a_status_outside_the_standard_counts_as_another(read):
    counted = rows(read, collection(feature(1, status="friche oubliée")), ["62119"])
    assert counted["COM", "62119", "friches-sites", "site_statut=autre"] == "1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'"site_id";"site_statut"\n"1";"inconnu"\n', "comm_insee, comm_nom"),
        (b'{"detail": "one spatial filter is required"}', "liste de sites"),
        (collection({"id": "1", "properties": {"site_statut": "inconnu"}}), "comm_insee, site_type"),
        (collection(feature(1, metres=-4)), "nombre de m²"),
        (b"<!doctype html><title>Maintenance</title>", "page web"),
    ],
)
def test_a_changed_form_is_refused_in_french(read, content, words):
    with pytest.raises(WrongAnswer, match=words):
        rows(read, content, ["62119"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [("https://x.fr/friches-standard-2026-04-15.csv", "2026-Q2"), ("https://x.fr/r/file.csv", "2026-Q4")],
)
def test_the_quarter_is_the_one_of_the_file_s_name_else_of_its_reception(read, url, expected):
    from datetime import UTC, datetime

    answer = read(b"{}")
    answer.url, answer.received_at = url, datetime(2026, 11, 2, tzinfo=UTC)
    assert connector.quarter(answer) == expected


@pytest.mark.django_db
def test_two_pages_of_one_commune_are_one_count_in_the_ledger(territory, replay):
    replay.play(
        API,
        Reply(collection(feature(1), following=f"{replay.url}{API}?page=2")),
        Reply(collection(feature(2, metres=5_000.0))),
        Reply(collection(feature(3, commune="62178", status="friche reconvertie"))),
        Reply(collection()),
    )
    run = refresh("cerema-cartofriches", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    latest = reading.latest(
        ["friches-sites", "friches-sans-projet-surface", "friches-reconverties-surface"],
        [EPCI, ("COM", "62119")],
    )
    assert latest["friches-sites", "COM", "62119"].value == 2
    assert latest["friches-sans-projet-surface", "COM", "62119"].value == Decimal("1.5")
    assert latest["friches-reconverties-surface", *EPCI].value == 1
    assert all("code_insee=62" in seen.path or "page=2" in seen.path for seen in replay.asked(API))


@pytest.mark.django_db
def test_what_was_received_can_be_read_again_and_changes_nothing(territory, replay):
    replay.play(API, Reply(collection(feature(1))), Reply(collection()))
    first = refresh("cerema-cartofriches", Options(base_url=replay.url))
    again = refresh("cerema-cartofriches", Options(replay=first.pk))
    assert (again.status, again.added, again.revised) == ("unchanged", 0, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["html", "wrong-json", "truncated", "moved-away"])
def test_a_spoiled_answer_leaves_the_figures_in_place(territory, replay, fault):
    replay.play(API, Reply(collection(feature(1))), Reply(collection()))
    refresh("cerema-cartofriches", Options(base_url=replay.url))
    replay.play(API, spoiled(fault, Reply(collection(feature(1), feature(2)))))
    assert refresh("cerema-cartofriches", Options(base_url=replay.url)).status == "failed"
    assert reading.latest(["friches-sites"], [EPCI])["friches-sites", *EPCI].value == 1


@pytest.mark.django_db
def test_a_next_page_on_another_host_is_refused(territory, replay):
    replay.play(API, Reply(collection(feature(1), following="https://autre-site.example/page")))
    run = refresh("cerema-cartofriches", Options(base_url=replay.url))
    assert "autre-site.example" in run.error


@pytest.mark.django_db
def test_the_file_is_found_by_its_title_in_the_catalogue(territory, replay, samples):
    resource = {
        "title": "friches-standard-2026-04-15.csv", "format": "csv",
        "last_modified": "2026-04-15T08:00:00+00:00",
        "latest": f"{replay.url}/r/friches-standard-2026-04-15.csv",
    }  # fmt: skip
    old = {
        **resource,
        "title": "friches-standard-2025-01-15.csv",
        "last_modified": "2025-01-15T08:00:00+00:00",
    }
    replay.play(connector.CARTOFRICHES_FILE.path, Reply(json.dumps({"resources": [old, resource]}).encode()))
    content = (samples / "cartofriches_raw_excerpt.csv").read_text().replace("80126", "62119")
    replay.play("/r/friches-standard-2026-04-15.csv", Reply(content.encode(), "text/csv"))
    run = refresh("cerema-cartofriches-csv", Options(base_url=replay.url))
    assert run.status == "succeeded", run.error
    found = reading.latest(["friches-sans-projet-surface"], [EPCI])["friches-sans-projet-surface", *EPCI]
    assert (found.value, found.end.isoformat()) == (Decimal("2.0746"), "2026-06-30")
