"""Accent-free keys, so that search and French sorting need nothing of the database."""

import unicodedata


def search_key(text: str) -> str:
    """Lower case, without accents, ligatures opened, punctuation turned to spaces.

    >>> search_key("Nœux-les-Mines")
    'noeux les mines'
    """
    opened = text.lower().replace("œ", "oe").replace("æ", "ae")
    bare = "".join(c for c in unicodedata.normalize("NFD", opened) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())
