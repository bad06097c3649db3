"""Lines of a file against the records they speak of: added, changed, unchanged or refused, cell by cell.

A batch costs a handful of queries whatever its size. Nothing is written.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.utils.text import slugify
from django.utils.timezone import localtime

from projects.models.bulk import Change

from .cells import same
from .columns import KEY, PUBLISHED, STAMP, YES, Sheet, Told
from .reading import Line

TRIES = 9


@dataclass(slots=True)
class Compared:
    """What became of one line. `change` stays empty when the record says the same already; `public` says
    that the public reads the record, or would.
    """

    line: Line
    change: str = ""
    key: str = ""
    title: str = ""
    record_id: int | None = None
    public: bool = False
    cells: dict[str, list[str]] = field(default_factory=dict)
    reasons: list[dict[str, str]] = field(default_factory=list)

    def refuse(self, column: str, why: str, now: str | None = None) -> None:
        self.change, self.cells = Change.REFUSED, {}
        said = {"column": column, "value": self.line.given.get(column, ""), "why": why}
        self.reasons.append(said if now is None else said | {"now": now})


@dataclass(slots=True)
class Held:
    """A record as it is now."""

    pk: int
    updated_at: datetime
    told: Told
    sheet: Sheet

    @property
    def since(self) -> str:
        return f"{localtime(self.updated_at):%d/%m/%Y à %H:%M}"

    @property
    def stamp(self) -> str:
        return self.sheet.stamp(self.told)


class Comparison:
    """One file: what its columns are, and the keys it has used so far."""

    def __init__(self, sheet: Sheet, columns: Sequence[str]) -> None:
        self.sheet = sheet
        self.given = [column for column in sheet.editable if column.name in columns]
        self.told_only = [column for column in sheet.columns if not column.field and column.name in columns]
        self.read = [column.name for column in (*self.given, *self.told_only)]
        self.stamped = STAMP in columns
        self.missing = [column for column in sheet.editable if column.required and column not in self.given]
        self.whole = len(self.given) == len(sheet.editable)
        self.used: dict[str, int] = {}
        self.twins: dict[tuple[str, ...], int] = {}
        self.overlooked: dict[str, int] = {}

    def compare(self, lines: Sequence[Line]) -> list[Compared]:
        rows = [Compared(line, key=line.given[KEY]) for line in lines]
        held = held_of(self.sheet, {row.key for row in rows if row.key})
        said = {row.line.number: self._clean(row) for row in rows if not self._as_written(row, held)}
        held |= held_of(self.sheet, {row.key for row in rows if row.key} - held.keys())
        for row in rows:
            told, known = said.get(row.line.number), held.get(row.key)
            self._once(row)
            if known is None:
                self._new(row, told or {})
            else:
                row.record_id = known.pk
                if told is not None:
                    self._known(row, told, known)
            row.title = (
                (told or {}).get(self.sheet.title_column.name)
                or (known.told if known else {}).get(self.sheet.title_column.name, "")
            )[:200]
        self._linked(rows)
        self._twins([row for row in rows if row.change == Change.ADDED])
        self._named([row for row in rows if row.change == Change.ADDED])
        return rows

    def _as_written(self, row: Compared, held: Mapping[str, Held]) -> bool:
        """Whether the line still says letter by letter what its record says: most lines of an export."""
        known, given = held.get(row.key), row.line.given
        return known is not None and all(given[name] == known.told[name] for name in self.read)

    def _clean(self, row: Compared) -> Told:
        """The line in canonical texts; what cannot be read is refused and left out."""
        told, row.key = {}, ""
        for column in (self.sheet.key, *self.given):
            try:
                text = column.kind.clean(row.line.given[column.name])
            except ValueError as error:
                row.refuse(column.name, str(error))
                continue
            if column.required and not text:
                row.refuse(column.name, "Cette colonne ne peut pas rester vide.")
            elif column is self.sheet.key:
                row.key = text
            else:
                told[column.name] = text
        return told

    def _once(self, row: Compared) -> None:
        first = self.used.setdefault(row.key, row.line.number) if row.key else row.line.number
        if first != row.line.number:
            row.refuse(KEY, f"Ce repère est déjà celui de la ligne {first} : laissez une seule ligne.")

    def _new(self, row: Compared, told: Told) -> None:
        if self.stamped and same(row.line.given[STAMP]):
            row.refuse(
                KEY, "Cette fiche n’existe plus : elle a été supprimée, ou son repère a été modifié ici."
            )
        for column in self.missing:
            row.refuse(column.name, f"Une nouvelle fiche demande la colonne « {column.name} ».")
        whole = {column.name: "" for column in self.sheet.editable} | told
        if not row.change:
            self._rules(row, whole)
        if not row.change:
            row.change = Change.ADDED
            row.cells = {name: ["", text] for name, text in whole.items() if text}
            row.public = whole[PUBLISHED] == YES

    def _known(self, row: Compared, told: Told, held: Held) -> None:
        self._overlook(row, held)
        if row.change:
            return
        different = {name: text for name, text in told.items() if _differ(text, held.told[name])}
        stamp = same(row.line.given[STAMP]) if self.stamped else ""
        if not different or (self.whole and self.sheet.stamp(told) == stamp):
            # Nothing to do; or a colleague changed a record that this file leaves as it was.
            return
        if self.stamped and not stamp:
            row.refuse(
                KEY, "Ce repère est déjà pris : videz-le pour une nouvelle fiche, ou repartez d’un export."
            )
        elif self.stamped and stamp != held.stamp:
            for name in different:
                row.refuse(
                    name, f"Modifié par quelqu’un depuis votre export (le {held.since}).", held.told[name]
                )
            row.line.given[STAMP] = held.stamp
        else:
            self._rules(row, held.told | told)
        if not row.change:
            row.change = Change.CHANGED
            row.cells = {name: [held.told[name], text] for name, text in different.items()}
            row.public = YES in (held.told[PUBLISHED], told.get(PUBLISHED))

    def _rules(self, row: Compared, whole: Told) -> None:
        for name, why in self.sheet.rules(whole):
            row.refuse(name, why)

    def _overlook(self, row: Compared, held: Held) -> None:
        """Counts cells that only inform and were edited all the same."""
        for column in self.told_only:
            text = row.line.given[column.name]
            if same(text) and _differ(text, held.told[column.name]):
                self.overlooked[column.name] = self.overlooked.get(column.name, 0) + 1

    def _linked(self, rows: list[Compared]) -> None:
        cells = [row.cells for row in rows]
        for column in self.sheet.linked():
            texts = [held.get(column.name, ["", ""])[1] for held in cells]
            asked = set(texts) - {""}
            found = self.sheet.references[column.name](asked) if asked else {}
            for row, text in zip(rows, texts, strict=True):
                if text and text not in found:
                    row.refuse(column.name, column.kind.unknown(text))

    def _twins(self, new: list[Compared]) -> None:
        """A new record that is already there under another key: a file loaded twice adds nothing twice."""
        first, second = (self.sheet.column(name) for name in self.sheet.twins)
        there = self.sheet.model._default_manager.filter(
            **{f"{first.field}__in": [row.cells[first.name][1] for row in new]}
        ).values_list(first.source, second.source, "slug")
        known = {(same(a), same(second.kind.text(b))): slug for a, b, slug in (there if new else ())}
        for row in new:
            pair = tuple(same(row.cells.get(column.name, ["", ""])[1]) for column in (first, second))
            before = self.twins.setdefault(pair, row.line.number)
            if pair in known:
                row.refuse(first.name, f"Cette fiche existe déjà sous le repère « {known[pair]} ».")
            elif before != row.line.number:
                row.refuse(first.name, f"La même fiche est déjà à la ligne {before}.")

    def _named(self, new: list[Compared]) -> None:
        """A key for those that gave none, made of their name."""
        bases = {row.line.number: _base(row.title) for row in new if not row.key}
        met = Counter(bases.values())
        taken = self._taken(met)
        again = {base for base, count in met.items() if count > 1 or base in taken or base in self.used}
        taken |= self._taken({name for base in again for name in _names(base)})
        for row in new:
            if row.key:
                continue
            base = bases[row.line.number]
            free = (name for name in _names(base) if name not in taken and name not in self.used)
            row.key = next(free, f"{base}-l{row.line.number}")
            self.used[row.key] = row.line.number

    def _taken(self, keys: Collection[str]) -> set[str]:
        records = self.sheet.model._default_manager.filter(slug__in=keys)
        return set(records.values_list("slug", flat=True)) if keys else set()


def _differ(text: str, held: str) -> bool:
    return text != held and same(text) != same(held)


def _base(title: str) -> str:
    return slugify(title)[:52].strip("-") or "fiche"


def _names(base: str) -> list[str]:
    return [base, *(f"{base}-{number}" for number in range(2, TRIES + 1))]


def held_of(sheet: Sheet, keys: set[str]) -> dict[str, Held]:
    """The records of these keys as they are now; one query."""
    return {one.told[KEY]: one for one in _held(sheet, Q(slug__in=keys))} if keys else {}


def held_by_pk(sheet: Sheet, pks: set[int]) -> dict[int, Held]:
    return {one.pk: one for one in _held(sheet, Q(pk__in=pks))} if pks else {}


def _held(sheet: Sheet, asked: Q) -> Iterator[Held]:
    for pk, updated_at, *values in sheet.records().filter(asked).order_by().values_list(*sheet.paths()):
        yield Held(pk, updated_at, sheet.told(values), sheet)
