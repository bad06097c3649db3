"""The two health addresses tell the truth, to anybody, and leave no trace."""

import os
import time

import pytest
from django.db import connection


@pytest.fixture
def queue(settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://localhost//"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    settings.WORKER_PULSE = tmp_path / "worker.pulse"
    return tmp_path


def test_alive_asks_nothing_of_the_database(client):
    # No database is allowed in this test: a query would fail it.
    assert client.get("/sante/vif").json() == {"vif": True}


@pytest.mark.django_db
def test_ready_when_base_and_queue_are(client, queue):
    answer = client.get("/sante/pret")
    assert answer.status_code == 200
    assert answer.json() == {
        "pret": True,
        "base": "ok",
        "file": "ok",
        "ouvrier": "inconnu",
        "ouvrier_vu_il_y_a_s": None,
    }
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(client, queue):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = client.get("/sante/pret")
    assert answer.status_code == 503
    assert answer.json()["base"] == "1 migration(s) en attente"


@pytest.mark.django_db
def test_not_ready_without_its_queue(client, queue, settings):
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(queue / "gone")}
    answer = client.get("/sante/pret")
    assert answer.status_code == 503
    assert answer.json()["file"] == "dossier absent ou protégé"


@pytest.mark.django_db
def test_a_silent_worker_is_said_and_does_not_take_the_pages_down(client, queue):
    pulse = queue / "worker.pulse"
    pulse.touch()
    assert client.get("/sante/pret").json()["ouvrier"] == "ok"
    long_ago = time.time() - 3600
    os.utime(pulse, (long_ago, long_ago))
    answer = client.get("/sante/pret")
    assert answer.status_code == 200
    assert answer.json()["ouvrier"] == "silencieux"
