"""What a file of many records is made of: its columns, and how a record is known again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from django.db.models import Model, QuerySet

from agglo.figures.text import search_key

from .cells import same
from .kinds import Reference, Text

KEY, STAMP, REASON, PUBLISHED = "repere", "empreinte", "motif_du_refus", "publie"
YES = "oui"
STAMP_MEANING = (
    "Ce que la ligne disait quand le fichier a été fait. Ne pas y toucher : elle dit si quelqu’un a modifié"
    " la fiche entre-temps."
)
Told = dict[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is written, `path` is read from the record (the field when empty). Without a field, a column
    informs and is never read back.
    """

    name: str
    meaning: str
    kind: Text
    field: str = ""
    path: str = ""
    required: bool = False

    @property
    def source(self) -> str:
        return self.path or self.field

    @property
    def words(self) -> str:
        """Its meaning with what may stand in it, for the sheet of definitions."""
        if not self.field:
            return f"{self.meaning} Pour information : ne se change pas par ce fichier."
        needed = " Obligatoire." if self.required else ""
        return f"{self.meaning} ({self.kind.words}).{needed}"


@dataclass(frozen=True)
class Sheet:
    """One kind of file. `twins` are the columns that make two new records the same one; `scheme` and `nature`
    are what the ledger calls such a record; `named` are the neighbours whose names are searched with it.
    """

    code: str
    title: str
    one: str
    many: str
    definition: str
    model: type[Model]
    records: Callable[[], QuerySet]
    columns: tuple[Column, ...]
    twins: tuple[str, ...]
    rules: Callable[[Told], list[tuple[str, str]]]
    scheme: str
    nature: Callable[[Model], str]
    named: tuple[str, ...]
    references: Mapping[str, Callable[[set[str]], dict[str, int]]] = field(default_factory=dict)

    @property
    def key(self) -> Column:
        return self.columns[0]

    @property
    def editable(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns[1:] if column.field)

    @property
    def names(self) -> list[str]:
        return [*(column.name for column in self.columns), STAMP]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def title_column(self) -> Column:
        return self.columns[1]

    def paths(self) -> list[str]:
        return ["pk", "updated_at", *(column.source for column in self.columns)]

    def told(self, values: Iterable) -> Told:
        """What a record says, column by column, from the values of its `paths` after the first two."""
        return {
            column.name: column.kind.text(value) for column, value in zip(self.columns, values, strict=True)
        }

    def stamp(self, told: Mapping[str, str]) -> str:
        """A short print of the columns that can be changed."""
        said = "\x1f".join(same(told[column.name]) for column in self.editable)
        return blake2b(said.encode(), digest_size=6).hexdigest()

    def heading(self, text: str) -> str:
        """The column that a heading means: « Intitulé » is `intitule`. Unknown ones come back as written."""
        asked = search_key(text).replace(" ", "_")
        return asked if asked in self.names or asked == REASON else text.strip()

    def recognised(self, headings: Iterable[str]) -> int:
        """How many of these headings are columns of this kind of file; none without its key."""
        found = {self.heading(text) for text in headings}
        return len(found & set(self.names)) if KEY in found and len(found & set(self.names)) > 1 else 0

    def linked(self) -> list[Column]:
        return [column for column in self.editable if isinstance(column.kind, Reference)]
