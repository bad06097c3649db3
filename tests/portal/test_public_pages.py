"""Corrections, sources and downloads: what the public reads about our own work."""

import csv
import io

import pytest

from agglo.figures.models import Dataset, Release

PUBLIC = ["/corrections/", "/corrections.csv", "/sources/", "/donnees/", "/donnees/faits-attestes.csv"]


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def table(response) -> list[dict[str, str]]:
    body = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body), delimiter=";"))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie_and_do_not_vary_on_it(client, facts, address):
    response = client.get(address)
    assert response.status_code == 200
    assert not response.cookies
    assert "cookie" not in response.get("Vary", "").lower()


def test_the_revision_of_the_unemployment_rate_shows(client, facts):
    page = text(client.get("/corrections/"))
    row = next(part for part in page.split("<tr>") if "T4 2021" in part and "Béthune" in part)
    assert row.index("8,5 %") < row.index("8,4 %")
    assert "révision par la source" in row
    assert "Insee" in row


def test_corrections_filter_by_measure_and_tell_one_that_has_none(client, facts):
    assert "8,4 %" in text(client.get("/corrections/?mesure=taux-chomage-localise"))
    assert "field--error" in text(client.get("/corrections/?mesure=pse-cdi"))


def test_an_empty_ledger_has_an_empty_log(client, db):
    assert "Aucune correction à montrer" in text(client.get("/corrections/"))
    assert client.get("/sources/").status_code == 200


def test_the_log_downloads_old_and_new_values(client, facts):
    rows = table(client.get("/corrections.csv"))
    assert ("8.5", "8.4") in {(row["ancienne_valeur"], row["nouvelle_valeur"]) for row in rows}


def test_the_log_costs_the_same_whatever_its_length(client, facts, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        client.get("/corrections/")


def test_sources_name_producer_licence_and_every_edition(client, facts):
    page = text(client.get("/sources/"))
    assert 'id="insee-chomage-ze"' in page
    for words in ("Licence Ouverte 2.0", "2023-T3", "2025-T4", "trimestriel"):
        assert words in page
    press = page[page.index('id="presse"') :]
    assert "Eco121" in press
    assert "Taux de chômage" not in press


def test_attested_facts_come_with_wording_source_and_unknown_dates(client, facts):
    rows = {row["citation"]: row for row in table(client.get("/donnees/faits-attestes.csv"))}
    twelve = rows["12 élèves"]
    assert twelve["mot_pour_mot"] == "non"
    assert twelve["datation"] == "date inconnue"
    assert twelve["periode_debut"] == ""
    assert len(rows) > 40


def test_a_formula_stays_text():
    from agglo.portal.export import csv_lines

    assert "'=1+1" in list(csv_lines([{"citation": "=1+1"}]))[1]


def test_an_edition_that_came_with_the_portal_is_not_called_never_received(client, facts):
    page = text(client.get("/sources/"))
    card = page[page.index('id="insee-chomage-ze"') :].split("</li>")[0]
    assert "reçu avec le portail, pas encore actualisé" in card
    assert "jamais reçu" not in card


def test_the_home_page_tells_which_editions_arrived_last(client, facts):
    def changed() -> str:
        return text(client.get("/")).partition("Ce qui a changé")[2]

    # Of each dataset its last edition; articles of the press are no publication of a producer.
    assert "édition 2025-T4" in changed()
    assert "2023-T3" not in changed() and "Gazette" not in changed()
    dataset = Dataset.objects.get(code="insee-chomage-ze")
    Release.objects.create(dataset=dataset, edition="2026-T1", checksum="0")
    Release.objects.create(dataset=Dataset.objects.exclude(pk=dataset.pk).first(), edition="presse")
    assert "édition 2026-T1" in changed() and "édition 2025-T4" not in changed()
    assert "presse" not in changed()


def test_nothing_has_arrived_in_an_empty_ledger(client, db):
    page = text(client.get("/"))
    assert "Ce qui a changé" in page
    assert "Arrivé des producteurs" not in page and "<h3>Corrigé" not in page
