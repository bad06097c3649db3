"""What the database itself refuses, whatever program speaks to it."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError, OperationalError

from agglo.figures.models import Change, MeasureVersion, Observation, RetainedChoice, Target
from agglo.figures.recording import define_measure
from agglo.figures.vocabulary import Review
from tests.figures.conftest import EARLY, LATER

REFUSALS = (IntegrityError, InternalError, OperationalError)


def refused(sql: str, *params) -> str:
    with pytest.raises(REFUSALS) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    return str(caught.value)


def test_a_value_is_never_overwritten(ledger):
    ledger.say(100)
    assert "ne se modifie pas" in refused("UPDATE figures_observation SET value = 99")
    assert Observation.objects.get().value == 100


def test_no_column_may_change_but_the_end_and_the_review(ledger):
    """A column added later must be named by the trigger too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(column_name::text) FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = 'figures_observation'"
        )
        (columns,) = cursor.fetchone()
        cursor.execute(
            "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgname = 'observation_only_closing'"
        )
        (rule,) = cursor.fetchone()
    compared = re.findall(r"old\.(\w+)\)?(?:::\w+)? IS DISTINCT FROM \(?new\.(\w+)", rule)
    assert sorted(compared) == sorted((name, name) for name in set(columns) - {"known_to", "review"})


@pytest.mark.parametrize(
    "change",
    [
        "release_id = release_id + 1",
        "obs_status = 'P'",
        "reason_words = 'autre'",
        "period_end = period_end - 1",
    ],
)
def test_no_other_column_is_overwritten_either(ledger, change):
    ledger.say(100)
    assert "ne se modifie pas" in refused(f"UPDATE figures_observation SET {change}")


def test_a_review_moves_on_open_and_closed_figures(ledger):
    ledger.say(100)
    ledger.say(101, known_from=LATER)
    assert Observation.objects.update(review=Review.WITHDRAWN) == 2


def test_a_closed_interval_stays_closed(ledger):
    ledger.say(100)
    ledger.say(101, known_from=LATER)
    assert "déjà close" in refused("UPDATE figures_observation SET known_to = NULL WHERE value = 100")


def test_an_attested_figure_is_never_deleted_but_a_demonstration_is(ledger):
    ledger.say(100)
    ledger.say(5, code="62617", origin=2)
    assert "Rien ne se supprime" in refused("DELETE FROM figures_observation WHERE origin = 0")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM figures_observation WHERE origin = 2")
    assert Observation.objects.count() == 1


def test_the_ledger_is_not_emptied_outside_maintenance(ledger):
    refusal = refused("SET LOCAL agglo.maintenance = 'off'; TRUNCATE figures_observation CASCADE")
    assert "ne se vide pas" in refusal


def copy_of(row: Observation, **changes) -> Observation:
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def test_two_open_intervals_are_refused(ledger):
    ledger.say(100)
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(Observation.objects.get(), known_from=LATER).save()


def test_an_interval_that_reaches_into_a_closed_one_is_refused(ledger):
    ledger.say(100)
    ledger.say(101, known_from=LATER)
    inside = EARLY + timedelta(days=10)
    closed = Observation.objects.get(value=100)
    with pytest.raises(REFUSALS, match="se recouvrent"), transaction.atomic():
        copy_of(closed, known_from=inside, known_to=inside + timedelta(days=1)).save()


def test_a_closed_interval_that_reaches_into_the_open_one_is_refused(ledger):
    ledger.say(100, known_from=LATER)
    row = Observation.objects.get()
    with pytest.raises(REFUSALS, match="se recouvrent"), transaction.atomic():
        copy_of(row, known_from=EARLY, known_to=LATER + timedelta(days=1)).save()
    copy_of(row, known_from=EARLY, known_to=LATER).save()


def test_undated_figures_do_not_overlap_either(ledger):
    ledger.say(100)
    row = Observation.objects.get()
    copy_of(row, period_start=None, period_end=None, dating=2).save()
    undated = Observation.objects.get(period_start=None)
    with pytest.raises(REFUSALS), transaction.atomic():
        copy_of(undated, known_from=LATER).save()


@pytest.mark.parametrize("kind", ["ratio", "rate"])
def test_a_ratio_without_its_denominator_is_refused(ledger, kind):
    with pytest.raises(IntegrityError, match="ratio_names_its_denominator"), transaction.atomic():
        define_measure(f"sans-{kind}", name="x", counted_unit="%", kind=kind)


def test_a_missing_value_is_not_a_number_and_a_value_is(ledger):
    with pytest.raises(IntegrityError, match="value_goes_with_its_state"), transaction.atomic():
        ledger.say(3, state=4)
    with pytest.raises(IntegrityError, match="value_goes_with_its_state"), transaction.atomic():
        ledger.say(None)
    ledger.say(None, state=4)


def test_a_definition_that_carries_series_is_not_edited(ledger):
    ledger.say(100)
    version = MeasureVersion.objects.get(measure__code="emplois")
    version.name = "Emplois au lieu de travail"
    version.save()
    version.definition = "Autre chose"
    with pytest.raises(REFUSALS, match="nouvelle version"), transaction.atomic():
        version.save()


def test_targets_and_choices_are_superseded_never_rewritten(ledger):
    ledger.say(100)
    row = Observation.objects.get()
    Target.objects.create(
        measure=row.series.measure_version.measure,
        subject=row.series.subject,
        due_on=date(2030, 1, 1),
        value=Decimal(10),
        decided_by="délibération",
    )
    assert "ne se modifie pas" in refused("UPDATE figures_target SET value = 12")
    assert "Rien ne se supprime" in refused("DELETE FROM figures_target")
    Target.objects.update(superseded_at=datetime.now(tz=EARLY.tzinfo))
    assert RetainedChoice.objects.count() == 0


def test_one_line_per_transaction_tells_that_the_ledger_changed(ledger):
    with transaction.atomic():
        ledger.say(100)
        ledger.say(7, code="62617")
    assert Change.objects.count() == 1
    ledger.say(100)
    assert Change.objects.count() == 1
