"""From the raw table to figures: which series, which period, which value; each row we cannot take says why.

Done in sets. `meaning` holds one row per distinct combination of key columns (25,000 for a million rows)
and knows its series and the extremes of its values; `span` one row per distinct period. Joining them to
`raw` gives the figures. When nothing there can be refused, the join is left to the comparison, which reads
it as it goes; else it is written down in `staged`, and the reasons of what did not reach it are looked for,
row by row.
"""

from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper

from agglo.figures.models import Dataset
from agglo.figures.periods import parse_period
from agglo.opendata import cells, meaning
from agglo.opendata.declaration import Declaration
from agglo.opendata.staging import Raw
from agglo.opendata.wording import bound

KEPT_REFUSALS = 10_000
STAGED = "staged"


@dataclass(slots=True)
class Mapped:
    """What mapping found. `figures` is what to select from: the table `staged`, or the query it would be
    made of. `refused` holds (line, content, reason), at most KEPT_REFUSALS of them.
    """

    figures: str = STAGED
    staged: int = 0
    skipped: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    refused_count: int = 0


def map_rows(cursor: CursorWrapper, declaration: Declaration, dataset: Dataset, raw: Raw) -> Mapped:
    """The figures of `raw` (series_id, first, last, value, state, status, at); creates the series that are
    missing.
    """
    versions = meaning.current_versions(declaration)
    keys = meaning.key_columns(declaration, raw)
    meaning.group(cursor, raw, keys)
    meaning.give_meaning(cursor, declaration, raw, keys, versions)
    meaning.create_series(cursor, dataset, declaration.rank, declaration.public)
    _spans(cursor, raw)
    cursor.execute(f"ANALYZE meaning (series_id, {', '.join(keys)})")
    cursor.execute("ANALYZE span")
    keys = meaning.varied(cursor, keys)
    cursor.execute(
        "SELECT coalesce(sum(n) FILTER (WHERE reason IS NULL), 0)::bigint,"
        " coalesce(sum(n) FILTER (WHERE reason IS NOT NULL), 0)::bigint,"
        " coalesce(bool_or(least < lowest OR most > highest), false),"
        " (SELECT coalesce(sum(n), 0)::bigint FROM combination c"
        "  WHERE NOT EXISTS (SELECT 1 FROM meaning m WHERE m.id = c.id)),"
        " EXISTS (SELECT 1 FROM span WHERE first IS NULL) FROM meaning"
    )
    expected, unnamed, outside, skipped, unreadable = cursor.fetchone()
    mapped = Mapped(skipped=skipped)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.doubtful")
    cursor.execute("CREATE TEMP TABLE doubtful (series_id bigint, first date, last date) ON COMMIT DROP")
    certain = not (raw.careful or unnamed or outside or unreadable)
    mapped.figures = f"({_figures(declaration, raw, keys, certain=certain)})"
    mapped.staged = expected
    if not certain:
        mapped.staged = write_down(cursor, mapped)
        if unnamed or expected != mapped.staged:
            _refuse(cursor, declaration, raw, keys, mapped)
    for refusal in raw.malformed:
        note_refusal(mapped, *refusal)
    return mapped


def _figures(declaration: Declaration, raw: Raw, keys: list[str], *, certain: bool) -> str:
    """The query that makes figures of `raw`; `certain` when every row is known to be readable, in bounds."""
    known = f"WHERE {cells.readable(raw)} AND {cells.within(raw)}"
    return f"""SELECT m.series_id, p.first, p.last, {cells.number(raw, certain=certain)} AS value,
               {cells.state(declaration, raw)} AS state, {cells.status(raw)} AS status, r.ctid AS at
        FROM raw r JOIN meaning m ON {meaning.same(keys)} AND m.reason IS NULL
        JOIN span p ON p.period = r.{raw.column(raw.table.period)} AND p.first IS NOT NULL
        {"" if certain else known}"""


def write_down(cursor: CursorWrapper, mapped: Mapped) -> int:
    """Make the table `staged` of the figures; returns how many they are."""
    cursor.execute("DROP TABLE IF EXISTS pg_temp.staged")
    cursor.execute(f"CREATE TEMP TABLE staged ON COMMIT DROP AS SELECT * FROM {mapped.figures} f")
    number, mapped.figures = cursor.rowcount, STAGED
    cursor.execute("ANALYZE staged (series_id, first)")
    return number


def note_refusal(mapped: Mapped, line: int, content: str, reason: str) -> None:
    mapped.refused_count += 1
    if len(mapped.refused) < KEPT_REFUSALS:
        mapped.refused.append((line, content[:2000], reason[:300]))


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
               m.reason AS no_subject, p.reason AS no_period, {cells.readable(raw)} AS readable,
               {value}::text AS words, m.lowest, m.highest
        FROM (SELECT *, {line} AS at_line FROM raw) r JOIN meaning m ON {meaning.same(keys)}
        JOIN span p ON p.period IS NOT DISTINCT FROM r.{raw.column(raw.table.period)}
        WHERE m.reason IS NOT NULL OR p.first IS NULL
           OR NOT ({cells.readable(raw)}) OR NOT ({cells.within(raw)})"""
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
        return f"valeur hors bornes\u00a0: {words} (attendu entre {bound(lowest)} et {bound(highest)})"
    if "," in words and raw.table.decimal == ".":
        return f"virgule décimale\u00a0: «\u202f{words}\u202f», le point est attendu"
    return f"valeur illisible\u00a0: «\u202f{words}\u202f»"
