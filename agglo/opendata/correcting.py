"""The refused rows of a run as the source wrote them: a file to correct, and to load by hand in part.

What a run keeps of a refused row is made to be read. The row itself, with its commas, quotes and empty
cells, is looked for again in the archived answer.
"""

import csv
import io
from collections.abc import Iterator

from agglo.opendata.declaration import Declaration, declared
from agglo.opendata.gathering import kept_answer
from agglo.opendata.models import Run
from agglo.opendata.staging import first_row
from agglo.opendata.streams import Bytes, opened

CONTENT = 2000  # characters of a refused row that a run keeps


def table_of(run: Run) -> Declaration | None:
    """The declaration of a dataset whose answers are tables; None when a connector makes the rows."""
    found = declared().get(run.code)
    return found if found is not None and found.table is not None else None


def rows_to_correct(run: Run) -> Iterator[bytes]:
    """The header of the source, then the refused rows, written as the source writes them. Nothing when the
    answers are gone or hold no table.
    """
    declaration = table_of(run)
    answers = [kept_answer(row) for row in run.answers.filter(probe=False)]
    if declaration is None or not answers or None in answers:
        return
    wanted: dict[int, list[str]] = {}
    for line, content in run.refused_rows.values_list("line", "content"):
        wanted.setdefault(line, []).append(content)
    ordinal, encoding = 1, declaration.table.encoding
    for at, answer in enumerate(answers):
        with opened(declaration, answer) as stream:
            _, header, delimiter = first_row(declaration.table, stream)
            if not at:
                mark = "\ufeff" if encoding.lower() in ("utf-8", "utf8") else ""
                yield (mark + _written(header, delimiter)).encode(encoding)
            value = header.index(declaration.table.value)
            reader = csv.reader(_text(stream, encoding), delimiter=delimiter)
            for cells in reader:
                ordinal += 1
                # A line number is that of the file, or the rank of the row where nothing had to be looked at.
                kept = [*wanted.get(reader.line_num + 1, ()), *wanted.get(ordinal, ())]
                if any(_is(cells, content, len(header), value, delimiter) for content in kept):
                    yield _written([_harmless(cell) for cell in cells], delimiter).encode(encoding)


def has_answers(run: Run) -> bool:
    kept = [kept_answer(row) for row in run.answers.filter(probe=False)]
    return bool(kept) and None not in kept


def _text(stream, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(Bytes(stream, lambda: None), encoding=encoding, errors="replace", newline="")


def _is(cells: list[str], content: str, columns: int, value: int, delimiter: str) -> bool:
    """Whether this is the row of which `content` was kept: all but its value, which was read as a number."""
    if len(cells) != columns:
        return content == delimiter.join(cells)[:CONTENT]
    before, after = ";".join(cells[:value]), ";".join(cells[value + 1 :])
    if len(content) >= CONTENT:
        return content.startswith(before[:CONTENT])
    return content.startswith(before) and content.endswith(after)


def _written(cells: list[str], delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    """What a spreadsheet would run as a formula is kept as text; a negative number stays one."""
    risky = cell[:1] in ("=", "@") or (cell[:1] in ("+", "-") and not cell[1:2].isdigit())
    return f"'{cell}" if risky and len(cell) > 1 else cell
