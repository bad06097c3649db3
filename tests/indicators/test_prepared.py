"""Axis pages made ahead say what the ledger says, or are not shown."""

import pytest
from django.core.management import call_command
from django.test import Client

from agglo.figures.models import Change
from agglo.indicators.models import Axis, PreparedPage
from agglo.indicators.prepared import prepare_pages


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


def test_a_search_or_a_date_is_answered_live(axes, client: Client):
    prepare_pages()
    PreparedPage.objects.update(body="ancien corps")
    for asked in ("?q=beth", "?connu_le=2024-01-15", "?sort=name", "?niveau=EPCI"):
        assert "ancien corps" not in client.get(f"/axes/emploi/{asked}").content.decode()
