"""Puts a table under the audit trail: one line in a migration of the app that owns it.

    operations = [..., audited("figures_measureversion")]

with `("accounts", "0002_audit_trail")` among its dependencies. From then on every insertion, change and
deletion of a row leaves an entry with its old and new values, who did it (see `attribution.act_as`) and in
which transaction.
"""

import re
from collections.abc import Sequence

from django.db import connection, migrations

_NAME = re.compile(r"[a-z_][a-z0-9_]*\Z")


def audited(
    table: str, *, key: str = "id", secret: Sequence[str] = (), silent: Sequence[str] = ()
) -> migrations.RunSQL:
    """The migration operation.

    `secret` columns show that they changed, not their value; a change of `silent` ones alone leaves no entry.
    The table can then no longer be emptied by TRUNCATE, which row triggers would not see.
    """
    for name in (table, key, *secret, *silent):
        if not _NAME.match(name):
            raise ValueError(f"not a plain SQL name: {name!r}")
    arguments = f"'{key}', '{{{','.join(secret)}}}', '{{{','.join(silent)}}}'"
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_audited AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_record({arguments});"
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_forbid();",
        f"DROP TRIGGER {table}_audited ON {table}; DROP TRIGGER {table}_not_emptied ON {table};",
    )


RECENT = 1000  # entries: more than transactions under way can write between two looks


def trail_stamp() -> str:
    """Differs once anything audited has changed. Counting the last entries too notices one that a slower
    transaction brings under a number already passed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(id) || '-' || count(*) FROM audit_entry"
            " WHERE id > (SELECT max(id) FROM audit_entry) - %s",
            [RECENT],
        )
        return cursor.fetchone()[0] or ""
