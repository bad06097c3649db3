"""From bytes to a temporary table: the answer is streamed into PostgreSQL as it is, and nothing is kept in
Python.

Two layouts share everything that follows: a long CSV, whose header says which column is which, and the rows
of a connector's `parse`. Well-formed files take the quick way (numbers read by COPY itself); a file with a
malformed line or an unreadable number is streamed again through the careful way, which knows the line of
every row.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db import DatabaseError, DataError, connection, transaction
from django.db.backends.utils import CursorWrapper

from agglo.opendata.answer import Answer
from agglo.opendata.columns import check_columns
from agglo.opendata.declaration import Declaration, LongTable, Row
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.streams import CALL, CHUNK, Bytes, Lines, Peekable, opened

ROWS_LAYOUT = LongTable(
    geo="code", level="scheme", period="period", value="value", status="obs_status", delimiter="\t"
)

ROW_COLUMNS = ("line", "scheme", "code", "measure", "breakdown", "period", "value", "obs_status", "state")

CUT = f"Le fichier est coupé\u00a0: la fin manque. {CALL}"


@dataclass(slots=True)
class Raw:
    """The temporary table `raw`: column names as the source writes them -> `c0`, `c1`…"""

    table: LongTable
    header: list[str]
    careful: bool
    rows: int = 0
    malformed: list[tuple[int, str, str]] = field(default_factory=list)

    def column(self, name: str) -> str:
        return f"c{self.header.index(name)}"

    @property
    def has_line(self) -> bool:
        return self.careful

    @property
    def from_rows(self) -> bool:
        return self.table is ROWS_LAYOUT


def stage(
    cursor: CursorWrapper, declaration: Declaration, answers: list[Answer], beat: Callable[[], None]
) -> Raw:
    """Fill `raw` with the answers. Raises WrongAnswer when they are not what is declared."""
    if declaration.parse is not None:
        return _stage_rows(cursor, declaration, answers, beat)
    try:
        with transaction.atomic():
            return _stage_table(cursor, declaration, answers, beat, careful=declaration.table.decimal != ".")
    except DataError as error:
        if "encoding" in str(error) or "byte sequence" in str(error):
            raise WrongAnswer(
                f"Le fichier n’est pas écrit en {declaration.table.encoding}\u00a0: son encodage a changé.",
                str(error),
            ) from error
    with transaction.atomic():
        return _stage_table(cursor, declaration, answers, beat, careful=True)


def _create(cursor: CursorWrapper, raw: Raw) -> None:
    kinds = {raw.column(raw.table.value): "text" if raw.careful else "numeric"}
    if raw.from_rows:
        kinds["c0"] = "bigint"
    names = [f"c{i}" for i in range(len(raw.header))]
    columns = [f"{name} {kinds[name]}" if name in kinds else f'{name} text COLLATE "C"' for name in names]
    if raw.has_line and not raw.from_rows:
        columns.append("line bigint")
    cursor.execute("DROP TABLE IF EXISTS pg_temp.raw")
    cursor.execute(f"CREATE TEMP TABLE raw ({', '.join(columns)}) ON COMMIT DROP")


def _copy(cursor: CursorWrapper, statement: str, source) -> int:
    # Django's wrapper turns driver errors into its own; COPY itself only exists on the driver's cursor.
    try:
        with connection.wrap_database_errors:
            cursor.cursor.copy_expert(statement, source, size=CHUNK)
    except DatabaseError:
        # An error of ours, raised while COPY was reading, comes back as the driver's: give ours.
        if source.error is not None:
            raise source.error from None
        raise
    return cursor.cursor.rowcount


def _stage_rows(cursor, declaration: Declaration, answers: list[Answer], beat) -> Raw:
    raw = Raw(ROWS_LAYOUT, list(ROW_COLUMNS), careful=True)
    _create(cursor, raw)

    # Called before COPY takes the connection: a parser may ask the database something first, then give rows.
    parsed = [declaration.parse(answer) for answer in answers]
    stream = Lines((_tab_line(row) for rows in parsed for row in rows), beat, counted=True)
    raw.rows = _copy(cursor, "COPY raw FROM STDIN", stream)
    return raw


def _tab_line(row: Row) -> str:
    cells = ("" if cell is None else _escaped(str(cell)) for cell in row)
    return "\t".join(cells) + "\n"


def _escaped(text: str) -> str:
    if "\\" in text or "\t" in text or "\n" in text or "\r" in text:
        for mark, word in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
            text = text.replace(mark, word)
    return text


def _stage_table(cursor, declaration: Declaration, answers: list[Answer], beat, *, careful: bool) -> Raw:
    raw: Raw | None = None
    for answer in answers:
        with opened(declaration, answer) as stream:
            header, delimiter = _header(declaration, answer, stream)
            if raw is None:
                raw = Raw(declaration.table, header, careful)
                _create(cursor, raw)
            elif header != raw.header:
                raise WrongAnswer(
                    "Les pages d’un même jeu n’ont pas les mêmes colonnes.", f"{header}\u202f; {raw.header}"
                )
            source = Bytes(stream, beat)
            if careful:
                lines = Lines(_careful_lines(raw, source, delimiter), beat, counted=False)
                raw.rows += _copy(cursor, "COPY raw FROM STDIN", lines)
            else:
                raw.rows += _copy(cursor, _quick_copy(raw, delimiter), source)
    if raw is None:
        raise WrongAnswer("Aucune réponse à lire.")
    return raw


def _quick_copy(raw: Raw, delimiter: str) -> str:
    value = raw.column(raw.table.value)
    others = [f"c{i}" for i in range(len(raw.header)) if f"c{i}" != value]
    mark = delimiter.replace("'", "''")
    encoding = raw.table.encoding.replace("-", "").replace("'", "")
    return (
        f"COPY raw FROM STDIN (FORMAT csv, DELIMITER E'{mark}', NULL '', ENCODING '{encoding}',"
        f" FORCE_NOT_NULL ({', '.join(others)}), FORCE_NULL ({value}))"
    )


def _careful_lines(raw: Raw, source: "Bytes", delimiter: str) -> Iterator[str]:
    """Tab-separated lines with their line number; a line with the wrong number of cells is set aside."""
    text = io.TextIOWrapper(source, encoding=raw.table.encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    expected, last_bad = len(raw.header), None
    try:
        for cells in reader:
            if len(cells) == expected:
                last_bad = None
                yield "\t".join([*map(_escaped, cells), str(reader.line_num + 1)]) + "\n"
            elif cells:
                last_bad = (
                    reader.line_num + 1,
                    delimiter.join(cells),
                    f"{len(cells)} colonnes au lieu de {expected}",
                )
                raw.malformed.append(last_bad)
    except csv.Error as error:
        raise WrongAnswer(CUT, f"ligne {reader.line_num + 1}\u00a0: {error}") from error
    except UnicodeDecodeError as error:
        raise WrongAnswer(
            f"Le fichier n’est pas écrit en {raw.table.encoding}\u00a0: son encodage a changé.", str(error)
        ) from error
    if last_bad is not None:
        raise WrongAnswer(CUT, f"ligne {last_bad[0]}\u00a0: {last_bad[1][:200]}")


def _header(declaration: Declaration, answer: Answer, stream: "Peekable") -> tuple[list[str], str]:
    """Column names and delimiter. Raises WrongAnswer naming the columns that are missing."""
    table = declaration.table
    line, header, delimiter = first_row(table, stream)
    if line.lstrip()[:1] == "<":
        raise WrongAnswer(
            "Une page web est arrivée à la place du fichier CSV\u00a0: le service est sans doute en panne.",
            line[:200],
        )
    needed = {
        table.geo,
        table.period,
        table.value,
        *(column for m in declaration.measures for column in m.columns),
    }
    if table.level:
        needed.add(table.level)
    check_columns(answer, header, sorted(needed), where="Le fichier")
    if len(set(header)) != len(header):
        raise WrongAnswer("Deux colonnes du fichier portent le même nom.", line[:500])
    return header, delimiter


def first_row(table: LongTable, stream: "Peekable") -> tuple[str, list[str], str]:
    """The first line as it is, the column names in it, and its delimiter."""
    line = stream.first_line().decode(table.encoding, "replace").lstrip("\ufeff").strip("\r\n")
    delimiter = table.delimiter or max(";,\t|", key=line.count)
    return line, next(csv.reader([line], delimiter=delimiter), []), delimiter
