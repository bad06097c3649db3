"""SQL that reads one cell of the raw table: the value, whether it is a number within bounds, its state."""

from agglo.figures.vocabulary import State
from agglo.opendata.declaration import Declaration
from agglo.opendata.staging import Raw

NUMBER = r"^\s*[-+]?(\d+([.]\d*)?|[.]\d+)([eE][-+]?\d+)?\s*$"


def _text(raw: Raw) -> str:
    """The value as text with a decimal point (careful way only); empty and NaN are NULL."""
    value = f"r.{raw.column(raw.table.value)}"
    if raw.table.decimal != ".":
        value = f"replace({value}, '{raw.table.decimal.replace(chr(39), '')}', '.')"
    return f"CASE WHEN btrim({value}) IN ('', 'NaN') THEN NULL ELSE {value} END"


def number(raw: Raw, *, certain: bool = False) -> str:
    """The value, NULL when empty; on the careful way, also when it is not a number. `certain` when no value
    is NaN.
    """
    if certain:
        return f"r.{raw.column(raw.table.value)}"
    if not raw.careful:
        return f"nullif(r.{raw.column(raw.table.value)}, 'NaN')"
    return f"CASE WHEN {_text(raw)} ~ '{NUMBER}' THEN ({_text(raw)})::numeric END"


def readable(raw: Raw) -> str:
    """Whether the value is empty or a number."""
    return "true" if not raw.careful else f"(({_text(raw)}) IS NULL OR ({_text(raw)}) ~ '{NUMBER}')"


def within(raw: Raw) -> str:
    """Whether the value is empty or between the bounds of its measure, `m.lowest` and `m.highest`."""
    value = f"r.{raw.column(raw.table.value)}" if not raw.careful else f"({number(raw)})"
    inside = f"({value} IS NULL OR ({value} >= m.lowest AND {value} <= m.highest)"
    return f"{inside})" if raw.careful else f"{inside} OR {value} = 'NaN')"


def status(raw: Raw) -> str:
    """The letter of OBS_STATUS, A when the source gives none."""
    if raw.table.status not in raw.header:
        return "'A'::varchar(1)"
    return f"coalesce(nullif(left(r.{raw.column(raw.table.status)}, 1), ''), 'A')::varchar(1)"


def state(declaration: Declaration, raw: Raw) -> str:
    """VALUE, or which of the empty states: by the declared letters, MISSING otherwise."""
    cases = " ".join(
        f"WHEN '{letter[:1].replace(chr(39), '')}' THEN {int(empty)}"
        for letter, empty in declaration.empty_states.items()
    )
    absent = (
        f"CASE {status(raw)} {cases} ELSE {State.MISSING.value} END" if cases else str(State.MISSING.value)
    )
    if raw.from_rows:
        absent = f"coalesce(nullif(nullif(r.{raw.column('state')}, ''), '0')::int, {absent})"
    value = f"r.{raw.column(raw.table.value)}"
    empty = f"({number(raw)}) IS NULL" if raw.careful else f"{value} IS NULL OR {value} = 'NaN'"
    return f"(CASE WHEN {empty} THEN {absent} ELSE 0 END)::smallint"
