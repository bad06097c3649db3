"""Tells the workers that a row waits for them, once the database holds it."""

from celery import current_app
from django.db import transaction
from django.utils import timezone

from projects.models.carried import Carried


def send(row: Carried) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(sent_at=timezone.now())
    transaction.on_commit(lambda: current_app.send_task(row.TASK, [row.pk]))
