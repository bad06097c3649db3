"""Tells the workers that an import waits for them, once the database holds it."""

from celery import current_app
from django.db import transaction
from django.utils import timezone

from projects.models import Import


def send(row: Import) -> None:
    Import.objects.filter(pk=row.pk).update(sent_at=timezone.now())
    transaction.on_commit(lambda: current_app.send_task("projects.carry_import", [row.pk]))
