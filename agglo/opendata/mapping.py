"""From the raw table to figures: which series, which period, which value; each row we cannot take says why.

Done in sets. `meaning` holds one row per distinct combination of key columns (25,000 for a million rows)
and knows its series; `span` one row per distinct period. Joining them to `raw` gives `staged`. As long as
the counts tie, no row was refused and nothing more is asked; only when they do not are the reasons looked
for, row by row.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.backends.utils import CursorWrapper

from agglo.figures.models import Dataset, MeasureVersion
from agglo.figures.periods import parse_period
from agglo.figures.vocabulary import State
from agglo.opendata.declaration import Declaration, Measured
from agglo.opendata.errors import FinalError
from agglo.opendata.staging import Raw
from agglo.opendata.wording import bound, territory

KEPT_REFUSALS = 10_000
ANYTHING = Decimal("1e1000")
NUMBER = r"^\s*[-+]?(\d+([.]\d*)?|[.]\d+)([eE][-+]?\d+)?\s*$"


@dataclass(slots=True)
class Mapped:
    """What mapping found. `refused` holds (line, content, reason), at most KEPT_REFUSALS of them."""

    staged: int = 0
    skipped: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    refused_count: int = 0


def map_rows(cursor: CursorWrapper, declaration: Declaration, dataset: Dataset, raw: Raw) -> Mapped:
    """Fill `staged` (series_id, first, last, value, state, status, at) from `raw`; create the series that
    are missing.
    """
    versions = _current_versions(declaration)
    keys = _key_columns(declaration, raw)
    _group(cursor, raw, keys)
    _give_meaning(cursor, declaration, raw, keys, versions)
    _create_series(cursor, dataset, declaration.rank)
    _spans(cursor, raw)
    cursor.execute("ANALYZE meaning")
    cursor.execute("ANALYZE span")
    keys = _varied(cursor, keys)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.staged")
    cursor.execute(
        f"""CREATE TEMP TABLE staged ON COMMIT DROP AS
        SELECT m.series_id, p.first, p.last, {_value(raw)} AS value, {_state(declaration, raw)} AS state,
               {_status(raw)} AS status, r.ctid AS at
        FROM raw r JOIN meaning m ON {_same(keys)} AND m.reason IS NULL
        JOIN span p ON p.period = r.{raw.column(raw.table.period)} AND p.first IS NOT NULL
        WHERE {_readable(raw)} AND {_within(raw)}"""
    )
    mapped = Mapped(staged=cursor.rowcount)
    cursor.execute(
        "SELECT coalesce(sum(n) FILTER (WHERE reason IS NULL), 0)::bigint,"
        " coalesce(sum(n) FILTER (WHERE reason IS NOT NULL), 0)::bigint,"
        " (SELECT coalesce(sum(n), 0)::bigint FROM combination c"
        "  WHERE NOT EXISTS (SELECT 1 FROM meaning m WHERE m.id = c.id)) FROM meaning"
    )
    expected, unnamed, mapped.skipped = cursor.fetchone()
    cursor.execute("DROP TABLE IF EXISTS pg_temp.doubtful")
    cursor.execute("CREATE TEMP TABLE doubtful (series_id bigint, first date, last date) ON COMMIT DROP")
    if unnamed or expected != mapped.staged:
        _refuse(cursor, declaration, raw, keys, mapped)
    for refusal in raw.malformed:
        note_refusal(mapped, *refusal)
    return mapped


def note_refusal(mapped: Mapped, line: int, content: str, reason: str) -> None:
    mapped.refused_count += 1
    if len(mapped.refused) < KEPT_REFUSALS:
        mapped.refused.append((line, content[:2000], reason[:300]))


def _current_versions(declaration: Declaration) -> dict[str, int]:
    codes = {m.measure for m in declaration.measures}
    rows = MeasureVersion.objects.filter(measure__code__in=codes).order_by("number")
    versions = dict(rows.values_list("measure__code", "pk"))
    if missing := sorted(codes - versions.keys()):
        raise FinalError(
            f"Le registre ne connaît pas la ou les mesures {', '.join(missing)} :"
            " chargez d’abord le catalogue des mesures."
        )
    return versions


def _key_columns(declaration: Declaration, raw: Raw) -> list[str]:
    """The columns that decide which series a row belongs to, the most varied first."""
    if raw.from_rows:
        names = ["code", "breakdown", "measure", "scheme"]
    else:
        used = {column for m in declaration.measures for column in m.columns}
        names = [raw.table.geo, *sorted(used), *([raw.table.level] if raw.table.level else [])]
    return [raw.column(name) for name in dict.fromkeys(names)]


def _bounds(measured: Measured) -> tuple:
    """What a value must lie between; without a bound, anything finite."""
    lowest = -ANYTHING if measured.minimum is None else measured.minimum
    return lowest, ANYTHING if measured.maximum is None else measured.maximum


def _varied(cursor: CursorWrapper, keys: list[str]) -> list[str]:
    """The key columns that take several values; the others need not be compared a million times."""
    cursor.execute(f"SELECT {', '.join(f'count(DISTINCT {key}) > 1' for key in keys)} FROM combination")
    varied = [key for key, several in zip(keys, cursor.fetchone(), strict=True) if several]
    return varied or keys[:1]


def _same(keys: list[str], left: str = "r", right: str = "m") -> str:
    return " AND ".join(f"{left}.{key} = {right}.{key}" for key in keys)


def _group(cursor: CursorWrapper, raw: Raw, keys: list[str]) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.combination")
    cursor.execute(
        f"CREATE TEMP TABLE combination ON COMMIT DROP AS SELECT row_number() OVER () AS id, c.* FROM"
        f" (SELECT {', '.join(keys)}, count(*) AS n FROM raw GROUP BY {', '.join(keys)}) c"
    )
    cursor.execute("ANALYZE combination")


def _give_meaning(
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


def _create_series(cursor: CursorWrapper, dataset: Dataset, rank: int) -> None:
    """Breakdowns and series that are missing; asks before inserting, so that nothing missing means nothing
    written.
    """
    cursor.execute("ANALYZE meaning")
    cursor.execute(
        "INSERT INTO figures_breakdown (key, label) SELECT DISTINCT m.key, '' FROM meaning m"
        " WHERE m.reason IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM figures_breakdown b WHERE b.key = m.key) ON CONFLICT DO NOTHING"
    )
    cursor.execute(
        "INSERT INTO figures_series (measure_version_id, subject_id, breakdown_id, dataset_id, rank, public)"
        " SELECT DISTINCT m.version_id, m.subject_id, b.id, %s, %s, true"
        " FROM meaning m JOIN figures_breakdown b ON b.key = m.key WHERE m.reason IS NULL AND NOT EXISTS ("
        "  SELECT 1 FROM figures_series s WHERE s.dataset_id = %s AND s.measure_version_id = m.version_id"
        "  AND s.subject_id = m.subject_id AND s.breakdown_id = b.id) ON CONFLICT DO NOTHING",
        [dataset.pk, rank, dataset.pk],
    )
    cursor.execute(
        "UPDATE meaning m SET series_id = s.id FROM figures_series s, figures_breakdown b"
        " WHERE m.reason IS NULL"
        " AND b.key = m.key AND s.dataset_id = %s AND s.measure_version_id = m.version_id"
        " AND s.subject_id = m.subject_id AND s.breakdown_id = b.id",
        [dataset.pk],
    )


def _spans(cursor: CursorWrapper, raw: Raw) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.span")
    cursor.execute("CREATE TEMP TABLE span (period text, first date, last date, reason text) ON COMMIT DROP")
    cursor.execute(f"SELECT DISTINCT {raw.column(raw.table.period)} FROM raw")
    rows = [_span(period or "") for (period,) in cursor.fetchall()]
    cursor.execute(
        "INSERT INTO span SELECT * FROM unnest(%s::text[], %s::date[], %s::date[], %s::text[])",
        [list(column) for column in zip(*rows, strict=True)] or [[], [], [], []],
    )


def _span(period: str) -> tuple:
    """The period as written, its first and last day, or why it cannot be read."""
    try:
        return (period, *parse_period(period), None)
    except ValueError as error:
        return (period, None, None, str(error))


def _text(raw: Raw) -> str:
    """The value as text with a decimal point (careful way only); empty and NaN are NULL."""
    value = f"r.{raw.column(raw.table.value)}"
    if raw.table.decimal != ".":
        value = f"replace({value}, '{raw.table.decimal.replace(chr(39), '')}', '.')"
    return f"CASE WHEN btrim({value}) IN ('', 'NaN') THEN NULL ELSE {value} END"


def _value(raw: Raw) -> str:
    if not raw.careful:
        return f"nullif(r.{raw.column(raw.table.value)}, 'NaN')"
    return f"CASE WHEN {_text(raw)} ~ '{NUMBER}' THEN ({_text(raw)})::numeric END"


def _readable(raw: Raw) -> str:
    return "true" if not raw.careful else f"(({_text(raw)}) IS NULL OR ({_text(raw)}) ~ '{NUMBER}')"


def _within(raw: Raw) -> str:
    value = f"r.{raw.column(raw.table.value)}" if not raw.careful else f"({_value(raw)})"
    inside = f"({value} IS NULL OR ({value} >= m.lowest AND {value} <= m.highest)"
    return f"{inside})" if raw.careful else f"{inside} OR {value} = 'NaN')"


def _status(raw: Raw) -> str:
    if raw.table.status not in raw.header:
        return "'A'::varchar(1)"
    return f"coalesce(nullif(left(r.{raw.column(raw.table.status)}, 1), ''), 'A')::varchar(1)"


def _state(declaration: Declaration, raw: Raw) -> str:
    cases = " ".join(
        f"WHEN '{status[:1].replace(chr(39), '')}' THEN {int(state)}"
        for status, state in declaration.empty_states.items()
    )
    absent = (
        f"CASE {_status(raw)} {cases} ELSE {State.MISSING.value} END" if cases else str(State.MISSING.value)
    )
    if raw.from_rows:
        absent = f"coalesce(nullif(nullif(r.{raw.column('state')}, ''), '0')::int, {absent})"
    value = f"r.{raw.column(raw.table.value)}"
    empty = f"({_value(raw)}) IS NULL" if raw.careful else f"{value} IS NULL OR {value} = 'NaN'"
    return f"(CASE WHEN {empty} THEN {absent} ELSE 0 END)::smallint"


def _refuse(cursor, declaration: Declaration, raw: Raw, keys: list[str], mapped: Mapped) -> None:
    """Look for the rows that did not reach `staged`, say why, and remember which figures they leave in
    doubt.
    """
    line = "c0" if raw.from_rows else "line" if raw.has_line else "row_number() OVER () + 1"
    value = f"r.{raw.column(raw.table.value)}"
    content = ", ".join(f"r.c{i}" for i in range(1 if raw.from_rows else 0, len(raw.header)))
    cursor.execute("DROP TABLE IF EXISTS pg_temp.rejected")
    cursor.execute(
        f"""CREATE TEMP TABLE rejected ON COMMIT DROP AS
        SELECT r.at_line AS line, concat_ws(';', {content}) AS content, m.series_id, p.first, p.last,
               m.reason AS no_subject, p.reason AS no_period, {_readable(raw)} AS readable,
               {value}::text AS words, m.lowest, m.highest
        FROM (SELECT *, {line} AS at_line FROM raw) r JOIN meaning m ON {_same(keys)}
        JOIN span p ON p.period IS NOT DISTINCT FROM r.{raw.column(raw.table.period)}
        WHERE m.reason IS NOT NULL OR p.first IS NULL OR NOT ({_readable(raw)}) OR NOT ({_within(raw)})"""
    )
    mapped.refused_count += cursor.rowcount
    cursor.execute(
        "INSERT INTO doubtful SELECT series_id, first, last FROM rejected WHERE series_id IS NOT NULL"
    )
    cursor.execute(
        "SELECT line, content, no_subject, no_period, readable, words, lowest, highest FROM rejected"
        " ORDER BY line LIMIT %s",
        [KEPT_REFUSALS],
    )
    for at, words, no_subject, no_period, readable, value_text, lowest, highest in cursor.fetchall():
        reason = no_subject or no_period or _value_reason(raw, readable, value_text or "", lowest, highest)
        mapped.refused.append((at, words[:2000], reason[:300]))


def _value_reason(raw: Raw, readable: bool, words: str, lowest, highest) -> str:
    if readable:
        return f"valeur hors bornes : {words} (attendu entre {bound(lowest)} et {bound(highest)})"
    if "," in words and raw.table.decimal == ".":
        return f"virgule décimale : « {words} », le point est attendu"
    return f"valeur illisible : « {words} »"
