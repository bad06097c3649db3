"""The card of a computed figure shows its formula, and its inputs with their sources as they were then."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from agglo.figures import reading
from agglo.figures.models import Dataset, Release, Source
from agglo.figures.periods import parse_period
from agglo.figures.recording import Statement, record
from agglo.figures.vocabulary import Rhythm, SourceKind
from agglo.opendata import refresh

EPCI = ("EPCI", "200072460")


@pytest.fixture
def computed_figure(places):
    source = Source.objects.create(code="insee", name="Insee", kind=SourceKind.PRODUCER)
    dataset = Dataset.objects.create(source=source, code="counts", title="Flores", rhythm=Rhythm.YEARLY)
    release = Release.objects.create(dataset=dataset, edition="1", checksum="0" * 64)
    start, end = parse_period("2023")
    for measure, value in (("postes-salaries-industrie", 15_000), ("postes-salaries", 75_000)):
        record([Statement(measure, EPCI, release, datetime.now(UTC), start, end, Decimal(value))])
    refresh.refresh("calcul-part-emploi-industriel")
    return reading.latest(["part-emploi-industriel"], [EPCI])["part-emploi-industriel", *EPCI]


def test_the_card_leads_from_the_result_to_its_inputs(client, computed_figure):
    page = client.get(reverse("portal:figure", args=[computed_figure.id])).content.decode()
    assert "Comment il a été calculé" in page
    assert "postes salariés de l’industrie ÷ postes salariés, tous secteurs × 100" in page
    inputs = reading.latest(["postes-salaries-industrie", "postes-salaries"], [EPCI]).values()
    assert all(reverse("portal:figure", args=[one.id]) in page for one in inputs)


def test_the_json_gives_formula_and_inputs(client, computed_figure):
    answer = client.get(f"/chiffres/{computed_figure.id}.json").json()
    assert answer["calcul"]["formule"].endswith("× 100")
    names = [one["nom"] for one in answer["calcul"]["entrees"]]
    assert names == ["postes salariés de l’industrie", "postes salariés, tous secteurs"]


def test_a_figure_that_is_not_computed_has_no_formula(client, computed_figure):
    given = reading.latest(["postes-salaries"], [EPCI])["postes-salaries", *EPCI]
    assert client.get(f"/chiffres/{given.id}.json").json()["calcul"] is None
    assert "Comment il a été calculé" not in client.get(f"/chiffres/{given.id}/").content.decode()


def test_the_freshness_of_a_computed_figure_is_that_of_the_official_data_behind_it(client, computed_figure):
    answer = client.get(f"/chiffres/{computed_figure.id}.json").json()
    assert [feed["jeu"] for feed in answer["fraicheur"]] == ["insee-flores-a5"]
    assert answer["fraicheur"][0]["etat"] == "never"
    page = client.get(f"/chiffres/{computed_figure.id}/").content.decode()
    assert 'href="/sources/#insee-flores-a5"' in page


def test_the_json_of_an_indicator_says_how_fresh_its_sources_are(client, computed_figure):
    told = client.get("/indicateurs/IND-03.json").json()["fraicheur"]
    assert {"jeu": "insee-flores-a5", "etat": "never"}.items() <= told[0].items()
