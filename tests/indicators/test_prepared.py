"""Axis pages made ahead say what the ledger says, or are not shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client

from agglo.figures import reading
from agglo.figures.models import Change, Release, Subject
from agglo.figures.recording import Statement, record
from agglo.figures.vocabulary import State
from agglo.indicators.models import Axis, PreparedPage
from agglo.indicators.prepared import prepare_pages
from agglo.indicators.tables import comparison


@pytest.fixture
def axes(db):
    call_command("load_territory", verbosity=0)
    call_command("load_indicators", verbosity=0)
    call_command("load_facts", verbosity=0)


def test_a_page_made_ahead_is_the_page_itself_in_two_queries(axes, client: Client, django_assert_num_queries):
    made_for_the_visitor = client.get("/axes/emploi/").content
    assert prepare_pages() == Axis.objects.count()
    with django_assert_num_queries(2):
        made_ahead = client.get("/axes/emploi/").content
    assert made_ahead == made_for_the_visitor
    assert b"Zone de B" in made_ahead


def test_a_page_the_ledger_has_outdated_is_not_shown_and_is_made_again(axes, client: Client):
    prepare_pages()
    PreparedPage.objects.update(body="ancien corps")
    assert "ancien corps" in client.get("/axes/emploi/").content.decode()
    Change.objects.create(txid=1)
    assert "ancien corps" not in client.get("/axes/emploi/").content.decode()
    assert prepare_pages() == Axis.objects.count()
    assert prepare_pages() == 0


SEARCHED = ("?q=beth", "?tri=-taux-chomage-localise", "?sort=name", "?niveau=EPCI", "?page=2")


def test_a_search_or_a_date_is_answered_live(axes, client: Client):
    prepare_pages()
    PreparedPage.objects.update(body="ancien corps")
    for asked in (*SEARCHED, "?connu_le=2024-01-15"):
        assert "ancien corps" not in client.get(f"/axes/emploi/{asked}").content.decode()


def test_a_search_reads_cards_and_charts_as_they_were_made_and_shows_the_same_page(axes, client: Client):
    pages = {asked: client.get(f"/axes/emploi/{asked}").content.decode() for asked in SEARCHED}
    prepare_pages()
    for asked, page in pages.items():
        assert client.get(f"/axes/emploi/{asked}").content.decode() == page
    PreparedPage.objects.update(figures="anciens chiffres")
    assert all(
        "anciens chiffres" in client.get(f"/axes/emploi/{asked}").content.decode() for asked in SEARCHED
    )


def test_cards_and_charts_of_another_day_or_another_ledger_are_never_shown(axes, client: Client):
    prepare_pages()
    PreparedPage.objects.update(figures="anciens chiffres")
    assert "anciens chiffres" not in client.get("/axes/emploi/?connu_le=2024-01-15").content.decode()
    Change.objects.create(txid=1)
    assert "anciens chiffres" not in client.get("/axes/emploi/?q=beth").content.decode()


@pytest.mark.parametrize("day", [None, date(2024, 1, 15), date(1990, 1, 1)])
def test_territories_sort_by_the_figure_that_is_shown(axes, day):
    """PostgreSQL sorts by an expression of its own: it must say what reading says."""
    measure = "population-municipale"
    table = comparison("COM", {measure: "Population"}, known_on=day)
    table.order_by = f"-{measure}"
    shown = [row[measure] for row in table.data[:]]
    values = [figure.value for figure in shown if figure is not None and figure.has_value]
    assert values == sorted(values, reverse=True)
    assert all(figure is None or not figure.has_value for figure in shown[len(values) :])
    assert len(values) == len(
        [f for f in reading.latest([measure], known_on=day).values() if f.series.scheme == "COM"]
    )
    assert len(shown) == len(table.data)


def test_an_old_value_does_not_sort_a_territory_whose_last_state_is_empty(axes):
    release = Release.objects.filter(dataset__source__code="insee").first()
    codes = Subject.objects.filter(scheme="COM").values_list("code", flat=True)[:2]
    said = [(0, 2020, Decimal(900)), (0, 2021, None), (1, 2021, Decimal(5))]
    record(
        [
            Statement(
                measure="taux-chomage-localise",
                subject=("COM", codes[place]),
                release=release,
                known_from=release.received_at,
                start=date(year, 1, 1),
                end=date(year, 12, 31),
                value=value,
                state=State.CONFIDENTIAL if value is None else State.VALUE,
            )
            for place, year, value in said
        ]
    )
    table = comparison("COM", {"taux-chomage-localise": "Taux"})
    table.order_by = "-taux-chomage-localise"
    assert [row["code"] for row in table.data[:1]] == [codes[1]]
