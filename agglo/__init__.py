"""The authority: who, where, what is known and how it is shown."""

from agglo.celery import app as celery_app

__all__ = ["celery_app"]
