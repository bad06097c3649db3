"""Every number opens: what its card says, what it refuses to say, and what was known when."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from agglo.figures.models import Observation, RetainedChoice
from agglo.figures.vocabulary import Review


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def revised(facts) -> Observation:
    """The rate of T4 2021 in the Béthune zone, which said 8.5 and became 8.4."""
    return Observation.objects.get(
        series__subject__code="3205", period_start="2021-10-01", value=Decimal("8.5"), known_to__isnull=False
    )


def test_the_card_shows_the_exact_wording_between_quotation_marks(client, figure_id):
    page = text(client.get(f"/chiffres/{figure_id('F02')}/"))
    assert "« pour les 827 personnes concernées »" in page
    assert "La Gazette France" in page
    assert "date déduite" in page


def test_a_reading_that_is_no_quotation_says_so(client, figure_id):
    page = text(client.get(f"/chiffres/{figure_id('E01')}/"))
    assert "relevé, pas une citation" in page
    assert "« 12 élèves »" not in page
    assert "date inconnue" in page


def test_an_approximate_figure_stays_approximate_and_potential(client, figure_id):
    page = text(client.get(f"/chiffres/{figure_id('F04')}/"))
    assert "environ 40 projets" in page
    assert "mark--potential" in page


def test_contradictory_answers_stand_side_by_side_with_the_retained_one(client, figure_id):
    page = text(client.get(f"/chiffres/{figure_id('B01')}/"))
    for number in ("863", "864", "834", "827", "830", "786", "835", "823"):
        assert f"{number} personnes" in page
    assert "retenu" in page
    assert RetainedChoice.objects.get(observation=figure_id("F02")).reason in client.get(
        f"/chiffres/{figure_id('B01')}/"
    ).content.decode().replace("&#x27;", "'")


def test_a_superseded_figure_leads_to_its_successor(client, revised):
    successor = Observation.objects.get(
        series=revised.series, period_start=revised.period_start, known_to__isnull=True
    )
    page = text(client.get(f"/chiffres/{revised.pk}/"))
    assert "Ce chiffre a été remplacé" in page
    assert f'href="/chiffres/{successor.pk}/">Lire le chiffre' in page
    assert "8,4 %" in page
    assert "rapporté aux actifs résidents" in page


def test_the_new_figure_shows_the_old_value_on_the_day_it_was_known(client, revised):
    successor = Observation.objects.get(
        series=revised.series, period_start=revised.period_start, known_to__isnull=True
    )
    page = text(client.get(f"/chiffres/{successor.pk}/?connu_le=2024-06-01"))
    assert "8,5 %" in page
    assert "8,4 %" not in page
    assert "1er juin 2024" in page
    assert "a été remplacé" not in page


def test_before_anything_was_known_the_card_says_so(client, revised):
    response = client.get(f"/chiffres/{revised.pk}/?connu_le=2020-01-01")
    assert response.status_code == 200
    assert "Rien n’était connu de ce chiffre ce jour-là." in text(response)
    assert "8,5" not in text(response)


def test_a_date_that_is_none_is_told_and_today_is_shown(client, figure_id):
    page = text(client.get(f"/chiffres/{figure_id('F02')}/?connu_le=hier"))
    assert "n’est pas une date" in page
    assert "827" in page


def test_an_unknown_figure_is_a_french_404(client, db):
    response = client.get("/chiffres/123456789/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in text(response)


def test_a_figure_waiting_for_review_is_not_public(client, figure_id):
    row = Observation.objects.get(pk=figure_id("F02"))
    fresh = Observation.objects.create(
        series=row.series,
        period_start="2023-01-01",
        period_end="2023-12-31",
        value=1,
        release=row.release,
        review=Review.SUBMITTED,
        known_from=datetime(2024, 1, 1, tzinfo=UTC),
    )
    for kind in ("/", ".csv", ".json"):
        assert client.get(f"/chiffres/{fresh.pk}{kind}").status_code == 404


def test_the_downloads_carry_wording_state_and_source(client, figure_id):
    answer = client.get(f"/chiffres/{figure_id('F04')}.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body), delimiter=";")
    assert (row["valeur"], row["qualificatif"], row["preuve"]) == ("40", "environ", "potentiel")
    assert row["citation"] == "une quarantaine dont deux projets"
    assert row["source"] == "La Gazette France"
    data = client.get(f"/chiffres/{figure_id('B01')}.json").json()
    assert data["contradictions"][0]["retenu"] == figure_id("F02")
    assert len(data["contradictions"][0]["reponses"]) == 8


def test_the_card_asks_a_bounded_number_of_queries(client, figure_id, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(f"/chiffres/{figure_id('B01')}/")
