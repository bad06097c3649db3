"""Projects under way owe a bulletin, promises past their deadline owe a verdict; nothing fictional owes."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
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
    """The first that falls due once it is followed, then the one after each bulletin."""
    Project.objects.update(kept_since=date(2026, 4, 15))
    assert of("bulletins-projets")[project.slug].expected_on == date(2026, 4, 15)
    assert of("bulletins-projets")[project.slug].is_late
    Project.objects.update(kept_since=date(2026, 4, 16))
    assert of("bulletins-projets")[project.slug].expected_on == date(2026, 7, 15)
    assert not of("bulletins-projets")[project.slug].is_late
    Bulletin.objects.create(
        project=project, as_of=date(2026, 3, 31), weather="sun", synthesis="Bien.", source="Nous"
    )
    assert of("bulletins-projets", date(2026, 7, 22))[project.slug].state == "up-to-date"
    assert of("bulletins-projets", date(2026, 7, 23))[project.slug].is_late


@pytest.mark.parametrize("gate", [Gate.PAUSED, Gate.DROPPED, Gate.DELIVERED])
def test_a_project_that_stands_still_or_is_over_owes_nothing(project, gate):
    passed(project, gate, date(2026, 4, 1))
    assert of("bulletins-projets") == {}


def test_a_start_owes_nothing_before_something_falls_due(attested):
    """Whatever is loaded at start: plans, agreements, schools, projects and promises."""
    call_command("load_employment", verbosity=0)
    today = timezone.localdate()
    assert entered(today=today)
    assert [one.key for one in entered(today=today) if one.is_late] == []
    later = [one for one in entered(today=today + timedelta(days=400)) if one.is_late]
    assert {"bulletins-projets", "verdicts-engagements"} & {one.code for one in later}


def test_a_fictional_project_owes_nothing(project):
    Project.objects.update(origin=Origin.DEMO, lead=None, site=None)
    assert of("bulletins-projets") == {}


def test_a_promise_past_its_deadline_owes_a_verdict_until_somebody_gives_one(attested):
    one = Commitment.objects.published().attested().filter(verdicts__isnull=True).first()
    Commitment.objects.exclude(pk=one.pk).update(due_on=None)
    Commitment.objects.filter(pk=one.pk).update(
        made_on=date(2025, 1, 1), made_until=date(2025, 1, 1), due_on=date(2026, 1, 1)
    )
    Commitment.objects.update(kept_since=date(2026, 5, 20))
    assert not of("verdicts-engagements")[one.slug].is_late
    assert of("verdicts-engagements", date(2026, 6, 27))[one.slug].is_late
    Commitment.objects.update(kept_since=date(2025, 1, 1))
    assert of("verdicts-engagements")[one.slug].is_late
    one.verdicts.create(
        on=date(2026, 2, 1), status="late", evidence="Courrier.", said_by="Préfet", source="Presse"
    )
    assert of("verdicts-engagements") == {}
