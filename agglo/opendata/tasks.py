"""What the workers do; each task takes a key, calls one function, and may be repeated without harm."""

from celery import shared_task

from agglo.opendata import due, retention, sweeper, telling
from agglo.opendata.formulas.changed import queue_changed
from agglo.opendata.refresh import execute
from agglo.opendata.tallies import changed as tallies


@shared_task(name="opendata.refresh", acks_late=True)
def refresh(run_id: int) -> str:
    run = execute(run_id)
    return str(run) if run else f"{run_id}\u00a0: rien à faire"


@shared_task(name="opendata.sweep")
def sweep() -> dict[str, int]:
    return sweeper.sweep()


@shared_task(name="opendata.queue_due")
def queue_due() -> list[str]:
    return due.queue_due()


@shared_task(name="opendata.queue_formulas")
def queue_formulas() -> list[str]:
    return queue_changed()


@shared_task(name="opendata.queue_tallies")
def queue_tallies() -> list[str]:
    return tallies.queue_changed()


@shared_task(name="opendata.forget_raw")
def forget_raw() -> dict[str, int]:
    return retention.forget_raw()


@shared_task(name="opendata.tell")
def tell() -> dict[str, int]:
    return telling.tell()


@shared_task(name="opendata.send_digests")
def send_digests() -> int:
    return telling.send()
