"""The public pages: what they say, as known on which date, and at what cost."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from agglo.figures.models import Release
from agglo.figures.recording import Statement, record
from agglo.indicators.models import Indicator
from agglo.opendata.declaration import declared
from agglo.opendata.loading import describe

pytestmark = pytest.mark.django_db
PAGE = "/indicateurs/EMP-01/"


def text(response):
    said = response.content.decode().replace("&nbsp;", " ")
    return said.replace("\xa0", " ").replace("\u202f", " ")


def test_the_answer_comes_first_in_a_sentence(facts, client):
    assert (
        "Au T4 2025, 9,2 % des actifs de la zone d’emploi de Béthune sont au chômage, 0,3 point de plus"
        in text(client.get(PAGE))
    )


def rate(client, query=""):
    rows = json.loads(client.get(f"/indicateurs/EMP-01.json{query}").content)["observations"]
    return {(r["code"], r["periode"]): r["valeur"] for r in rows}["ZE2020-3205", "2021-T4"]


def test_the_rate_of_the_end_of_2021_reads_8_5_as_known_in_january_2024_and_8_4_today(facts, client):
    assert rate(client, "?connu_le=2024-01-15") == 8.5
    assert rate(client) == 8.4


def test_the_page_says_which_date_it_shows(facts, client):
    assert "ce que l’on savait le 15 janvier 2024" in text(client.get(PAGE, {"connu_le": "2024-01-15"}))


def test_a_revision_is_told_old_to_new_with_both_editions(facts, client):
    page = text(client.get(PAGE))
    assert "2023-T3 → 2025-T4" in page
    assert '<td class="num">8,5 %</td><td class="num">8,4 %</td>' in page
    assert "Ce qui est compté</th><th" not in page


def test_revisions_of_several_measures_say_which(places, client):
    """Two numbers of one period and one place would be read as one another."""
    dataset = describe(declared()["dares-communes"])
    for day, edition, more in ((1, "avril", 0), (20, "mai", 5)):
        release = Release.objects.create(dataset=dataset, edition=edition, received_at=timezone.now())
        record(
            Statement(
                measure=measure,
                subject=("EPCI", "200072460"),
                release=release,
                known_from=datetime(2026, 5, day, tzinfo=UTC),
                start=date(2026, 1, 1),
                end=date(2026, 3, 31),
                value=Decimal(value + more),
            )
            for measure, value in (("demandeurs-emploi-abc", 900), ("demandeurs-emploi-a", 600))
        )
    page = text(client.get("/indicateurs/EMP-02/"))
    assert (
        '<td>Inscrits en catégorie A</td><td class="num">600</td><td class="num">605 personnes</td>' in page
    )
    assert '<td>Inscrits en catégories A, B, C</td><td class="num">900</td>' in page


@pytest.mark.parametrize("asked", ["hier", "2024-13-01", "15/01/2024", "2999-01-01"])
def test_a_date_that_cannot_be_followed_is_said_and_the_page_still_answers(facts, client, asked):
    response = client.get(PAGE, {"connu_le": asked})
    assert response.status_code == 200
    assert "ce que l’on sait aujourd’hui" in text(response)
    assert "9,2 %" in text(response)


def test_a_file_refuses_a_date_it_cannot_follow_rather_than_lie(facts, client):
    assert client.get("/indicateurs/EMP-01.csv?connu_le=hier").status_code == 400


def test_before_anything_was_known_the_page_says_so(facts, client):
    assert "Aucun chiffre n’était connu" in text(client.get(PAGE, {"connu_le": "2020-01-01"}))


def test_every_indicator_has_its_page_even_without_a_figure(catalogue, client):
    for one in Indicator.objects.all():
        response = client.get(one.get_absolute_url())
        assert response.status_code == 200, one.code
        inside = one.code in ("IND-08", "LOC-07")  # counted by our services, about companies one would know
        assert ("sans le publier" if inside else "Source prévue") in text(response), one.code


def test_a_connected_source_and_one_to_come_do_not_read_the_same(catalogue, client):
    assert "est raccordé" in text(client.get("/indicateurs/LOC-05/"))
    assert "Aucune source n’est encore raccordée" in text(client.get("/indicateurs/LOC-02/"))


def test_what_is_counted_and_not_published_does_not_read_as_unknown(catalogue, client):
    page = text(client.get("/indicateurs/LOC-07/"))
    assert "Nos services le comptent, sans le publier." in page
    assert "Nous ne le savons pas encore" not in page and "Aucune source n’est encore raccordée" not in page
    assert "Nous ne le savons pas encore" in text(client.get("/indicateurs/FOR-01/"))


@pytest.mark.parametrize("path", ["/indicateurs/ZZZ-99/", "/indicateurs/emp-01/", "/axes/rien/"])
def test_an_unknown_code_is_not_found(catalogue, client, path):
    assert client.get(path).status_code == 404


def test_a_zone_is_never_named_after_the_epci_and_its_share_is_shown(facts, client):
    from django.core.management import call_command

    call_command("load_territory")
    page = text(client.get(PAGE))
    assert "Un chiffre de zone d’emploi n’est pas celui de l’agglomération" in page
    assert "86,5 % de la population (86 communes)" in page
    assert "Artois-Lys Romane 9,2" not in page


def test_the_csv_carries_its_definition_its_date_and_a_decimal_comma(facts, client):
    content = client.get("/indicateurs/EMP-01.csv?connu_le=2024-01-15").content.decode()
    assert content.startswith("\ufeff# indicateur")
    head = [line for line in content.splitlines() if line.startswith(("#", "\ufeff#"))]
    assert any("actifs résidents" in line for line in head)
    assert any("2024-01-15" in line for line in head)
    body = "\n".join(line for line in content.splitlines() if "#" not in line[:2])
    rows = list(csv.DictReader(io.StringIO(body), delimiter=";"))
    bethune = {r["periode"]: r for r in rows if r["code"] == "ZE2020-3205"}
    assert (bethune["2021-T4"]["valeur"], bethune["2021-T4"]["etat"]) == ("8,5", "valeur")
    assert bethune["2021-T4"]["licence"] == "Licence Ouverte 2.0"


def test_a_withheld_figure_is_in_words_in_the_files_and_never_zero(places, replay, own, client):
    from agglo.opendata.refresh import Options, refresh
    from tests.replay.server import Reply

    replay.play("/data/DS_FLORES_A5", Reply(own("melodi_flores.json")))
    refresh("insee-flores-a5", Options(base_url=replay.url))
    rows = json.loads(client.get("/indicateurs/IND-02.json").content)["observations"]
    (held,) = [r for r in rows if r["mesure"] == "postes-salaries-industrie"]
    assert (held["valeur"], held["etat"]) == (None, "secret statistique")
    assert "secret statistique" in text(client.get("/indicateurs/IND-02/"))


def test_the_figure_is_drawn_from_the_same_rows(facts, client):
    figure = client.get("/indicateurs/EMP-01/figure.json?connu_le=2024-01-15").json()
    assert any("Béthune" in (trace.get("name") or "") for trace in figure["data"])


def test_search_ignores_accents_and_filters_by_axis(catalogue, client):
    page = text(client.get("/indicateurs/", {"q": "chomage", "axe": "emploi"}))
    assert "EMP-01" in page
    assert "IND-09" not in page


def test_a_search_without_result_offers_a_way_out(catalogue, client):
    assert "Voir tous les indicateurs" in text(client.get("/indicateurs/", {"q": "zzzz"}))


def test_an_axis_shows_cards_charts_and_zones_side_by_side(facts, client):
    page = text(client.get("/axes/emploi/"))
    assert "figure-card" in page
    assert 'class="chart' in page
    assert "Saint-Omer" in page


def test_the_table_is_sorted_by_a_figure_and_exported_as_filtered(facts, client):
    rows = client.get("/axes/emploi/territoires.csv?tri=-taux-chomage-localise").content.decode().splitlines()
    assert [row.split(";")[0] for row in rows if ";" in row][1:3] == ["Lens", "Béthune"]
    filtered = client.get("/axes/emploi/territoires.csv?q=lens").content.decode()
    assert "Arras" not in filtered


# What is late costs an axis nine queries more, when its page is not the one made ahead.
QUERIES = {PAGE: 11, "/indicateurs/": 11, "/axes/emploi/": 20, "/axes/economie-locale/": 20}


@pytest.mark.parametrize("path", QUERIES)
def test_pages_cost_the_same_number_of_queries_whatever_the_number_of_figures(
    facts, client, path, django_assert_max_num_queries
):
    with django_assert_max_num_queries(QUERIES[path]):
        client.get(path)


def test_more_territories_do_not_cost_more_queries(facts, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from agglo.figures.recording import ensure_subject

    with CaptureQueriesContext(connection) as few:
        client.get("/axes/emploi/")
    for n in range(60):
        ensure_subject("ZE2020", f"9{n:03}", f"Zone {n}", "zone d’emploi")
    with django_assert_num_queries(len(few)):
        client.get("/axes/emploi/")


def test_addresses_are_those_promised(catalogue):
    assert reverse("indicators:csv", args=["EMP-01"]) == "/indicateurs/EMP-01.csv"
    assert reverse("indicators:axis", args=["industrie"]) == "/axes/industrie/"


def test_a_percentage_names_the_base_of_its_own_source(facts, client):
    """The indicator asks for a commercial area; the article only says a part of the site."""
    for address in ("/indicateurs/IND-11/", "/axes/industrie/"):
        page = text(client.get(address))
        assert "% (rapporté à la surface du site)" in page
        assert "rapporté à : surface utile" not in page
    assert "% des sites industriels suivis" not in text(client.get("/axes/industrie/"))
