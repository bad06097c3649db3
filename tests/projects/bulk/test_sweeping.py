"""Imports that a lost worker held, or whose message never arrived, are taken up or said failed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.bulk import carrying
from projects.models import Import
from projects.models.bulk import State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "left"),
    [(State.READING, State.FAILED), (State.APPLYING, State.READY), (State.UNDOING, State.APPLIED)],
)
def test_lost_too_often_is_said_and_stands_where_it_was(db, agent, state, left):
    past = timezone.now() - timedelta(minutes=1)
    row = Import.objects.create(name="essai", brought_by=agent, state=state, lease_until=past, attempt=3)
    assert carrying.sweep() == {"requeued": 0, "closed": 1, "resent": 0}
    row.refresh_from_db()
    assert row.state == left
    assert "rien n’a été écrit" in row.error


def test_a_lost_message_is_sent_again(db, agent):
    Import.objects.create(name="essai", brought_by=agent, sent_at=timezone.now() - timedelta(hours=1))
    assert carrying.sweep() == {"requeued": 0, "closed": 0, "resent": 1}
    assert carrying.sweep()["resent"] == 0
