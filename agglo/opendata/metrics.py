"""Figures for whoever watches from outside, in the text format of Prometheus; nothing personal."""

from collections.abc import Iterator

from django.db.models import Count
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from agglo.opendata import signs
from agglo.opendata.duties import duties, entered
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.models import Run, Status
from agglo.opendata.watching import Kind, watch

Metrics = Iterator[GaugeMetricFamily]


def text() -> bytes:
    """Everything, read in the database now: several web processes tell the same."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Everything())
    return generate_latest(registry)


class Everything:
    """What the registry asks for its metrics."""

    def collect(self) -> Metrics:
        yield from _runs()
        yield from _freshness()
        yield from _staff()
        yield from _watch()


def _one(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"agglo_{name}", words, value=value)


def _by(name: str, words: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"agglo_{name}", words, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _runs() -> Metrics:
    counted = dict(Run.objects.order_by().values_list("status").annotate(Count("id")))
    yield _by("runs", "Runs of the ledger, by state.", "state", {s.value: counted.get(s, 0) for s in Status})
    yield _one("runs_held", "Answers that wait for a person’s decision.", Run.objects.held().count())
    last = Run.objects.filter(pk__in=Run.objects.telling().last_ids()).order_by("code")
    refused = {run.code: run.refused for run in last}
    yield _by("refused_rows", "Rows refused by the last run of a dataset.", "dataset", refused)


def _freshness() -> Metrics:
    labels = ["dataset", "state"]
    ages, states = {}, GaugeMetricFamily("agglo_freshness", "1 for the standing of a dataset.", labels=labels)
    for fresh in freshness_of():
        for state in Standing:
            states.add_metric([fresh.code, state.value], state == fresh.state)
        if fresh.last_success:
            ages[fresh.code] = (timezone.now() - fresh.last_success.finished_at).total_seconds()
    yield _by("last_success_age_seconds", "Seconds since the last good run of a dataset.", "dataset", ages)
    yield states


def _staff() -> Metrics:
    owed = {duty.code: 0 for duty in duties()}
    late = dict(owed)
    for one in entered():
        owed[one.code] += 1
        late[one.code] += one.is_late
    yield _by("staff_owed", "Things that staff keep up to date.", "duty", owed)
    yield _by("staff_late", "Things that staff are late with.", "duty", late)


def _watch() -> Metrics:
    alarms, queue = watch()
    oldest = (timezone.now() - queue.oldest).total_seconds() if queue.oldest else 0
    yield _one("queue_length", "Runs that wait for a worker.", queue.length)
    yield _one("queue_oldest_age_seconds", "Seconds since the first waiting run was asked for.", oldest)
    kinds = {kind.value: sum(alarm.kind == kind for alarm in alarms) for kind in Kind}
    yield _by("alarms", "What should have run and has not, by kind.", "kind", kinds)
    ages = {"worker": signs.worker_age(), "beat": signs.beat_age()}
    known = {name: age for name, age in ages.items() if age is not None}
    yield _by("sign_of_life_age_seconds", "Seconds since a program’s last sign of life.", "program", known)
