"""A small ledger with ingredients, and the formulas registered for the length of a test."""

import pytest
from django.core.cache import cache

from agglo.figures.models import Dataset, Release, Source
from agglo.figures.recording import Statement, define_measure, ensure_subject, record
from agglo.figures.vocabulary import Kind, Rhythm, SourceKind
from tests.opendata.registry import restored

MEASURES = ("seekers", "seekers-long", "jobs", "population", "openings", "share", "openings-12")


@pytest.fixture
def registered():
    """Nothing declared but what the test registers."""
    with restored(empty=True):
        yield


@pytest.fixture
def ledger(db, registered):
    """Say figures: `ledger("jobs", "62119", "2023", 12)`; a later call revises."""
    cache.clear()
    for code, name in (("62119", "Béthune"), ("62178", "Bruay-la-Buissière")):
        ensure_subject("COM", code, name, "commune")
    ensure_subject("EPCI", "200072460", "Béthune-Bruay", "agglomération")
    ensure_subject("FRANCE", "F", "France", "pays")
    for code in MEASURES:
        define_measure(code, name=code, counted_unit="unités", kind=Kind.STOCK, rhythm=Rhythm.YEARLY)
    source = Source.objects.create(code="toy", name="Bureau", kind=SourceKind.PRODUCER)
    dataset = Dataset.objects.create(source=source, code="toy-counts", title="Comptes", rhythm=Rhythm.YEARLY)
    release = Release.objects.create(dataset=dataset, edition="1", checksum="0" * 64)

    def say(measure, code, period, value, *, scheme="COM", **more):
        from datetime import UTC, datetime
        from decimal import Decimal

        from agglo.figures.periods import parse_period

        start, end = parse_period(period)
        known = more.pop("known_from", datetime.now(UTC))
        value = None if value is None else Decimal(str(value))
        record([Statement(measure, (scheme, code), release, known, start, end, value, **more)])

    return say
