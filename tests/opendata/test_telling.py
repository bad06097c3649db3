"""Owners are told once of what changed: grouped, nothing when nothing did, nothing lost, nothing repeated."""

import email
import subprocess
import sys
from datetime import date, timedelta
from email.policy import default

import pytest
from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.duties import Duty, Owed, owes, owes_no_more
from agglo.opendata.models import Run
from agglo.opendata.telling import send, tell
from agglo.opendata.told import Digest, Said
from tests.opendata.house import ROOT, environment, until
from tests.opendata.mail_server import MailServer

OWNER, URSSAF = "donnees@agglo.example", "emploi@agglo.example"


@pytest.fixture
def post(settings, tmp_path, declared):
    """A mail server, an owner, programs that are alive: only datasets can be the matter."""
    server = MailServer()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.OPENDATA_OWNER, settings.OPENDATA_OWNERS = [OWNER], {}
    settings.WORKER_PULSE, settings.BEAT_PULSE = tmp_path / "worker.pulse", tmp_path / "beat.pulse"
    settings.WORKER_PULSE.touch()
    settings.BEAT_PULSE.touch()
    yield server
    server.stop()


def ended(status, code="toy-table", **more):
    error = "Panne." if status in ("failed", "implausible") else ""
    now = timezone.now()
    moments = {"queued_at": now, "started_at": now, "heartbeat_at": now, "finished_at": now}
    return Run.objects.create(code=code, status=status, error=error, **moments, **more)


def mails(post):
    return [email.message_from_bytes(text, policy=default) for text in post.received]


def body(mail):
    return mail.get_content()


@pytest.mark.django_db
def test_nothing_wrong_nothing_sent(post):
    ended("succeeded")
    assert tell() == {"written": 0, "sent": 0}
    assert post.received == []


@pytest.mark.django_db
def test_a_change_is_told_once_and_recovery_too(post):
    ended("failed")
    ended("failed", "toy-json")
    assert tell() == {"written": 1, "sent": 1}
    (mail,) = mails(post)
    assert mail["To"] == OWNER
    assert mail["Subject"] == "Données d’Agglo\u00a0: 2 à regarder"
    assert body(mail).count("Notre actualisation a échoué") == 2
    assert tell() == {"written": 0, "sent": 0}  # the next morning
    ended("failed")  # it failed again: no news
    assert tell() == {"written": 0, "sent": 0}
    ended("succeeded")
    tell()
    last = mails(post)[-1]
    assert last["Subject"] == "Données d’Agglo\u00a0: 1 rétabli"
    assert "Notre actualisation a échoué → rétabli" in body(last)
    assert tell() == {"written": 0, "sent": 0}
    assert len(post.received) == 2


@pytest.mark.django_db
def test_from_one_trouble_to_another_says_both(post):
    ended("failed")
    tell()
    ended("implausible")
    tell()
    said = body(mails(post)[-1])
    assert "Notre actualisation a échoué → réponse retenue, elle attend une décision" in said


@pytest.mark.django_db
def test_staff_late_and_what_did_not_run_are_in_the_same_mail(post, settings):
    settings.BEAT_PULSE.unlink()
    owed = Owed(("PLAN", "usine"), "l’usine", "/equipe/plans/", date(2020, 12, 31))
    owes(Duty(code="toy-duty", title="Suivi", rhythm=Rhythm.YEARLY, delay=1, owed=lambda: [owed]))
    try:
        tell()
    finally:
        owes_no_more("toy-duty")
    (mail,) = mails(post)
    assert "Suivi, l’usine" in body(mail)
    assert f"{settings.SITE_URL}/equipe/plans/" in body(mail)
    assert "L’horloge ne donne plus signe de vie" in body(mail)


@pytest.mark.django_db
def test_each_owner_is_told_of_what_is_theirs(post, settings):
    settings.OPENDATA_OWNERS = {"toy-json": URSSAF}
    ended("failed")
    ended("failed", "toy-json")
    assert tell() == {"written": 2, "sent": 2}
    assert {mail["To"] for mail in mails(post)} == {OWNER, URSSAF}
    settings.OPENDATA_OWNERS = {}
    tell()  # now the first owner's too; the other is told nothing more, not that it recovered
    assert [mail["To"] for mail in mails(post)[2:]] == [OWNER]
    assert not Said.objects.filter(owner=URSSAF).exists()


@pytest.mark.django_db
def test_without_an_owner_nothing_is_written(post, settings):
    settings.OPENDATA_OWNER = []
    ended("failed")
    assert tell() == {"written": 0, "sent": 0}


@pytest.mark.django_db
def test_a_server_that_refuses_is_asked_again_and_the_mail_says_the_same(post):
    post.refuses = True
    ended("failed")
    assert tell() == {"written": 1, "sent": 0}
    post.refuses = False
    assert tell() == {"written": 0, "sent": 0}  # in somebody's hands for ten minutes
    Digest.objects.update(tried_at=timezone.now() - timedelta(minutes=11))
    assert tell() == {"written": 0, "sent": 1}
    assert len(post.received) == 1
    assert Digest.objects.get().tries == 2


@pytest.mark.django_db
def test_a_week_later_it_is_no_news_any_more(post):
    post.refuses = True
    ended("failed")
    tell()
    Digest.objects.update(made_at=timezone.now() - timedelta(days=8), tried_at=None)
    post.refuses = False
    assert tell() == {"written": 0, "sent": 0}


@pytest.mark.worker
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_the_server_thinks_repeats_one_mail_at_most(post, replay, tmp_path):
    """The server took the mail and its yes was lost with the worker: the same mail leaves once more."""
    ended("failed")
    house = environment(
        replay, tmp_path, DJANGO_SETTINGS_MODULE="agglo.settings.dev", SECRET_KEY="k" * 60,
        EMAIL_URL=f"smtp://127.0.0.1:{post.port}", OPENDATA_OWNER=OWNER,
    )  # fmt: skip
    post.thinks = True
    told = "import django; django.setup(); import tests.opendata.toys_declared;"
    told += "from agglo.opendata.telling import tell; tell()"
    with subprocess.Popen([sys.executable, "-c", told], env=house, cwd=ROOT) as dying:
        until(lambda: post.received, house)
        dying.kill()
    assert Digest.objects.get().sent_at is None
    post.thinks = False
    assert send() == 0  # for ten minutes nobody knows that it died
    Digest.objects.update(tried_at=timezone.now() - timedelta(minutes=11))
    assert (send(), send()) == (1, 0)
    first, second = mails(post)
    assert first["Message-ID"] == second["Message-ID"]
