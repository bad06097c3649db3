"""Several releases read together: what one masks, the next must not give away."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .attack import Interval, leaks
from .cells import Cell, Key, Rule, Why, primary
from .protect import Unprotectable, protect
from .relations import Relation


@dataclass(frozen=True, slots=True)
class Release:
    """One publication: its cells, what ties them, and what it masked (nothing yet, for one that is to come).

    `public` cells were quoted elsewhere: masking them would be in vain.
    """

    cells: Sequence[Cell]
    relations: Sequence[Relation]
    masked: Collection[Key] = field(default_factory=frozenset)

    def shows(self, cell: Cell) -> bool:
        return cell.key not in self.masked


# Places of two releases, the second counting part of the people of the first: what one key has more than the
# other counts people too.
Nested = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Joined:
    """Cells of all releases, once each: a number that did not move from one release to the next is one cell.

    Nobody told the reader that it did not move, but a reader may guess it, and must not be rewarded.
    """

    cells: list[Cell]
    relations: list[Relation]
    names: list[Mapping[Key, Key]]  # by release: its key -> that of the joined cell
    shown: frozenset[Key]

    def frozen(self, releases: Sequence[Release]) -> set[Key]:
        return {
            names[key]
            for names, one in zip(self.names, releases, strict=True)
            for key in one.masked
            if key in names
        } - self.shown


def join(releases: Sequence[Release], pending: int | None = None, nested: Iterable[Nested] = ()) -> Joined:
    """In the order of their dates. The one in place `pending` shows nothing yet."""
    last: dict[Key, tuple[Key, float]] = {}
    cells: dict[Key, Cell] = {}
    names: list[Mapping[Key, Key]] = []
    shown: set[Key] = set()
    relations: list[Relation] = []
    for place, release in enumerate(releases):
        here: dict[Key, Key] = {}
        for cell in release.cells:
            name, value = last.get(cell.key, (None, None))
            if name is None or value != cell.value:
                name = (place, cell.key)
                cells[name] = _named(cell, name)
            last[cell.key], here[cell.key] = (name, cell.value), name
            if place != pending and release.shows(cell):
                shown.add(name)
        relations += [
            Relation({here[key]: factor for key, factor in one.terms.items()}, one.low, one.high)
            for one in release.relations
        ]
        names.append(here)
    for large, small in nested:
        for key in names[large].keys() & names[small].keys():
            whole, part = names[large][key], names[small][key]
            rest = cells[whole].value - cells[part].value
            if whole != part and rest >= 0:
                cells[large, small, key] = Cell((large, small, key), rest)
                relations.append(Relation.of(whole, [part, (large, small, key)]))
                if {whole, part} <= shown:
                    shown.add((large, small, key))
    known = [
        _named(cell, cell.key, public=cell.key in shown or cell.already_public) for cell in cells.values()
    ]
    return Joined(known, relations, names, frozenset(shown))


def _named(cell: Cell, name: Key, *, public: bool | None = None) -> Cell:
    already = cell.already_public if public is None else public
    return Cell(name, cell.value, cell.contributors, cell.largest, cell.cost, already)


def protect_release(
    releases: Sequence[Release],
    place: int,
    rule: Rule,
    *,
    frozen: Iterable[Key] = (),
    nested: Iterable[Nested] = (),
) -> dict[Key, Why]:
    """What the one in this place must mask; the others, dated before and after it, are public already.

    `frozen` keys were masked by a former account of the same date. Raises Unprotectable.
    """
    joined = join(releases, place, nested)
    names = joined.names[place]
    again = {key for key in frozen if key in names}
    kept = joined.frozen(releases) | {names[key] for key in again}
    try:
        mask = protect(joined.cells, joined.relations, rule, frozen=kept - joined.shown)
    except Unprotectable:
        # What the others give away already is lost: it stays masked, and does not bar the way to this one.
        others = [one if n != place else Release((), ()) for n, one in enumerate(releases)]
        lost = leaks_of(others, rule, nested)
        if not lost:
            raise
        cells = [_named(one, one.key, public=one.already_public or one.key in lost) for one in joined.cells]
        mask = protect(cells, joined.relations, rule, frozen=kept - joined.shown)
    found = {key: mask[name] for key, name in names.items() if name in mask}
    return dict.fromkeys(again, Why.FROZEN) | found


def leaks_of(releases: Sequence[Release], rule: Rule, nested: Iterable[Nested] = ()) -> dict[Key, Interval]:
    """Cells that a reader of all these releases together knows too closely; empty when they hold."""
    joined = join(releases, None, nested)
    masked = {cell.key for cell in joined.cells} - joined.shown
    sensitive = list(primary([_hidden(cell) for cell in joined.cells], rule))
    return leaks(joined.cells, joined.relations, masked, sensitive, rule)


def _hidden(cell: Cell) -> Cell:
    return _named(cell, cell.key, public=False)
