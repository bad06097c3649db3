"""The synthetic workload: measures × territories × quarters, said to be fictional, made inside PostgreSQL."""

from django.db import connection

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
WHERE s.scheme = 'COM' AND s.code LIKE 'B%%' ON CONFLICT DO NOTHING
"""
OBSERVATIONS = """
INSERT INTO figures_observation (series_id, period_start, period_end, value, known_from, release_id)
SELECT s.id, q::date, (q + interval '3 months - 1 day')::date,
       1000 + ((s.id * 7919 + extract(epoch FROM q)::bigint / 86400 * 31) %% 5000), '2025-01-01', %s
FROM figures_series s CROSS JOIN generate_series('2015-01-01'::timestamp, '2024-10-01', '3 months') q
WHERE s.dataset_id = %s AND NOT EXISTS (SELECT 1 FROM figures_observation o WHERE o.series_id = s.id)
"""


def measure_code(number: int) -> str:
    return f"banc-{number:03d}"


def prepare(measures: int = MEASURES) -> int:
    """Fill the ledger up to that many measures; returns the number of observations."""
    source, _ = Source.objects.get_or_create(code="insee", defaults={"name": "Insee", "kind": "producer"})
    dataset, _ = Dataset.objects.get_or_create(
        code=DATASET, defaults={"source": source, "title": "Banc d’essai"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="banc")
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
        cursor.execute(OBSERVATIONS, [release.pk, dataset.pk])
        if cursor.rowcount:
            cursor.execute("VACUUM ANALYZE figures_observation")
        cursor.execute("SELECT count(*) FROM figures_observation")
        return cursor.fetchone()[0]


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
