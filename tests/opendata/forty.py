"""Forty toy datasets, as many as are followed for real."""

from dataclasses import replace

from agglo.opendata import probes
from agglo.opendata.declaration import Declaration
from tests.opendata.toy import TOY_TABLE

CODES = [f"toy-{number:02}" for number in range(40)]
DECLARED = "tests.opendata.forty_declared"
QUEUE_DUE = f"""
import django; django.setup()
import {DECLARED}
from agglo.opendata.due import queue_due
queue_due()
"""


def toy(code: str) -> Declaration:
    """Its own file at its own path; a catalogue says when it changed."""
    modified = probes.entry(f"/catalog/{code}", ("modified",))
    return replace(TOY_TABLE, code=code, path=f"/file/{code}", modified=modified)
