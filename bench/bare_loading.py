"""The peer of the loading bench: COPY to staging, compare, insert; no validation, no provenance."""

import sys
import time

import psycopg2


def connect(url: str):
    host = url.split("host=")[1]
    database = url.split("@/")[1].split("?")[0]
    return psycopg2.connect(host=host, dbname=database, user="postgres")


SETUP = """
DROP TABLE IF EXISTS bare, bare_series;
CREATE TABLE bare_series (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, geo text, level text, activity text);
CREATE UNIQUE INDEX bare_series_once ON bare_series (geo, level, activity);
CREATE TABLE bare (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, series_id int, period date, value numeric,
    known_from timestamptz DEFAULT now(), known_to timestamptz);
CREATE UNIQUE INDEX bare_open ON bare (series_id, period) INCLUDE (value) WHERE known_to IS NULL;
CREATE INDEX bare_all ON bare (series_id, period, known_from);
"""
STAGE = """
CREATE TEMP TABLE stage (activity text, freq text, geo text, level text, legal text, measure text,
    status text, period text, value text) ON COMMIT DROP
"""
SERIES = """
INSERT INTO bare_series (geo, level, activity) SELECT DISTINCT geo, level, activity FROM stage
ON CONFLICT DO NOTHING;
ANALYZE bare_series; ANALYZE bare;
"""
MERGE = """
CREATE TEMP TABLE news ON COMMIT DROP AS
SELECT s.id AS series_id, g.period, g.value, b.id
FROM (SELECT geo, level, activity, make_date(period::int, 1, 1) AS period, value::numeric AS value
      FROM stage) g
JOIN bare_series s USING (geo, level, activity)
LEFT JOIN bare b ON b.series_id = s.id AND b.period = g.period AND b.known_to IS NULL
WHERE b.id IS NULL OR b.value <> g.value;
UPDATE bare SET known_to = now() FROM news WHERE bare.id = news.id;
INSERT INTO bare (series_id, period, value) SELECT series_id, period, value FROM news;
"""


def load(connection, path: str) -> float:
    start = time.perf_counter()
    with connection, connection.cursor() as cursor:
        cursor.execute(STAGE)
        with open(path, "rb") as file:  # noqa: PTH123
            cursor.copy_expert("COPY stage FROM STDIN (FORMAT csv, HEADER, DELIMITER ';')", file, 1 << 20)
        cursor.execute("ANALYZE stage")
        cursor.execute(SERIES)
        cursor.execute(MERGE)
    return time.perf_counter() - start


if __name__ == "__main__":
    url, *paths = sys.argv[1:]
    database = connect(url)
    with database, database.cursor() as setup:
        setup.execute(SETUP)
    for path in paths:
        print(load(database, path), flush=True)
        # As autovacuum would between two nightly loads; both sides are given it, outside the measured time.
        database.autocommit = True
        database.cursor().execute("VACUUM ANALYZE bare")
        database.autocommit = False
