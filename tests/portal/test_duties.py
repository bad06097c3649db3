"""That staff are late is read wherever the figure is: card, indicator, files, sources, worklist, home."""

from datetime import date

import pytest

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.duties import Duty, Owed, owes, owes_no_more
from tests.people import client_of

pytestmark = pytest.mark.django_db
LATE = "ils sont en retard"


@pytest.fixture
def late(facts):
    """Staff should have told again in 2022 how many of Bridgestone’s people had found something."""
    owed = Owed(("PLAN", "bridgestone-bethune"), "Bridgestone", "/equipe/plans/", date(2021, 12, 31))
    duty = Duty(
        code="toy-suivi", title="Suivi rejoué", rhythm=Rhythm.YEARLY, delay=30, owed=lambda: [owed],
        measures=("pse-avec-solution",),
    )  # fmt: skip
    yield owes(duty)
    owes_no_more("toy-suivi")


def text(response):
    return response.content.decode()


def test_on_the_card_and_its_file(client, late, figure_id):
    said = text(client.get(f"/chiffres/{figure_id('B19')}/"))
    assert LATE in said
    assert "Suivi rejoué, Bridgestone" in said or "Nos services doivent le saisir" in said
    fresh = client.get(f"/chiffres/{figure_id('B19')}.json").json()["fraicheur"]
    assert [(one["jeu"], one["etat"]) for one in fresh] == [("toy-suivi", "staff-late")]


def test_not_on_a_card_about_something_else(client, late, figure_id):
    assert LATE not in text(client.get(f"/chiffres/{figure_id('F02')}/"))


def test_on_the_indicator_and_its_file_through_its_formula(client, late):
    from agglo.indicators.loading import load_indicators

    load_indicators()
    assert LATE in text(client.get("/indicateurs/PSE-01/"))
    fresh = client.get("/indicateurs/PSE-01.json").json()["fraicheur"]
    assert ("toy-suivi", "staff-late") in [(one["jeu"], one["etat"]) for one in fresh]


def test_on_the_page_of_sources_and_at_home(client, late):
    page = text(client.get("/sources/"))
    assert 'id="toy-suivi"' in page
    assert "saisie en retard, chez nous" in page
    home = text(client.get("/"))
    assert "Saisies de nos services en retard" in home
    assert "saisie en retard, chez nous</span></p>" in home


def test_in_the_worklist_with_a_link_to_enter_it(late):
    page = text(client_of("staff").get("/equipe/"))
    assert "Suivi rejoué, Bridgestone" in page
    assert 'href="/equipe/plans/"' in page


def test_among_what_needs_a_members_attention(late):
    page = text(client_of("elected").get("/elus/"))
    assert "Suivi rejoué, Bridgestone" in page
    assert "saisie en retard, chez nous</span></p>" in page
