"""From bytes to a temporary table: the answer is streamed into PostgreSQL as it is, and nothing is kept in
Python.

Two layouts share everything that follows: a long CSV, whose header says which column is which, and the rows
of a connector's `parse`. Well-formed files take the quick way (numbers read by COPY itself); a file with a
malformed line or an unreadable number is streamed again through the careful way, which knows the line of
every row.
"""

import csv
import fnmatch
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, DataError, connection, transaction
from django.db.backends.utils import CursorWrapper

from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, LongTable, Row
from agglo.opendata.errors import WrongAnswer

CHUNK = 256 * 1024
ROWS_LAYOUT = LongTable(
    geo="code", level="scheme", period="period", value="value", status="obs_status", delimiter="\t"
)
ROW_COLUMNS = ("line", "scheme", "code", "measure", "breakdown", "period", "value", "obs_status", "state")
CALL = "Relancez l’actualisation ; si cela se répète, prévenez le producteur."
CUT = f"Le fichier est coupé : la fin manque. {CALL}"


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
                f"Le fichier n’est pas écrit en {declaration.table.encoding} : son encodage a changé.",
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

    def rows() -> Iterator[Row]:
        for answer in answers:
            yield from declaration.parse(answer)

    stream = _Lines((_tab_line(row) for row in rows()), beat)
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
            header, delimiter = _header(declaration, stream)
            if raw is None:
                raw = Raw(declaration.table, header, careful)
                _create(cursor, raw)
            elif header != raw.header:
                raise WrongAnswer(
                    "Les pages d’un même jeu n’ont pas les mêmes colonnes.", f"{header} ; {raw.header}"
                )
            source = _Bytes(stream, beat)
            if careful:
                lines = _Lines(_careful_lines(raw, source, delimiter), beat)
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


def _careful_lines(raw: Raw, source: "_Bytes", delimiter: str) -> Iterator[str]:
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
        raise WrongAnswer(CUT, f"ligne {reader.line_num + 1} : {error}") from error
    except UnicodeDecodeError as error:
        raise WrongAnswer(
            f"Le fichier n’est pas écrit en {raw.table.encoding} : son encodage a changé.", str(error)
        ) from error
    if last_bad is not None:
        raise WrongAnswer(CUT, f"ligne {last_bad[0]} : {last_bad[1][:200]}")


def _header(declaration: Declaration, stream: "_Peekable") -> tuple[list[str], str]:
    """Column names and delimiter. Raises WrongAnswer naming the columns that are missing."""
    table = declaration.table
    line = stream.first_line().decode(table.encoding, "replace").lstrip("\ufeff").strip("\r\n")
    if line.lstrip()[:1] == "<":
        raise WrongAnswer(
            "Une page web est arrivée à la place du fichier CSV : le service est sans doute en panne.",
            line[:200],
        )
    delimiter = table.delimiter or max(";,\t|", key=line.count)
    header = next(csv.reader([line], delimiter=delimiter), [])
    needed = {
        table.geo,
        table.period,
        table.value,
        *(column for m in declaration.measures for column in m.columns),
    }
    if table.level:
        needed.add(table.level)
    missing = sorted(needed - set(header))
    if missing:
        raise WrongAnswer(
            f"Le fichier n’a plus la ou les colonnes {', '.join(missing)}."
            f" Il contient : {', '.join(header) or 'rien'}. La déclaration du jeu est à revoir.",
            line[:500],
        )
    if len(set(header)) != len(header):
        raise WrongAnswer("Deux colonnes du fichier portent le même nom.", line[:500])
    return header, delimiter


@contextmanager
def opened(declaration: Declaration, answer: Answer) -> Iterator["_Peekable"]:
    """The text inside an answer, whatever it is packed in; a cut or overgrown archive raises WrongAnswer."""
    try:
        with answer.open() as outer:
            start = outer.read(4)
            outer.seek(0)
            if start[:2] == b"PK":
                with zipfile.ZipFile(outer) as bundle, bundle.open(_member(declaration, bundle)) as inner:
                    yield _Peekable(inner, declaration.max_bytes)
            elif start[:2] == b"\x1f\x8b":
                with gzip.open(outer) as inner:
                    yield _Peekable(inner, declaration.max_bytes)
            else:
                yield _Peekable(outer, declaration.max_bytes)
    except (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise WrongAnswer(
            f"L’archive est coupée ou abîmée. {CALL}",
            f"{answer.url} : {error}",
        ) from error


def _member(declaration: Declaration, bundle: zipfile.ZipFile) -> str:
    names = [n for n in bundle.namelist() if fnmatch.fnmatch(n.rsplit("/", 1)[-1], declaration.table.member)]
    if len(names) != 1:
        raise WrongAnswer(
            f"L’archive devrait contenir un fichier « {declaration.table.member} » ;"
            f" elle contient : {', '.join(bundle.namelist()) or 'rien'}."
        )
    return names[0]


class _Peekable:
    """A byte stream with a ceiling, whose first line can be read apart."""

    def __init__(self, stream, ceiling: int) -> None:
        self.stream, self.left = stream, ceiling
        self.pending = b""

    def first_line(self) -> bytes:
        while b"\n" not in self.pending and len(self.pending) < CHUNK:
            more = self.read(CHUNK)
            if not more:
                break
            self.pending += more
        line, _, self.pending = self.pending.partition(b"\n")
        return line

    def read(self, size: int) -> bytes:
        if self.pending:
            taken, self.pending = self.pending[:size], self.pending[size:]
            return taken
        content = self.stream.read(size)
        self.left -= len(content)
        if self.left < 0:
            raise WrongAnswer("Une fois décompressé, le fichier dépasse la taille permise pour ce jeu.")
        return content


class _Source(io.RawIOBase):
    """What COPY reads from; keeps the error that stopped it, and gives a sign of life at each piece."""

    def __init__(self, beat: Callable[[], None]) -> None:
        self.beat = beat
        self.error: Exception | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = CHUNK) -> bytes:
        self.beat()
        try:
            return self.piece(size)
        except Exception as error:
            self.error = error
            raise

    def readinto(self, buffer) -> int:
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


class _Bytes(_Source):
    """The bytes of a file, as they are."""

    def __init__(self, stream: _Peekable, beat: Callable[[], None]) -> None:
        super().__init__(beat)
        self.stream = stream

    def piece(self, size: int) -> bytes:
        return self.stream.read(size)


class _Lines(_Source):
    """Lines made in Python, gathered into pieces; never more than one piece is held."""

    def __init__(self, lines: Iterable[str], beat: Callable[[], None]) -> None:
        super().__init__(beat)
        self.lines, self.rest = iter(lines), b""

    def piece(self, size: int) -> bytes:
        pieces, length = [self.rest], len(self.rest)
        while length < size and (line := next(self.lines, None)) is not None:
            pieces.append(line.encode())
            length += len(pieces[-1])
        content = b"".join(pieces)
        self.rest = content[size:]
        return content[:size]
