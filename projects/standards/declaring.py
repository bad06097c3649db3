"""What one class of a standard is: its schema, its key, and which of its fields our records hold."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .values import Kept

SCHEMAS = Path(__file__).parent / "schemas"
Cells = dict[str, str]  # field of the standard -> text of the cell


def nobody(cells: Cells, known: frozenset[str]) -> set[str]:
    return set()


@dataclass(frozen=True, slots=True)
class Mapped:
    """`field` of the standard says the same thing as `held` of our record, through `as_`."""

    field: str
    held: str
    as_: Kept


@dataclass(frozen=True)
class Standard:
    """One class of one edition.

    Both standards name a `site_id`: what we keep of a cell is named with `prefix`. `personal(cells, known)`
    names the fields that may tell who a natural person is: they are emptied before anything is kept.
    `refuses(cells)` says why a valid row is not taken, `notes(cells)` what of it is not. `words` are older
    words of a field, read as today's.
    """

    code: str
    title: str
    edition: str
    version: str
    key: str
    prefix: str
    label: str  # the field that names a row to a reader
    record: str  # "site", "lot", "occupancy", or "" for a class that only its rows hold
    mapped: tuple[Mapped, ...] = ()
    kinds: tuple[str, ...] = ()  # natures of our sites that this class is about
    personal: Callable[[Cells, frozenset[str]], set[str]] = nobody
    refuses: Callable[[Cells], str] = lambda cells: ""
    notes: Callable[[Cells], list[str]] = lambda cells: []
    contacts: tuple[str, ...] = ()  # fields that a public file leaves empty
    page: str = "https://cnig.gouv.fr/"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def schema(self) -> dict:
        path = SCHEMAS / f"{self.code}-{self.version}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    @cached_property
    def fields(self) -> tuple[str, ...]:
        return tuple(one["name"] for one in self.schema["fields"])

    @cached_property
    def described(self) -> dict[str, dict]:
        return {one["name"]: one for one in self.schema["fields"]}

    @property
    def missing(self) -> tuple[str, ...]:
        """Texts that stand for no value."""
        return tuple(self.schema.get("missingValues", ("",)))

    @property
    def by_field(self) -> dict[str, Mapped]:
        return {one.field: one for one in self.mapped}

    def required(self) -> Iterable[str]:
        return (name for name, one in self.described.items() if one.get("constraints", {}).get("required"))

    def ours(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def stored(self, cells: Cells) -> Cells:
        """Under our own names, fields of the standard only."""
        return {self.ours(name): cells[name] for name in self.fields if name in cells}

    def given(self, stored: Cells) -> Cells:
        """Back under the names of the standard; a field that is not there is empty."""
        return {name: stored.get(self.ours(name), "") for name in self.fields}
