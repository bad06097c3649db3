"""Projects under way owe a bulletin, promises past their deadline owe a verdict; nothing fictional owes."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from agglo.figures.vocabulary import Origin
from agglo.opendata.duties import entered
from projects.models import Bulletin, Commitment, Gate, Passage, Project

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


def of(code, today=DAY):
    return {one.owed.subject[1]: one for one in entered(today=today) if one.code == code}


@pytest.fixture
def project(attested):
    """The one attested project that is under way from the start of 2026."""
    Passage.objects.all().delete()
    one = Project.objects.published().attested().first()
    passed(one, Gate.UNDERWAY, date(2026, 1, 1))
    return one


def passed(project, gate, on):
    Passage.objects.create(project=project, gate=gate, on=on, until=on, source="Presse", reason="Dit.")


def test_a_project_under_way_owes_a_bulletin_each_quarter(project):
    """The last whole quarter, then the one after each bulletin."""
    today = timezone.localdate()
    owed = of("bulletins-projets", today)[project.slug]
    assert today - timedelta(days=200) < owed.expected_on < today + timedelta(days=16)
    Bulletin.objects.create(
        project=project, as_of=date(2026, 3, 31), weather="sun", synthesis="Bien.", source="Nous"
    )
    assert of("bulletins-projets", date(2026, 7, 22))[project.slug].state == "up-to-date"
    assert of("bulletins-projets", date(2026, 7, 23))[project.slug].is_late


@pytest.mark.parametrize("gate", [Gate.PAUSED, Gate.DROPPED, Gate.DELIVERED])
def test_a_project_that_stands_still_or_is_over_owes_nothing(project, gate):
    passed(project, gate, date(2026, 4, 1))
    assert of("bulletins-projets") == {}


def test_a_fictional_project_owes_nothing(project):
    Project.objects.update(origin=Origin.DEMO)
    assert of("bulletins-projets") == {}


def test_a_promise_past_its_deadline_owes_a_verdict_until_somebody_gives_one(attested):
    one = Commitment.objects.published().attested().filter(verdicts__isnull=True).first()
    Commitment.objects.exclude(pk=one.pk).update(due_on=None)
    Commitment.objects.filter(pk=one.pk).update(
        made_on=date(2025, 1, 1), made_until=date(2025, 1, 1), due_on=date(2026, 1, 1)
    )
    assert of("verdicts-engagements")[one.slug].is_late
    one.verdicts.create(
        on=date(2026, 2, 1), status="late", evidence="Courrier.", said_by="Préfet", source="Presse"
    )
    assert of("verdicts-engagements") == {}
