"""The synthetic workload: measures × territories × quarters, said to be fictional, made inside PostgreSQL."""

import os
import re

from django.core.management import call_command
from django.db import connection, connections, transaction

from agglo.figures.models import Dataset, Measure, Release, Source
from agglo.figures.recording import define_measure
from agglo.indicators.models import Axis, Followed, Indicator

MEASURES, TERRITORIES, QUARTERS = 60, 1250, 40
CARDS = 12
# Pages treat a dataset that no connector declares as words of the press; this one is declared.
DATASET = "insee-chomage-ze"

SUBJECTS = """
INSERT INTO figures_subject (scheme, code, name, kind_label, path, search_key)
SELECT 'COM', 'B' || lpad(n::text, 4, '0'), 'Territoire ' || n, 'territoire fictif', '', 'territoire ' || n
FROM generate_series(1, %s) n ON CONFLICT DO NOTHING
"""
SERIES = """
INSERT INTO figures_series (measure_version_id, subject_id, breakdown_id, dataset_id, rank, public)
SELECT v.id, s.id, b.id, %s, 0, true
FROM figures_measureversion v JOIN figures_measure m ON m.id = v.measure_id AND m.code LIKE 'banc-%%'
CROSS JOIN figures_subject s JOIN figures_breakdown b ON b.key = ''
WHERE s.scheme = 'COM' AND s.code LIKE 'B%%' ORDER BY v.id, s.code ON CONFLICT DO NOTHING
"""
EMPTY = """
SELECT v.id FROM figures_measureversion v
WHERE NOT EXISTS (SELECT 1 FROM figures_series s JOIN figures_observation o ON o.series_id = s.id
                  WHERE s.measure_version_id = v.id) ORDER BY v.id
"""
# One quarter in twenty of each series was revised on REVISED: its first value is closed, another one open.
OBSERVATIONS = """
INSERT INTO figures_observation
       (series_id, period_start, period_end, value, known_from, known_to, release_id, reason)
SELECT s.id, q::date, (q + interval '3 months - 1 day')::date,
       1000 + ((s.id * 7919 + extract(epoch FROM q)::bigint / 86400 * 31) %% 5000) + known.more,
       known.since, known.until, %(release)s, known.reason
FROM figures_series s
CROSS JOIN generate_series(%(first)s::timestamp, %(last)s::timestamp, '3 months') q
CROSS JOIN LATERAL (SELECT (s.id + extract(month FROM q)::int / 3 + extract(year FROM q)::int * 4) %% 20 = 0
                    AS revised) r
CROSS JOIN LATERAL (
    SELECT 0 AS more, CASE WHEN r.revised THEN %(revised)s::timestamptz ELSE '2025-01-01' END AS since,
           NULL::timestamptz AS until, CASE WHEN r.revised THEN 1 ELSE 0 END AS reason
    UNION ALL
    SELECT 7, '2025-01-01', %(revised)s::timestamptz, 0 WHERE r.revised
) known
WHERE s.measure_version_id = ANY(%(versions)s)
"""
REVISED = "2025-09-01"
# History comes at once, series after series, as a long file does; then each quarter comes with its release.
ARRIVALS = [("2015-01-01", "2022-10-01")] + [
    (f"{year}-{month:02d}-01", f"{year}-{month:02d}-01") for year in (2023, 2024) for month in (1, 4, 7, 10)
]
AT_ONCE = 20  # measures loaded together: a million observations


def open_ledger(measures: int) -> int:
    """Read and fill from now on the database of that many measures; returns its number of observations.

    Each size has a database of its own, so that sizes are compared in one run.
    """
    name = f"agglo_{measures}"
    if name not in _OPENED:
        with connections.create_connection("default").cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {name}")
        _OPENED[name] = connections.create_connection("default")
        _OPENED[name].settings_dict = {**_OPENED[name].settings_dict, "NAME": name}
        connections["default"] = _OPENED[name]
        os.environ["DATABASE_URL"] = re.sub(r"/agglo\w*\?", f"/{name}?", os.environ["DATABASE_URL"])
        call_command("migrate", verbosity=0)
        return prepare(measures)
    connections["default"] = _OPENED[name]
    return 0


_OPENED: dict = {}


def measure_code(number: int) -> str:
    return f"banc-{number:03d}"


def prepare(measures: int = MEASURES) -> int:
    """Fill the ledger up to that many measures; returns the number of observations."""
    source, _ = Source.objects.get_or_create(code="insee", defaults={"name": "Insee", "kind": "producer"})
    dataset, _ = Dataset.objects.get_or_create(
        code=DATASET, defaults={"source": source, "title": "Banc d’essai"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="banc")
    if Measure.objects.filter(code__startswith="banc-").count() < measures or not _is_full():
        _fill(measures, dataset, release)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM figures_observation")
        return cursor.fetchone()[0]


def _is_full() -> bool:
    """Whether the last group was filled: groups are filled in order, each in one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM figures_observation WHERE series_id ="
            " (SELECT max(id) FROM figures_series))"
        )
        return cursor.fetchone()[0]


def _fill(measures: int, dataset: Dataset, release: Release) -> None:
    for number in range(measures):
        define_measure(
            measure_code(number),
            name=f"Mesure d’essai {number:03d}",
            counted_unit="unités",
            kind="stock",
            territory_rule="sum",
        )
    _axis()
    with connection.cursor() as cursor:
        cursor.execute(SUBJECTS, [TERRITORIES])
        cursor.execute("INSERT INTO figures_breakdown (key, label) VALUES ('', '') ON CONFLICT DO NOTHING")
        cursor.execute(SERIES, [dataset.pk])
        cursor.execute("ANALYZE figures_series")
        cursor.execute(EMPTY)
        versions = [row[0] for row in cursor.fetchall()]
        for place in range(0, len(versions), AT_ONCE):
            # One transaction a group: a stopped filling goes on where it stood.
            with transaction.atomic():
                for first, last in ARRIVALS:
                    asked = {"first": first, "last": last, "revised": REVISED, "release": release.pk}
                    cursor.execute(OBSERVATIONS, asked | {"versions": versions[place : place + AT_ONCE]})
        cursor.execute("VACUUM ANALYZE")


def _axis() -> None:
    """One axis of twelve indicators, each about one territory and compared with three."""
    axis, _ = Axis.objects.get_or_create(
        slug="banc", defaults={"name": "Banc d’essai", "order": 99, "question": "Est-ce rapide ?"}
    )
    for number in range(CARDS):
        indicator, _ = Indicator.objects.get_or_create(
            code=f"BEN-{number:02d}",
            defaults={
                "axis": axis,
                "position": number,
                "name": f"Essai {number}",
                "question": f"L’essai {number} monte-t-il ?",
                "subject_scheme": "COM",
                "subject_code": "B0001",
                "compared": [["COM", "B0002"], ["COM", "B0003"], ["COM", "B0004"]],
            },
        )
        Followed.objects.get_or_create(
            indicator=indicator,
            measure=Measure.objects.get(code=measure_code(number)),
            defaults={"label": f"Essai {number}"},
        )
