"""What is published is what was read."""

import pytest

from projects.models import Bulletin
from tests.people import client_of
from tests.projects.conftest import read
from tests.projects.updates.flow import ENTRY, publishing, typed

pytestmark = pytest.mark.django_db


def test_a_reviewer_publishes_what_they_read_and_nothing_that_came_since(submitted, author, reviewer):
    read_then = publishing(submitted)
    staff = client_of(author)
    staff.post(f"/equipe/mises-a-jour/{submitted.pk}/reprendre/")
    staff.post(ENTRY, typed(synthesis="Tout autre chose."))
    decide = f"/equipe/mises-a-jour/{submitted.pk}/decider/"
    second = client_of(reviewer)
    for said in (read_then, {"act": "publish"}, {"act": "publish", "version": "x"}):
        assert "Relisez-la, puis décidez" in read(second.post(decide, said))
    assert not Bulletin.objects.filter(synthesis="Tout autre chose.").exists()
    second.post(decide, publishing(submitted))
    assert Bulletin.objects.filter(synthesis="Tout autre chose.").exists()
