"""Whole pages are kept for visitors without a session, and never longer than the ledger says the same."""

import pytest
from django.core.cache import cache
from django.test import Client

from agglo.figures.facts.loading import load_facts
from agglo.figures.models import Change
from agglo.portal import page_cache
from tests.people import client_of

PAGE = "/corrections/"


@pytest.fixture
def kept(db, settings, client):
    load_facts()
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    yield client
    cache.clear()


def test_a_second_visit_asks_the_database_only_whether_the_ledger_changed(
    kept, django_assert_max_num_queries
):
    first = kept.get(PAGE)
    with django_assert_max_num_queries(1):
        second = kept.get(PAGE)
    assert first.content == second.content
    assert second["Content-Security-Policy"]
    assert not second.cookies


def test_a_browser_that_holds_the_page_gets_no_body(kept):
    etag = kept.get(PAGE)["ETag"]
    assert kept.get(PAGE, headers={"If-None-Match": etag}).status_code == 304
    assert kept.get(PAGE, headers={"If-None-Match": 'W/"other"'}).status_code == 200


def test_a_change_of_the_ledger_makes_the_page_anew(kept, settings):
    # Each client builds its own middleware, which asks the ledger on its first page.
    first = kept.get(PAGE)["ETag"]
    Change.objects.create(txid=1)
    assert Client().get(PAGE)["ETag"] != first
    assert page_cache.ASK_AGAIN <= 2


def test_somebody_signed_in_is_never_given_a_kept_page_nor_keeps_one(kept):
    signed_in = client_of("staff")
    assert "ETag" not in signed_in.get(PAGE)
    assert "ETag" not in signed_in.get("/equipe/")
    assert kept.get("/equipe/").status_code == 302


def test_each_address_is_kept_apart(kept):
    assert kept.get(PAGE)["ETag"] != kept.get(f"{PAGE}?page=1")["ETag"]
    assert "ETag" not in kept.get("/nulle-part/")
    assert "ETag" not in kept.get("/sante/vif")


def test_only_a_page_that_is_nobodys_opens_without_a_process_of_its_own(kept):
    opener = "Cross-Origin-Opener-Policy"
    assert opener not in kept.get(PAGE)
    assert opener not in kept.get(PAGE)  # the kept one
    for client, path in (
        (kept, "/compte/connexion/"),
        (client_of("staff"), "/equipe/"),
        (Client(), "/equipe/"),
    ):
        assert client.get(path)[opener] == "same-origin"
    assert client_of("elected").get(PAGE)[opener] == "same-origin"
