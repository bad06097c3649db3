"""The embedded PostgreSQL starts again after whatever happened to it, wherever its folder is."""

import os

import psycopg2
import pytest
from launch.postgres import Server


@pytest.fixture
def server(tmp_path):
    tmp_path.chmod(0o755)
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.stop()


def ask(server: Server, sql: str):
    connection = psycopg2.connect(server.url())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return answer


def test_data_outlive_a_killed_server(server):
    ask(server, "CREATE TABLE kept AS SELECT 863 AS posts")
    server.process.kill()
    server.process.wait()
    server.start()
    assert ask(server, "SELECT posts FROM kept") == (863,)


def test_a_pid_file_whose_number_went_to_another_program_does_not_stop_it(server):
    pid_file = server.data / "postmaster.pid"
    text = pid_file.read_text()
    server.stop()
    pid_file.write_text(text.replace(text.split("\n")[0], str(os.getpid()), 1))
    server.start()
    assert ask(server, "SELECT 1") == (1,)


def test_a_server_left_running_gives_way(server):
    left = Server(server.data)
    left.start()
    assert server.process.wait(10) is not None
    assert ask(left, "SELECT 1") == (1,)
    left.stop()


def test_a_folder_deeper_than_a_socket_path_works(tmp_path):
    deep = tmp_path / ("deep" * 20) / ("deeper" * 10)
    deep.mkdir(parents=True)
    server = Server(deep / "data", careless=True)
    server.start()
    try:
        assert ask(server, "SELECT 1") == (1,)
    finally:
        server.stop()
    assert not server.socket_folder.exists()
