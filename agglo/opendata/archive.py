"""Raw answers, kept once each under their SHA-256, so that any run can be read again offline."""

import gzip
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1")
LEVEL = 1


class Archived:
    """Bytes on their way into the archive: counted, summed, compressed unless they already are."""

    def __init__(self, stream) -> None:
        self.stream = stream
        self.size = 0
        self.head = b""
        self.packed: bool | None = None
        self.path: Path | None = None
        self._sum = hashlib.sha256()
        self._out = stream

    def write(self, content: bytes) -> None:
        if not content:
            return
        if self.packed is None:
            self.packed = not content.startswith(PACKED)
            if self.packed:
                self._out = gzip.GzipFile(fileobj=self.stream, mode="wb", compresslevel=LEVEL, mtime=0)
        if len(self.head) < 512:
            self.head += content[: 512 - len(self.head)]
        self.size += len(content)
        self._sum.update(content)
        self._out.write(content)

    def close(self) -> None:
        if self._out is not self.stream:
            self._out.close()
        self.packed = bool(self.packed)

    @property
    def checksum(self) -> str:
        return self._sum.hexdigest()


@contextmanager
def receiving() -> Iterator[Archived]:
    """Bytes written inside are in the archive on a clean exit (`.path` is set), and nowhere otherwise."""
    root = Path(settings.OPENDATA_ARCHIVE)
    root.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="receiving-", dir=root)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            archived = Archived(stream)
            yield archived
            archived.close()
        final = place(archived.checksum, packed=archived.packed)
        if final.exists():
            temporary.unlink()
        else:
            final.parent.mkdir(parents=True, exist_ok=True)
            temporary.replace(final)
        archived.path = final
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def place(checksum: str, *, packed: bool) -> Path:
    root = Path(settings.OPENDATA_ARCHIVE)
    return root / checksum[:2] / checksum[2:4] / (checksum + (".gz" if packed else ".raw"))


def locate(checksum: str) -> tuple[Path, bool] | None:
    """Where an answer lies, and whether we packed it; None when it is no longer kept."""
    for packed in (True, False):
        path = place(checksum, packed=packed)
        if path.exists():
            return path, packed
    return None
