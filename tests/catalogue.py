"""All that the catalogues of PostgreSQL tell of a database: two of one catalogue serve the code alike."""

import json

# One line for each thing: what it is, where it stands, all that can be said of it but the numbers that
# PostgreSQL gives out by itself.
OURS = "n.nspname = 'public'"
QUESTIONS = {
    "tables": """
        SELECT c.relname, c.relkind, c.relpersistence, c.relreplident, c.relrowsecurity, c.relispartition,
               c.reloptions, c.relacl, am.amname, c.reltablespace
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam
        WHERE {ours}""",
    "columns": """
        SELECT c.relname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum) AS place, a.attname,
               format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull, a.attidentity, a.attgenerated,
               pg_get_expr(d.adbin, d.adrelid) AS otherwise, co.collname, a.attstorage, a.attcompression,
               a.attstattarget, a.attoptions, a.attacl
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_collation co ON co.oid = a.attcollation
        WHERE {ours} AND c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraints": """
        SELECT conrelid::regclass::text AS of, conname, contype, convalidated, condeferrable, condeferred,
               pg_get_constraintdef(k.oid) AS definition
        FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE {ours}""",
    "indexes": """
        SELECT i.indrelid::regclass::text AS of, c.relname, pg_get_indexdef(i.indexrelid) AS definition,
               i.indisvalid, i.indisclustered, i.indisreplident, i.indimmediate, c.reloptions
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours}""",
    "functions": """
        SELECT p.oid::regprocedure::text AS name, pg_get_functiondef(p.oid) AS definition, p.proacl
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE {ours} AND p.prokind IN ('f', 'p')""",
    "triggers": """
        SELECT t.tgrelid::regclass::text AS of, t.tgname, t.tgenabled, pg_get_triggerdef(t.oid) AS definition
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND NOT t.tgisinternal""",
    "sequences": """
        SELECT c.relname, format_type(s.seqtypid, NULL) AS type, seqstart, seqincrement, seqmin, seqmax,
               seqcache, seqcycle, format('%s %s.%s', d.deptype, d.refobjid::regclass, d.refobjsubid) AS owner
        FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_depend d
            ON d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
        WHERE {ours}""",
    "views": """
        SELECT c.relname, pg_get_viewdef(c.oid) AS definition
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE {ours} AND c.relkind IN ('v', 'm')""",
    "rules": "SELECT tablename, rulename, definition FROM pg_rules WHERE schemaname = 'public'",
    "policies": "SELECT * FROM pg_policies WHERE schemaname = 'public'",
    "statistics": """
        SELECT stxname, pg_get_statisticsobjdef(s.oid) AS definition, stxstattarget
        FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace WHERE {ours}""",
    "types": """
        SELECT t.typname, t.typtype, format_type(t.typbasetype, t.typtypmod) AS base, t.typnotnull,
               array(SELECT enumlabel FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) AS labels
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE {ours} AND t.typtype IN ('d', 'e', 'r')""",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "event triggers": "SELECT evtname, evtevent, evtenabled, evtfoid::regproc::text FROM pg_event_trigger",
    "comments": """
        SELECT i.type, i.identity, d.description
        FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) i
        WHERE i.schema = 'public'""",
    "defaults of grants": "SELECT defaclobjtype, defaclacl FROM pg_default_acl",
}
UNCOUNTED = ("django_migrations",)  # the one table where two ways to one schema show


def catalogue(cursor) -> dict[str, list[str]]:
    """Kind of things -> a line for each, and how many rows each table holds."""
    found = {}
    for kind, question in QUESTIONS.items():
        cursor.execute(f"SELECT to_jsonb(q)::text FROM ({question.format(ours=OURS)}) q")
        found[kind] = sorted(line for (line,) in cursor.fetchall())
    found["rows"] = sorted(_rows(cursor))
    return found


def differences(one: dict[str, list[str]], other: dict[str, list[str]]) -> list[str]:
    """What the first holds and the second does not (-), and the other way round (+)."""
    told = []
    for kind in one.keys() | other.keys():
        mine, theirs = set(one.get(kind, ())), set(other.get(kind, ()))
        told += [f"- {kind}: {line}" for line in mine - theirs] + [
            f"+ {kind}: {line}" for line in theirs - mine
        ]
    return sorted(told, key=lambda line: line[2:])


def _rows(cursor):
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in cursor.fetchall():
        if table not in UNCOUNTED:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            yield json.dumps([table, cursor.fetchone()[0]])
