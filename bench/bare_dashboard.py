"""The peer of the dashboard bench: a bare psycopg2 program that prints the same rows as JSON."""

import json
import os
import threading

import psycopg2

local = threading.local()
POINTS = """
SELECT m.code, u.code, u.name, o.period_start::text, o.value::float
FROM figures_series s
JOIN figures_measureversion v ON v.id = s.measure_version_id JOIN figures_measure m ON m.id = v.measure_id
JOIN figures_subject u ON u.id = s.subject_id
CROSS JOIN LATERAL (SELECT period_start, value FROM figures_observation o WHERE o.series_id = s.id
    AND o.known_to IS NULL ORDER BY period_start DESC LIMIT %s) o
WHERE m.code = ANY(%s) AND u.scheme = 'COM' AND u.code = ANY(%s)
"""
CARDS = [f"banc-{n:03d}" for n in range(12)]


def read(cursor, *params):
    cursor.execute(POINTS, params)
    return cursor.fetchall()


def application(environ, start_response):
    """Twelve cards of 24 points, six charts of 4 × 40 points, a table of 25 rows by 4 measures."""
    connection = getattr(local, "connection", None)
    if connection is None:
        connection = local.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, name FROM figures_subject WHERE scheme = 'COM' ORDER BY search_key LIMIT 25"
        )
        rows = [row[0] for row in cursor.fetchall()]
        body = json.dumps(
            {
                "cards": read(cursor, 24, CARDS, ["B0001"]),
                "charts": read(cursor, 40, CARDS[:6], ["B0001", "B0002", "B0003", "B0004"]),
                "table": read(cursor, 1, CARDS[:4], rows),
            }
        ).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]
