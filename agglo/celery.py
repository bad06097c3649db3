"""The Celery application; every task lives in the `tasks` module of its room."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agglo.settings.base")

app = Celery("agglo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
