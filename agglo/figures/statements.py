"""Questions asked at every visit: PostgreSQL plans each once for a connection, and is told the values only.

Planning costs as much as reading where a page asks for few rows. The texts are ours and few; every value is
a parameter. Behind a pool that lends a connection for one transaction, DATABASE_PREPARED=false asks plainly.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

Parameters = Sequence | Mapping[str, object]
_PLACE = re.compile(r"%\((\w+)\)s|%s|%%")
_prepared: WeakKeyDictionary = WeakKeyDictionary()  # connection of the driver -> names of its statements


def ask(sql: str, parameters: Parameters) -> list[tuple]:
    """The rows of a SELECT whose text is the same at each visit. Every parameter needs a type in the text.

    The text must be one of a few: each is kept on each connection as long as it is open.
    """
    with connection.cursor() as cursor:
        if not settings.DATABASE_PREPARED:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
        name, definition, call, names = _statement(sql)
        known = _prepared.setdefault(connection.connection, set())
        if name not in known:
            # Not through Django's cursor: it is no question of the page.
            with connection.wrap_database_errors, connection.connection.cursor() as bare:
                bare.execute(definition)
            known.add(name)
        cursor.execute(call, [parameters[place] for place in names] if names else parameters)  # type: ignore[index]
        return cursor.fetchall()


@lru_cache(maxsize=64)
def _statement(sql: str) -> tuple[str, str, str, list[str]]:
    """Its name, what prepares it, what asks it, and the names of its parameters in their order."""
    names: list[str] = []
    count = 0

    def numbered(found: re.Match) -> str:
        nonlocal count
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            count += 1
            return f"${count}"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    text = _PLACE.sub(numbered, sql)
    name = f"agglo_{blake2b(sql.encode(), digest_size=8).hexdigest()}"
    values = ", ".join(["%s"] * (len(names) or count))
    return name, f"PREPARE {name} AS {text}", f"EXECUTE {name}{f' ({values})' if values else ''}", names
