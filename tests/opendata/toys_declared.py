"""Declares the toys when imported: for workers in a process of their own (`celery worker -I`)."""

from agglo.opendata.declaration import register
from tests.opendata.toy import TOY_JSON, TOY_TABLE

register(TOY_JSON)
register(TOY_TABLE)
