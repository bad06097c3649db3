"""Texts between our records and the cells of a spreadsheet, there and back without a change. Pure."""

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\u00a0\u2007\u2009\u202f]+")


def guarded(text: str) -> str:
    """A text that a spreadsheet would run as a formula, kept a text by an apostrophe.

    >>> guarded("=1+1"), guarded("Béthune")
    ("'=1+1", 'Béthune')
    """
    return f"'{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given.

    >>> unguarded(guarded("=1+1")), unguarded(guarded("'=1+1")), unguarded("'ici'")
    ('=1+1', "'=1+1", "'ici'")
    """
    return text[1:] if text.startswith("'") and _GUARDED.match(text, 1) else text


def tidy(text: str) -> str:
    """Without what no cell can hold, spaces around, and line ends of other systems."""
    if _plain(text):
        return text.strip()
    return _UNPRINTABLE.sub("", text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")).strip()


def same(text: str) -> str:
    """The key under which two texts say the same: kinds of spaces are the typographer's business.

    >>> same("12\u202f000 m²") == same("12 000 m² ")
    True
    """
    if _plain(text) and "  " not in text:
        return text.strip()
    return "\n".join(_SPACES.sub(" ", line).strip() for line in tidy(text).split("\n"))


def _plain(text: str) -> bool:
    """One line without any space but the usual one: most cells of a long file, which are read many times."""
    return text.isprintable() and "_x000D_" not in text
