"""What every file that staff bring has in common: how its text is told, and two ways to say no."""

import codecs
from collections.abc import Iterator

PIECE = 1 << 20  # bytes decoded at once: a long text is never held whole to know its encoding


class Unreadable(ValueError):
    """Nothing of this file can be read; the sentence says why and what to do."""


class NotNow(ValueError):
    """The import is not where this act makes sense; the sentence says so."""


def text_encoding(content: bytes) -> str | None:
    """UTF-8, UTF-16 when marked, else Windows: what a French spreadsheet saves. None when it is no text.

    >>> text_encoding("Béthune".encode()), text_encoding("Béthune".encode("cp1252")), text_encoding(bytes(4))
    ('utf-8-sig', 'cp1252', None)
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            if not any("\x00" in text for text in codecs.iterdecode(_pieces(content), encoding)):
                return encoding
        except UnicodeDecodeError:
            continue
    return None


def _pieces(content: bytes) -> Iterator[bytes]:
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
