"""`/sante/mesures`: closed unless opened, read by Prometheus's own parser, nothing personal in it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from agglo.opendata.models import Run
from tests.opendata.conftest import declared  # noqa: F401
from tests.people import person

pytestmark = pytest.mark.django_db
ADDRESS = "/sante/mesures"


@pytest.fixture
def read(client, settings, tmp_path, declared):  # noqa: F811
    """`read()`: {(metric, label values): value}."""
    settings.METRICS_TOKEN = "jeton"
    settings.WORKER_PULSE, settings.BEAT_PULSE = tmp_path / "worker.pulse", tmp_path / "beat.pulse"

    def metrics():
        answer = client.get(ADDRESS, headers={"Authorization": "Bearer jeton"})
        assert answer.status_code == 200
        return {
            (sample.name, *sample.labels.values()): sample.value
            for family in text_string_to_metric_families(answer.content.decode())
            for sample in family.samples
        }

    return metrics


@pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer autre"])
def test_closed_without_the_token(client, settings, token):
    settings.METRICS_TOKEN = "jeton"
    assert (
        client.get(ADDRESS, headers={"Authorization": token} if token is not None else {}).status_code == 403
    )


def test_closed_when_nothing_opens_it_even_from_here(client, settings):
    assert client.get(ADDRESS).status_code == 403
    assert client.get(ADDRESS, headers={"Authorization": "Bearer "}).status_code == 403
    settings.METRICS_FROM = ["10.0.0.0/8", "::1/128"]
    assert client.get(ADDRESS, REMOTE_ADDR="127.0.0.1").status_code == 403
    assert client.get(ADDRESS, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(client, settings):
    settings.METRICS_FROM = ["10.0.0.0/8"]
    told = {"REMOTE_ADDR": "203.0.113.9", "headers": {"X-Forwarded-For": "10.1.2.3"}}
    settings.TRUSTED_PROXIES = 0
    assert client.get(ADDRESS, **told).status_code == 403
    settings.TRUSTED_PROXIES = 1
    assert client.get(ADDRESS, **told).status_code == 200


def test_runs_freshness_queue_and_signs(read, settings):
    now = timezone.now()
    good = {"started_at": now - timedelta(hours=2), "finished_at": now - timedelta(hours=2)}
    Run.objects.create(code="toy-json", status="succeeded", refused=3, **good)
    Run.objects.create(code="toy-table", status="queued", queued_at=now - timedelta(minutes=90))
    settings.WORKER_PULSE.touch()
    told = read()
    assert (told["agglo_runs", "succeeded"], told["agglo_runs", "failed"]) == (1, 0)
    assert told["agglo_refused_rows", "toy-json"] == 3
    assert 7200 <= told["agglo_last_success_age_seconds", "toy-json"] < 7300
    assert ("agglo_last_success_age_seconds", "toy-table") not in told
    assert told["agglo_freshness", "toy-json", "up-to-date"] == 1
    assert told["agglo_freshness", "toy-json", "failed"] == 0
    assert told["agglo_freshness", "toy-table", "never"] == 1
    assert told["agglo_queue_length",] == 1
    assert 5400 <= told["agglo_queue_oldest_age_seconds",] < 5500
    assert told["agglo_runs_held",] == 0
    assert (told["agglo_alarms", "beat"], told["agglo_alarms", "worker"]) == (1, 0)
    assert told["agglo_sign_of_life_age_seconds", "worker"] < 60
    assert ("agglo_sign_of_life_age_seconds", "beat") not in told
    assert ("agglo_staff_late", "suivi-plans") in told


def test_nothing_personal_is_told(client, settings, declared):  # noqa: F811
    settings.METRICS_TOKEN, settings.OPENDATA_OWNER = "jeton", ["quelquun@agglo.example"]
    asker = person("staff")
    Run.objects.create(code="toy-json", asked_by=asker, worker="machine-secrete", detail="adresse")
    said = client.get(ADDRESS, headers={"Authorization": "Bearer jeton"}).content.decode()
    for word in (asker.email, asker.name, "machine-secrete", "quelquun"):
        assert word not in said
