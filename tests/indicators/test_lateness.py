"""Cards and charts of an axis say who is late, and a body made ahead never says it too late."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agglo.indicators.models import Axis, PreparedPage
from agglo.indicators.prepared import body_of, prepare_pages
from agglo.opendata.declaration import find
from agglo.opendata.freshness import GRACE, next_period_end
from agglo.opendata.lateness import stamp
from agglo.opendata.models import Run, Status
from agglo.opendata.pausing import pause, resume
from tests.opendata.registry import restored
from tests.people import person

UNEMPLOYMENT = "insee-chomage-ze"
PAGE = "/axes/emploi/"
FAILED, SOURCE_LATE, PAUSED = (
    f'<span class="late">{words}</span>'
    for words in ("notre actualisation a échoué", "source en retard", "actualisation en pause, par nous")
)


@pytest.fixture
def axis(db):
    call_command("load_territory", verbosity=0)
    call_command("load_indicators", verbosity=0)
    call_command("load_facts", verbosity=0)
    return Axis.objects.get(slug="emploi")


def ended(status, *, at: datetime | None = None, until: date | None = None) -> Run:
    at = at or timezone.now()
    return Run.objects.create(
        code=UNEMPLOYMENT, status=status, started_at=at, finished_at=at, covers_until=until,
        error="Panne." if status == Status.FAILED else "",
    )  # fmt: skip


def page(client, path=PAGE) -> str:
    return client.get(path).content.decode()


def test_nothing_is_said_while_all_is_well(axis, client):
    ended(Status.SUCCEEDED)
    assert 'class="late"' not in page(client)


def test_a_failure_shows_at_once_on_cards_and_charts_of_a_page_made_ahead(axis, client):
    ended(Status.SUCCEEDED)
    prepare_pages()
    assert body_of(axis, {}) is not None
    ended(Status.FAILED)
    assert body_of(axis, {}) is None
    shown = page(client)
    card = shown[shown.index('class="figure-card"') :]
    assert FAILED in card[: card.index("</article>")]
    assert FAILED in shown[shown.index('class="chart-source"') :]
    assert prepare_pages() == Axis.objects.count()
    assert FAILED in body_of(axis, {})
    ended(Status.SUCCEEDED)
    assert FAILED not in page(client)


def test_a_run_that_changes_nothing_renews_the_stamp_and_makes_no_page(axis):
    ended(Status.SUCCEEDED)
    prepare_pages()
    PreparedPage.objects.update(body="corps gardé")
    ended(Status.UNCHANGED)
    assert prepare_pages() == 0
    assert body_of(axis, {}) == "corps gardé"


def test_a_late_source_shows_on_the_day_it_becomes_late(axis, client):
    """Nothing is written that day: the stamp itself holds the date. Two days are had at once, on two sides of
    the date line: twenty-five hours apart, they are never the same.
    """
    until = date(2026, 3, 31)
    with restored() as registry, timezone.override("Pacific/Pago_Pago"):
        last_day = timezone.localdate()
        promised = last_day - GRACE - next_period_end(until, find(UNEMPLOYMENT).rhythm)
        registry[UNEMPLOYMENT] = replace(find(UNEMPLOYMENT), publication_delay=promised.days)
        ended(Status.SUCCEEDED, until=until)
        prepare_pages()
        assert SOURCE_LATE not in page(client)
        with timezone.override("Pacific/Kiritimati"):
            assert timezone.localdate() > last_day
            assert body_of(axis, {}) is None
            assert SOURCE_LATE in page(client)
            prepare_pages()
            assert SOURCE_LATE in body_of(axis, {})


def test_a_pause_shows_and_goes_with_it(axis, client):
    ended(Status.SUCCEEDED)
    prepare_pages()
    someone = person("staff")
    pause(someone, "Vérification en cours", code=UNEMPLOYMENT)
    assert PAUSED in page(client)
    resume(someone, code=UNEMPLOYMENT)
    assert PAUSED not in page(client)


def test_a_past_date_is_not_late(axis, client):
    ended(Status.FAILED)
    assert FAILED in page(client, f"{PAGE}?q=beth")
    assert 'class="late"' not in page(client, f"{PAGE}?connu_le=2026-01-15")


def test_files_say_it_too(axis, client):
    ended(Status.SUCCEEDED, at=timezone.now() - timedelta(days=1))
    ended(Status.FAILED)
    assert "notre actualisation a échoué" in page(client, f"{PAGE}territoires.csv")
    head = page(client, "/indicateurs/EMP-01.csv").partition("\nperiode;")[0]
    assert "# fraicheur" in head and "a échoué" in head
    states = client.get("/indicateurs/EMP-01.json").json()["fraicheur"]
    assert ("failed", UNEMPLOYMENT) in {(one["etat"], one["jeu"]) for one in states}


def test_the_home_page_and_its_kept_copy_say_it(axis, client, settings):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    ended(Status.SUCCEEDED)
    assert FAILED not in page(client, "/")
    ended(Status.FAILED)
    # Another process, which has not asked for the stamp yet.
    assert FAILED in page(type(client)(), "/")
    cache.clear()


def test_as_many_queries_whatever_is_late(axis, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        stamp()
    ended(Status.SUCCEEDED)
    with CaptureQueriesContext(connection) as few:
        page(client)
    ended(Status.FAILED)
    with django_assert_num_queries(len(few)):
        assert FAILED in page(client)
    prepare_pages()
    with django_assert_num_queries(2):
        assert FAILED in page(client)
