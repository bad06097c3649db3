"""Which series a row belongs to: `meaning`, one row per distinct combination of key columns."""

from decimal import Decimal

from django.db.backends.utils import CursorWrapper

from agglo.figures.models import Dataset, MeasureVersion
from agglo.opendata.declaration import Declaration, Measured
from agglo.opendata.errors import FinalError
from agglo.opendata.staging import Raw
from agglo.opendata.wording import territory

ANYTHING = Decimal("1e1000")
SAME_SERIES = "k.version_id = m.version_id AND k.subject_id = m.subject_id AND k.key = m.key"


def current_versions(declaration: Declaration) -> dict[str, int]:
    codes = {m.measure for m in declaration.measures}
    rows = MeasureVersion.objects.filter(measure__code__in=codes).order_by("number")
    versions = dict(rows.values_list("measure__code", "pk"))
    if missing := sorted(codes - versions.keys()):
        raise FinalError(
            f"Le registre ne connaît pas la ou les mesures {', '.join(missing)}\u00a0:"
            " chargez d’abord le catalogue des mesures."
        )
    return versions


def key_columns(declaration: Declaration, raw: Raw) -> list[str]:
    """The columns that decide which series a row belongs to, the most varied first."""
    if raw.from_rows:
        names = ["code", "breakdown", "measure", "scheme"]
    else:
        used = {column for m in declaration.measures for column in m.columns}
        names = [raw.table.geo, *sorted(used), *([raw.table.level] if raw.table.level else [])]
    return [raw.column(name) for name in dict.fromkeys(names)]


def group(cursor: CursorWrapper, raw: Raw, keys: list[str]) -> None:
    """`combination`: the distinct key columns, their number of rows and, where COPY read numbers, the
    extremes (not-a-number is above all others).
    """
    value = "NULL::numeric" if raw.careful else raw.column(raw.table.value)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.combination")
    cursor.execute(
        f"CREATE TEMP TABLE combination ON COMMIT DROP AS SELECT row_number() OVER () AS id, c.* FROM"
        f" (SELECT {', '.join(keys)}, count(*) AS n, min({value}) AS least,"
        f" max({value}) AS most FROM raw GROUP BY {', '.join(keys)}) c"
    )
    cursor.execute("ANALYZE combination")


def varied(cursor: CursorWrapper, keys: list[str]) -> list[str]:
    """The key columns that take several values; the others need not be compared a million times."""
    cursor.execute(f"SELECT {', '.join(f'count(DISTINCT {key}) > 1' for key in keys)} FROM combination")
    varied = [key for key, several in zip(keys, cursor.fetchone(), strict=True) if several]
    return varied or keys[:1]


def same(keys: list[str], left: str = "r", right: str = "m") -> str:
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in keys)


def give_meaning(
    cursor, declaration: Declaration, raw: Raw, keys: list[str], versions: dict[str, int]
) -> None:
    """`meaning`: combination -> measure version, subject, breakdown; `reason` when there is no such
    subject.
    """
    branches, params = [], []
    for measured in declaration.measures:
        where, key, values = _branch(measured, raw)
        branches.append(
            f"SELECT c.*, %s::bigint AS version_id, {key} AS key, %s::numeric AS lowest,"
            " %s::numeric AS highest"
            f" FROM combination c WHERE {where}"
        )
        params += [versions[measured.measure], *values[0], *_bounds(measured), *values[1]]
    scheme, schemes = _scheme(declaration, raw)
    geo = raw.column("code" if raw.from_rows else raw.table.geo)
    refuse = declaration.unknown_subject == "refuse"
    cursor.execute("DROP TABLE IF EXISTS pg_temp.meaning")
    cursor.execute(
        f"""CREATE TEMP TABLE meaning ON COMMIT DROP AS
        SELECT b.*, s.id AS subject_id, NULL::bigint AS series_id,
               CASE WHEN s.id IS NULL THEN {territory("b.scheme", f"b.{geo}")}
                    WHEN b.key IS NULL THEN 'ventilation vide' END AS reason
        FROM (SELECT a.*, {scheme} AS scheme FROM ({" UNION ALL ".join(branches)}) a) b
        LEFT JOIN figures_subject s ON s.scheme = b.scheme AND s.code = b.{geo}
        WHERE b.scheme IS NOT NULL AND (s.id IS NOT NULL OR %s)""",
        [*schemes, *params, refuse],
    )


def _bounds(measured: Measured) -> tuple:
    """What a value must lie between; without a bound, anything finite."""
    lowest = -ANYTHING if measured.minimum is None else measured.minimum
    return lowest, ANYTHING if measured.maximum is None else measured.maximum


def _scheme(declaration: Declaration, raw: Raw) -> tuple[str, list[str]]:
    """SQL giving our scheme of a combination; NULL when the level is not one we follow."""
    if raw.from_rows:
        return f"a.{raw.column('scheme')}", []
    if raw.table.level is None:
        return "%s::text", [raw.table.scheme]
    level = f"a.{raw.column(raw.table.level)}"
    cases = " ".join(f"WHEN {level} = %s THEN %s" for _ in declaration.schemes)
    return f"CASE {cases} END", [word for pair in declaration.schemes.items() for word in pair]


def _branch(measured: Measured, raw: Raw) -> tuple[str, str, tuple[list, list]]:
    """Condition and breakdown key of one measure, with their parameters (of the key, of the condition)."""
    if raw.from_rows:
        return (
            f"c.{raw.column('measure')} = %s",
            f"coalesce(c.{raw.column('breakdown')}, '')",
            ([], [measured.measure]),
        )
    conditions, values = ["true"], []
    for column, wanted in measured.where.items():
        conditions.append(f"c.{raw.column(column)} = ANY(%s)")
        values.append([wanted] if isinstance(wanted, str) else list(wanted))
    parts, words = [], []
    for column, whole in sorted(measured.breakdown.items()):
        name = f"c.{raw.column(column)}"
        parts.append(f"CASE WHEN {name} = %s THEN NULL ELSE %s || '=' || {name} END")
        words += [whole, column]
    empty = " OR ".join(f"c.{raw.column(column)} = ''" for column in measured.breakdown) or "false"
    key = f"CASE WHEN {empty} THEN NULL ELSE concat_ws(';', {', '.join(parts) or 'NULL'}) END"
    return " AND ".join(conditions), key, (words, values)


def create_series(cursor: CursorWrapper, dataset: Dataset, rank: int, public: bool) -> None:
    """Breakdowns and series that are missing; asks before inserting, so that nothing missing means nothing
    written.
    """
    cursor.execute("ANALYZE meaning (version_id, subject_id, key)")
    cursor.execute(
        "INSERT INTO figures_breakdown (key, label) SELECT DISTINCT m.key, '' FROM meaning m"
        " WHERE m.reason IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM figures_breakdown b WHERE b.key = m.key) ON CONFLICT DO NOTHING"
    )
    _known_series(cursor, dataset)
    cursor.execute(
        "INSERT INTO figures_series (measure_version_id, subject_id, breakdown_id, dataset_id, rank, public)"
        " SELECT DISTINCT m.version_id, m.subject_id, b.id, %s, %s, %s"
        " FROM meaning m JOIN figures_breakdown b ON b.key = m.key WHERE m.reason IS NULL AND NOT EXISTS ("
        f"  SELECT 1 FROM known k WHERE {SAME_SERIES}) ON CONFLICT DO NOTHING",
        [dataset.pk, rank, public],
    )
    if cursor.rowcount:
        _known_series(cursor, dataset)
    cursor.execute(
        f"UPDATE meaning m SET series_id = k.id FROM known k WHERE m.reason IS NULL AND {SAME_SERIES}"
    )


def _known_series(cursor: CursorWrapper, dataset: Dataset) -> None:
    """`known`: the dataset's series, counted. The statistics of `figures_series` do not know a dataset that
    has just arrived: a join planned with them compares every pair.
    """
    cursor.execute("DROP TABLE IF EXISTS pg_temp.known")
    cursor.execute(
        "CREATE TEMP TABLE known ON COMMIT DROP AS SELECT s.id, s.measure_version_id AS version_id,"
        " s.subject_id, b.key FROM figures_series s JOIN figures_breakdown b ON b.id = s.breakdown_id"
        " WHERE s.dataset_id = %s",
        [dataset.pk],
    )
    cursor.execute("ANALYZE known")
