"""The synthetic workload: measures × territories × quarters, said to be fictional, made inside PostgreSQL."""

from django.db import connection

from agglo.figures.models import Dataset, Release, Source
from agglo.figures.recording import define_measure

MEASURES, TERRITORIES, QUARTERS = 60, 1250, 40
FACTOR_SUBJECTS = 10  # 30 million rows: ten times the territories


def measure_code(number: int) -> str:
    return f"banc-{number:02d}"


def prepare(territories: int = TERRITORIES) -> int:
    """Fill the ledger up to that many territories; returns the number of observations."""
    source, _ = Source.objects.get_or_create(
        code="banc", defaults={"name": "Banc d’essai", "kind": "computed"}
    )
    dataset, _ = Dataset.objects.get_or_create(
        code="banc", defaults={"source": source, "title": "Banc d’essai"}
    )
    release, _ = Release.objects.get_or_create(dataset=dataset, edition="1")
    for number in range(MEASURES):
        define_measure(
            measure_code(number),
            name=f"Mesure d’essai {number:02d}",
            counted_unit="unités",
            kind="stock",
            territory_rule="sum",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO figures_subject (scheme, code, name, kind_label, path, search_key)
            SELECT 'BANC', lpad(n::text, 6, '0'), 'Territoire ' || n, 'territoire fictif', '', 'territoire ' || n
            FROM generate_series(1, %s) n ON CONFLICT DO NOTHING
            """,
            [territories],
        )
        cursor.execute("INSERT INTO figures_breakdown (key, label) VALUES ('', '') ON CONFLICT DO NOTHING")
        cursor.execute(
            """
            INSERT INTO figures_series (measure_version_id, subject_id, breakdown_id, dataset_id, rank, public)
            SELECT v.id, s.id, b.id, %s, 0, true
            FROM figures_measureversion v JOIN figures_measure m ON m.id = v.measure_id AND m.code LIKE 'banc-%%'
            CROSS JOIN figures_subject s JOIN figures_breakdown b ON b.key = ''
            WHERE s.scheme = 'BANC' ON CONFLICT DO NOTHING
            """,
            [dataset.pk],
        )
        cursor.execute(
            """
            INSERT INTO figures_observation
                (series_id, period_start, period_end, value, known_from, release_id, origin)
            SELECT s.id, q::date, (q + interval '3 months - 1 day')::date,
                   1000 + ((s.id * 7919 + extract(epoch FROM q)::bigint / 86400 * 31) %% 5000), '2025-01-01', %s, 2
            FROM figures_series s
            CROSS JOIN generate_series('2015-01-01'::timestamp, '2024-10-01', '3 months') q
            WHERE s.dataset_id = %s
              AND NOT EXISTS (SELECT 1 FROM figures_observation o WHERE o.series_id = s.id LIMIT 1)
            """,
            [release.pk, dataset.pk],
        )
        cursor.execute("VACUUM ANALYZE figures_observation")
        cursor.execute("ANALYZE figures_series")
        cursor.execute("SELECT count(*) FROM figures_observation")
        return cursor.fetchone()[0]
