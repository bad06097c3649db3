"""A real worker, in a process of its own: publishing in another process has the author told, once."""

import pytest

from projects.models import Bulletin, Letter
from tests.opendata.house import environment, python, until, worker
from tests.people import client_of
from tests.projects.updates.flow import ENTRY, typed

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
PUBLISH = """
import django; django.setup()
from agglo.accounts.models import User
from projects.models import Update
from projects.updates.publishing import publish
row = Update.objects.get()
publish(row, User.objects.get(role="reviewer"), version=row.version)
"""


def test_publishing_has_the_author_told_by_the_worker(replay, tmp_path, project, author, reviewer):
    client_of(author).post(ENTRY, typed())
    house = environment(replay, tmp_path)
    with worker(house):
        python(house, "-c", PUBLISH)
        until(lambda: Letter.objects.filter(person=author, sent_at__isnull=False).exists(), house)
    assert Letter.objects.get().kind == "decision"
    assert Bulletin.objects.filter(project=project).count() == 2
