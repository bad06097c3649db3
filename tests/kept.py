"""What a slow loading left in the database, kept in memory and put back for the next test that asks for it.

A loading is a command of the product: its own tests call it. Elsewhere it runs for real once a process, and
the same rows come back with the same numbers, hence without triggers; unless the tables it fills hold other
rows already: then it runs for real again.
"""

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple, TypeVar

from django.db import connection

T = TypeVar("T")


class Kept(NamedTuple):
    before: list[int]  # rows of each table when the loading began
    rows: dict[str, bytes]  # the tables it changed, whole
    sequences: dict[str, int]
    result: object


_KEPT: dict[str, list[Kept]] = {}


def kept(name: str, load: Callable[[], T]) -> T:
    """The result of `load()`, its rows now in the database. A test that commits loads for real."""
    if not connection.in_atomic_block:
        return load()
    for one in _KEPT.setdefault(name, []):
        if one.before == _counts(one.rows):
            _put_back(one)
            return one.result
    before = _tables()
    counts = dict(zip(before, _counts(before), strict=True))
    result = load()
    changed = {table: rows for table, rows in _tables().items() if rows != before[table]}
    _KEPT[name].append(Kept([counts[table] for table in changed], changed, _sequences(), result))
    return result


def _tables() -> dict[str, bytes]:
    found = {}
    for table in sorted(connection.introspection.table_names()):
        out = BytesIO()
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', out)
        found[table] = out.getvalue()
    return found


def _counts(tables) -> list[int]:
    asked = " UNION ALL ".join(f'SELECT {at}, count(*) FROM "{table}"' for at, table in enumerate(tables))
    with connection.cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY 1")
        return [count for _, count in cursor.fetchall()]


def _sequences() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        return {name: last for name, last in cursor.fetchall() if last}


def _put_back(one: Kept) -> None:
    with connection.cursor() as cursor:
        # Rows written before come under their constraints now: the role below would let them through.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in one.rows.items():
            cursor.execute(f'DELETE FROM "{table}"')
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', BytesIO(rows))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        # Numbers given since stay given: a sequence does not go back when a test is undone.
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        now = dict(cursor.fetchall())
        for name, last in one.sequences.items():
            cursor.execute("SELECT setval(%s, %s)", [f'"{name}"', max(last, now[name] or 0)])
