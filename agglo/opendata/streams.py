"""From an archived answer to what COPY reads: unpacked, never larger than allowed, a piece at a time."""

import fnmatch
import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from agglo.opendata import progress
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration
from agglo.opendata.errors import WrongAnswer

CHUNK = 256 * 1024
MOST_MEMBERS = 10_000

CALL = "Relancez l’actualisation\u202f; si cela se répète, prévenez le producteur."


@contextmanager
def opened(declaration: Declaration, answer: Answer) -> Iterator["Peekable"]:
    """The text inside an answer, whatever it is packed in; a cut or overgrown archive raises WrongAnswer."""
    try:
        with answer.open() as outer:
            start = outer.read(4)
            outer.seek(0)
            if start[:2] == b"PK":
                with zipfile.ZipFile(outer) as bundle, bundle.open(_member(declaration, bundle)) as inner:
                    yield Peekable(inner, declaration.max_bytes)
            elif start[:2] == b"\x1f\x8b":
                with gzip.open(outer) as inner:
                    yield Peekable(inner, declaration.max_bytes)
            else:
                yield Peekable(outer, declaration.max_bytes)
    except (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise WrongAnswer(
            f"L’archive est coupée ou abîmée. {CALL}",
            f"{answer.url}\u00a0: {error}",
        ) from error


def check_unpacked(answer: Answer, ceiling: int) -> None:
    """Raises WrongAnswer when a zip (an xlsx is one) says it would unpack to more than is allowed.

    Reading never goes past the size a zip announces for each file; here the announced sizes are added up,
    so that many small files, or one read many times over, are no way around the ceiling.
    """
    if answer.path is None or answer.not_modified:
        return
    with answer.open() as outer:
        if outer.read(4) != b"PK\x03\x04":
            return
        outer.seek(0)
        try:
            with zipfile.ZipFile(outer) as bundle:
                members = bundle.infolist()
        except (zipfile.BadZipFile, EOFError, OSError, ValueError) as error:
            raise WrongAnswer(
                f"L’archive est coupée ou abîmée. {CALL}", f"{answer.url}\u00a0: {error}"
            ) from error
    total = sum(member.file_size for member in members)
    if total > ceiling or len(members) > MOST_MEMBERS:
        raise WrongAnswer(
            "Une fois décompressée, l’archive dépasse la taille permise pour ce jeu.",
            f"{answer.url}\u00a0: {len(members)} fichiers, {total} octets annoncés",
        )


def _member(declaration: Declaration, bundle: zipfile.ZipFile) -> str:
    names = [n for n in bundle.namelist() if fnmatch.fnmatch(n.rsplit("/", 1)[-1], declaration.table.member)]
    if len(names) != 1:
        raise WrongAnswer(
            f"L’archive devrait contenir un fichier «\u202f{declaration.table.member}\u202f»\u202f;"
            f" elle contient\u00a0: {', '.join(bundle.namelist()) or 'rien'}."
        )
    return names[0]


class Peekable:
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


class Bytes(_Source):
    """The bytes of a file, as they are."""

    def __init__(self, stream: Peekable, beat: Callable[[], None]) -> None:
        super().__init__(beat)
        self.stream = stream

    def piece(self, size: int) -> bytes:
        content = self.stream.read(size)
        progress.rows(self.beat, content.count(b"\n"))
        return content


class Lines(_Source):
    """Lines made in Python, gathered into pieces; never more than one piece is held. `counted` unless they
    are made of a file whose own lines were.
    """

    def __init__(self, lines: Iterable[str], beat: Callable[[], None], *, counted: bool) -> None:
        super().__init__(beat)
        self.counted = counted
        self.lines, self.rest = iter(lines), b""

    def piece(self, size: int) -> bytes:
        pieces, length = [self.rest], len(self.rest)
        while length < size and (line := next(self.lines, None)) is not None:
            pieces.append(line.encode())
            length += len(pieces[-1])
        if self.counted:
            progress.rows(self.beat, len(pieces) - 1)
        content = b"".join(pieces)
        self.rest = content[size:]
        return content[:size]
