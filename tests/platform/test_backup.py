"""A backup can be put back, whole, and never over something by accident."""

import os
import subprocess
import sys

import psycopg2
import pytest
from launch import postgres

from tests.platform.running import ROOT


@pytest.fixture
def database():
    server = postgres.temporary()
    yield server.url()
    postgres.discard(server)


def run(command: str, var, database: str, *arguments: str) -> subprocess.CompletedProcess:
    env = os.environ | {"AGGLO_VAR": str(var), "DATABASE_URL": database, "PYTHONPATH": str(ROOT / "bin")}
    return subprocess.run(
        [sys.executable, "-m", "launch.commands", command, *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def execute(database: str, sql: str):
    connection = psycopg2.connect(database)
    with connection, connection.cursor() as cursor:
        cursor.execute(sql)
        rows = cursor.fetchall() if cursor.description else None
    connection.close()
    return rows


def test_a_backup_put_back_holds_the_same_rows_and_files(tmp_path, database):
    execute(database, "CREATE TABLE figure AS SELECT n, n * 1.5 AS value FROM generate_series(1, 5000) n")
    archived = tmp_path / "var" / "archive" / "ab" / "abcd.gz"
    archived.parent.mkdir(parents=True)
    archived.write_bytes(b"raw answer")
    photo = tmp_path / "var" / "media" / "updates" / "cd" / "cdef"
    photo.parent.mkdir(parents=True)
    photo.write_bytes(b"photo")
    before = execute(database, "SELECT count(*), sum(value) FROM figure")
    backup = tmp_path / "backup.tar"
    assert run("backup", tmp_path / "var", database, str(backup)).returncode == 0
    assert backup.stat().st_mode & 0o077 == 0

    execute(database, "DELETE FROM figure WHERE n > 10")
    refused = run("restore", tmp_path / "other", database, str(backup))
    assert refused.returncode == 1
    assert "n’est pas vide" in refused.stderr
    assert execute(database, "SELECT count(*) FROM figure") == [(10,)]

    done = run("restore", tmp_path / "other", database, "--remplacer", str(backup))
    assert done.returncode == 0, done.stderr
    assert execute(database, "SELECT count(*), sum(value) FROM figure") == before
    assert (tmp_path / "other" / "archive" / "ab" / "abcd.gz").read_bytes() == b"raw answer"
    assert (tmp_path / "other" / "media" / "updates" / "cd" / "cdef").read_bytes() == b"photo"


def test_an_ordinary_file_is_no_backup(tmp_path, database):
    (tmp_path / "letter.txt").write_text("bonjour")
    refused = run("restore", tmp_path / "var", database, str(tmp_path / "letter.txt"))
    assert refused.returncode == 1
    assert "faite par bin/backup" in refused.stderr
