"""The migration that dates opening choices by what they choose between, on a ledger that has such choices."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from django.utils import timezone

from agglo.figures.models import RetainedChoice

DATED_AGAIN = import_module("agglo.figures.migrations.0007_choices_dated").SQL


def written(choice: RetainedChoice, **values) -> None:
    """As an earlier version of the portal wrote it: the guard of the table does not let it be changed now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE figures_retainedchoice DISABLE TRIGGER retainedchoice_only_closing")
        RetainedChoice.objects.filter(pk=choice.pk).update(**values)
        cursor.execute("ALTER TABLE figures_retainedchoice ENABLE TRIGGER retainedchoice_only_closing")


def known(choice: RetainedChoice):
    return choice.contradiction.observations.aggregate(last=Max("known_from"))["last"]


def test_opening_choices_dated_by_their_loading_are_dated_again_and_no_other(facts, django_user_model):
    opening, by_somebody, earlier = RetainedChoice.objects.order_by("pk")
    today = timezone.now()
    long_ago = known(earlier) - timedelta(days=30)
    written(opening, chosen_at=today, superseded_at=today)
    person = django_user_model.objects.create(email="elue@example.org")
    written(by_somebody, chosen_at=today, chosen_by_user=person)
    written(earlier, chosen_at=long_ago)
    by_council = RetainedChoice.objects.create(
        contradiction=opening.contradiction,
        observation=opening.observation,
        reason="Délibération",
        chosen_by="Le conseil communautaire",
        chosen_at=today,
    )

    with connection.cursor() as cursor:
        cursor.execute(DATED_AGAIN)
    opening.refresh_from_db()
    assert opening.chosen_at == known(opening) < today
    for choice, moment in ((by_somebody, today), (by_council, today), (earlier, long_ago)):
        choice.refresh_from_db()
        assert choice.chosen_at == moment
    # The guard stands again.
    with pytest.raises(DatabaseError), transaction.atomic():
        RetainedChoice.objects.filter(pk=opening.pk).update(chosen_at=today)
