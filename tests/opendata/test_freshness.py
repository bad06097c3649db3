"""Up to date, source late, our job failed, never loaded: told apart by dates alone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.freshness import freshness_of, next_period_end
from agglo.opendata.models import Run

pytestmark = pytest.mark.django_db


def run(status, on, covers=date(2023, 12, 31), code="toy-table"):
    moment = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo("Europe/Paris"))
    error = "Panne." if status in ("failed", "implausible") else ""
    return Run.objects.create(code=code, status=status, finished_at=moment, covers_until=covers, error=error)


def standing(today):
    (fresh,) = freshness_of(["toy-table"], today)
    return fresh


def test_never_loaded(declared):
    assert standing(date(2025, 1, 1)).state == "never"


def test_up_to_date_until_the_expected_day_and_a_week(declared):
    run("unchanged", date(2025, 4, 1))
    fresh = standing(date(2025, 4, 5))
    # Yearly, 90 days after the end of 2024.
    assert (fresh.state, fresh.expected_on) == ("up-to-date", date(2025, 3, 31))


def test_the_source_is_late_when_we_asked_and_got_nothing_new(declared):
    run("unchanged", date(2025, 5, 1))
    fresh = standing(date(2025, 5, 2))
    assert fresh.state == "source-late"
    assert "31/03/2025" in fresh.sentence


@pytest.mark.parametrize("status", ["failed", "implausible"])
def test_our_job_failed_when_the_last_run_did(declared, status):
    run("succeeded", date(2025, 2, 1))
    run(status, date(2025, 2, 8))
    fresh = standing(date(2025, 2, 9))
    assert (fresh.state, fresh.last_success.status) == ("failed", "succeeded")


def test_our_job_failed_when_it_has_not_run_for_long(declared):
    run("succeeded", date(2025, 1, 1))
    fresh = standing(date(2025, 1, 1) + timedelta(days=22))
    assert fresh.state == "failed"
    assert "n’a pas tourné depuis le 01/01/2025" in fresh.sentence


def test_a_run_under_way_does_not_change_the_standing(declared):
    run("succeeded", date(2025, 2, 1))
    Run.objects.create(code="toy-table")
    assert standing(date(2025, 2, 2)).state == "up-to-date"


def test_any_number_of_datasets_costs_five_queries(declared, django_assert_num_queries):
    run("succeeded", date(2025, 2, 1))
    run("failed", date(2025, 2, 1), code="toy-json")
    with django_assert_num_queries(5):
        assert [f.code for f in freshness_of()] == ["toy-json", "toy-table"]


@pytest.mark.parametrize(
    ("end", "rhythm", "expected"),
    [
        (date(2025, 12, 31), Rhythm.QUARTERLY, date(2026, 3, 31)),
        (date(2025, 9, 30), Rhythm.QUARTERLY, date(2025, 12, 31)),
        (date(2024, 1, 31), Rhythm.MONTHLY, date(2024, 2, 29)),
        (date(2023, 12, 31), Rhythm.YEARLY, date(2024, 12, 31)),
        (date(2025, 1, 5), Rhythm.WEEKLY, date(2025, 1, 12)),
        (date(2025, 1, 5), Rhythm.IRREGULAR, None),
    ],
)
def test_the_end_of_the_next_period(end, rhythm, expected):
    assert next_period_end(end, rhythm) == expected
