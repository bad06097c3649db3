"""Words that few records have, found in an index of every three letters of the search keys.

Plain `LIKE` reads every key; the index knows at once, but is slow for words that many records have. Which way
to go is settled while PostgreSQL plans the query (search_parts.sql); both find the same records.
"""

from collections.abc import Sequence

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.array import ArrayContains
from django.contrib.postgres.indexes import GinIndex
from django.db.models import BooleanField, Func, Q, TextField, Value

TEXTS = ArrayField(TextField())
PART = 3
KEPT_WAITING = 256  # kB of new entries


class Parts(Func):
    """Every part of a search key."""

    function = "projects_parts"
    arity = 1
    output_field = TEXTS


class _Few(Func):
    """Whether few records have all these parts, as far as the statistics of the index tell."""

    function = "projects_few"
    arity = 2
    output_field = BooleanField()


def parts_of(words: Sequence[str]) -> list[str]:
    """Each once; none of a word of one or two letters.

    >>> parts_of(["quartz", "art", "de"])
    ['qua', 'uar', 'art', 'rtz']
    """
    return list(dict.fromkeys(word[n : n + PART] for word in words for n in range(len(word) - PART + 1)))


def by_parts(index: str, words: Sequence[str]) -> Q:
    """Holds of every record whose key has these words, and leads to few others when the words are rare."""
    parts = parts_of(words)
    if not parts:
        return Q()
    rare = _Few(Value(index), Value(parts, TEXTS))
    return ~Q(rare) | Q(ArrayContains(Parts("search_key"), parts))


def by_parts_index(name: str) -> GinIndex:
    # New entries wait in a list that every search reads whole: kept short.
    return GinIndex(Parts("search_key"), name=name, gin_pending_list_limit=KEPT_WAITING)
