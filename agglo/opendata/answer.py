"""A raw answer as it was received: bytes on disk, never whole in memory unless a small one is asked for."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO

from agglo.opendata.errors import WrongAnswer

SMALL = 64 * 1024 * 1024


@dataclass(slots=True)
class Answer:
    """One answer of the service, kept in the archive.

    `path` is the archived file; `packed` says we gzipped it ourselves. `not_modified` answers (304) have no
    bytes. `columns` and `warnings` are what reading noticed (see `columns.check_columns`); `probe` marks what
    was only asked to know whether the dataset changed.
    """

    url: str
    path: Path | None
    checksum: str = ""
    size: int = 0
    packed: bool = False
    status: int = 200
    received_at: datetime | None = None
    last_modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)
    not_modified: bool = False
    max_bytes: int = 600 * 1024 * 1024
    columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    probe: bool = False

    def open(self) -> IO[bytes]:
        """The bytes as the service sent them (a zip stays a zip), as a binary stream."""
        import gzip

        return gzip.open(self.path, "rb") if self.packed else self.path.open("rb")

    def read(self, limit: int = SMALL) -> bytes:
        """All bytes of a small answer. Raises WrongAnswer beyond `limit`."""
        with self.open() as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise WrongAnswer("La réponse est trop grosse pour être lue en mémoire.", self.url)
        return content

    def text(self, encoding: str = "utf-8-sig") -> str:
        try:
            return self.read().decode(encoding)
        except UnicodeDecodeError as error:
            raise WrongAnswer(
                f"La réponse n’est pas un texte {encoding}\u00a0: le fichier est abîmé ou son"
                " encodage a changé.",
                str(error),
            ) from error

    def json(self) -> object:
        """The parsed JSON. Raises WrongAnswer when it is not JSON, or cut."""
        text = self.text()
        try:
            return json.loads(text)
        except json.JSONDecodeError as error:
            raise WrongAnswer(
                "La réponse n’est pas du JSON lisible\u00a0: elle est coupée ou le service a changé"
                " de format.",
                f"{self.url}\u00a0: {error}\u202f; début\u00a0: {text[:200]!r}",
            ) from error
