"""What changed between two texts, word by word, and between what was said and what is said. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SAME, ADDED, REMOVED = "same", "added", "removed"
_WORD = re.compile(r"\S+\s*|\s+")
_SHOWN = {
    SAME: "{}",
    ADDED: '<ins><span class="visually-hidden">ajouté\u00a0: </span>{}</ins>',
    REMOVED: '<del><span class="visually-hidden">enlevé\u00a0: </span>{}</del>',
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not as it was. An empty `before` or `after` says that there was, or is, nothing."""

    name: str
    before: str
    after: str


def words_changed(before: str, after: str) -> list[tuple[str, str]]:
    """Runs of text, each (same, added or removed, text).

    All but removed ones make `after` again, with a last space.
    """
    # A space after the last word too: a word that is no longer the last one is still the same.
    old, new = _WORD.findall(f"{before} "), _WORD.findall(f"{after} ")
    found: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append((SAME, "".join(new[k:m])))
            continue
        if j > i:
            found.append((REMOVED, "".join(old[i:j])))
        if m > k:
            found.append((ADDED, "".join(new[k:m])))
    return found


def shown(runs: list[tuple[str, str]]) -> SafeString:
    """The same as HTML, in marks and in words: never by colour alone."""
    return format_html_join("", "{}", ((format_html(_SHOWN[kind], text),) for kind, text in runs))


def fields_changed(rows: list[tuple[str, str, str]]) -> Iterator[Change]:
    """Of (name, before, after) those that differ."""
    return (Change(*row) for row in rows if row[1] != row[2])
