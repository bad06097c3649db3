"""Reminders: of what is alive and silent only, at the reader's own rhythm, in one letter, never twice."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from projects.models import Bulletin, Following, Gate, Letter, Taste, Update
from projects.updates import digest
from projects.updates.following import follow
from projects.updates.reminders import due, orphans
from tests.people import client_of, person
from tests.projects.conftest import read
from tests.projects.updates.conftest import make_project

TODAY = date(2026, 6, 1)  # a Monday, the first of its month


def names(found) -> set[str]:
    return {one.target.slug for one in found}


@pytest.mark.parametrize("gate", [None, Gate.IDEA, Gate.UNDERWAY, Gate.PAUSED, Gate.DROPPED, Gate.DELIVERED])
def test_nothing_is_asked_of_what_is_paused_finished_or_dropped(author, gate):
    follow(make_project("un", gate), author)
    silent = gate in (Gate.PAUSED, Gate.DROPPED, Gate.DELIVERED)
    assert names(due(author, TODAY)) == (set() if silent else {"un"})
    Following.objects.all().delete()
    assert names(orphans(TODAY, 60)) == (set() if silent else {"un"})


def test_each_thing_has_its_own_silence_and_may_be_muted(project, author):
    Bulletin.objects.filter(project=project).update(as_of=TODAY - timedelta(days=45))
    held = follow(project, author)
    assert names(due(author, TODAY)) == set()
    held.days = 30
    held.save()
    assert [one.waited for one in due(author, TODAY)] == [45]
    held.muted = True
    held.save()
    assert names(due(author, TODAY)) == set()


def test_what_waits_for_a_decision_is_asked_of_nobody(project, author):
    follow(project, author)
    assert names(due(author, TODAY)) == {"atelier"}
    Update.objects.create(project=project, author=author, review=1)
    assert names(due(author, TODAY)) == set()


def test_a_converted_site_is_left_alone(site, author):
    from projects.models import LifeStage, Stage

    follow(site, author)
    assert names(due(author, TODAY)) == {"halle"}
    LifeStage.objects.create(site=site, stage=Stage.CONVERTED, start=date(2020, 1, 1), source="x")
    assert names(due(author, TODAY)) == set()


@pytest.mark.parametrize(
    ("rhythm", "weekday", "days"),
    [
        ("daily", 0, ["2026-06-01", "2026-06-02", "2026-06-03", "2026-06-04", "2026-06-05", "2026-06-08"]),
        ("weekly", 2, ["2026-06-03"]),
        ("weekly", 0, ["2026-06-01", "2026-06-08"]),
        ("monthly", 0, ["2026-06-01"]),
        ("never", 0, []),
    ],
)
def test_letters_fall_on_the_days_the_reader_chose(rhythm, weekday, days):
    eight = [TODAY + timedelta(days=n) for n in range(8)]
    taste = Taste(rhythm=rhythm, weekday=weekday)
    assert [str(day) for day in eight if digest.falls_on(taste, day)] == days


def test_one_letter_gathers_everything_and_leaves_once(project, author, reviewer):
    follow(project, author)
    Update.objects.create(project=make_project("deux"), author=author, review=1)
    assert digest.send_digests(TODAY) == {"sent": 2, "nothing": 0, "already": 0}
    assert digest.send_digests(TODAY) == {"sent": 0, "nothing": 0, "already": 2}
    letters = {one.to[0]: one for one in mail.outbox}
    assert len(mail.outbox) == 2
    hers = letters[author.email]
    assert "Projet atelier" in hers.body and "/equipe/mises-a-jour/projets/atelier/" in hers.body
    assert "/equipe/rappels/" in hers.body
    assert hers.alternatives[0].mimetype == "text/html" and "Projet atelier" in hers.alternatives[0].content
    assert "Projet deux" in letters[reviewer.email].body
    assert Letter.objects.filter(kind="digest", sent_at__isnull=False).count() == 2


def test_nothing_to_say_is_not_written(project, author):
    assert digest.send_digests(TODAY) == {"sent": 0, "nothing": 1, "already": 0}


def test_a_server_that_refuses_is_asked_again_and_a_lost_worker_is_not(project, author, settings):
    follow(project, author)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError):
        digest.send_digests(TODAY)
    assert not Letter.objects.exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Letter.objects.create(person=author, kind="digest", key=TODAY.isoformat())  # claimed, then lost
    assert digest.send_digests(TODAY)["already"] == 1
    assert mail.outbox == []


def test_the_reader_tunes_it_all_on_one_page(project, author):
    held = follow(project, author)
    client = client_of(author)
    said = {"rhythm": "monthly", "weekday": "3", "days": "90", f"f{held.pk}-days": "5"}
    page = read(client.post("/equipe/rappels/", said))
    assert "supérieure ou égale à 7" in page and 'value="90"' in page
    assert not Taste.objects.exists()
    client.post("/equipe/rappels/", said | {f"f{held.pk}-days": "14", f"f{held.pk}-muted": "on"})
    held.refresh_from_db()
    taste = Taste.objects.get()
    assert (taste.rhythm, taste.weekday, taste.days, held.days, held.muted) == ("monthly", 3, 90, 14, True)
    client.post("/equipe/rappels/projets/atelier/", {"act": "stop"})
    assert not Following.objects.exists()


def test_the_worklist_asks_as_much_of_the_database_whatever_its_length(author):
    def count() -> int:
        from agglo.portal.worklist import piles

        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(piles(author))
        return len(asked)

    follow(make_project("p0"), author)
    count()
    first = count()
    for number in range(1, 12):
        follow(make_project(f"p{number}"), author)
        Update.objects.create(project=make_project(f"d{number}"), author=author, typed={"synthesis": "x"})
    assert count() == first


def test_the_worker_itself_sends_what_falls_due(project, settings):
    from projects.tasks import send_digests

    settings.TIME_ZONE = "Europe/Paris"
    one = person("staff", email="elle@exemple.fr")
    follow(project, one)
    Taste.objects.create(person=one, rhythm="daily")
    said = send_digests.apply().get()
    assert said["sent"] == (1 if timezone.localdate().weekday() < 5 else 0)
