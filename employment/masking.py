"""What a follow-up may show, read beside every other one of its plan that is or was public."""

import re

from agglo.disclosure import Cell, Relation, Release, protect_release
from agglo.disclosure.cells import PEOPLE
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Review

from .models import FollowUp

BASE, SOLVED, DURABLE, UNSOLVED, UNKNOWN = "base", "solved", "durable", "unsolved", "unknown"
# Perimeters from the widest to the narrowest: who is accompanied was dismissed, and so on.
WIDTH = ("announced", "permanent", "concerned", "dismissed", "accompanied")
WORDS = {"deux": 2, "trois": 3, "quatre": 4}


def cells_of(row: FollowUp) -> tuple[list[Cell], list[Relation]]:
    """Everything the public could put side by side about this follow-up, and what ties it."""
    flags = {one.category_id: one for one in row.plan.categories.all()}
    lines = list(row.lines.select_related("category"))
    counts = {line.category.code: line.count for line in lines}
    solved = [line.category.code for line in lines if flags[line.category_id].is_solution]
    durable = [line.category.code for line in lines if flags[line.category_id].is_durable]
    cells = [Cell(code, count) for code, count in counts.items()]
    cells.append(Cell(SOLVED, sum(counts[code] for code in solved), cost=5))
    cells.append(Cell(DURABLE, sum(counts[code] for code in durable), cost=3))
    relations = [Relation.of(SOLVED, solved), Relation.of(DURABLE, durable)]
    if row.base is not None and row.base >= sum(counts.values()):
        cells.append(Cell(BASE, row.base, cost=9))
        cells.append(Cell(UNKNOWN, row.base - sum(counts.values())))
        cells.append(Cell(UNSOLVED, row.base - cells[len(counts)].value, cost=2))
        relations += [Relation.of(BASE, [*counts, UNKNOWN]), Relation.of(BASE, [SOLVED, UNSOLVED])]
    elif row.base is not None:
        # A source whose parts exceed its base: the base ties nothing.
        cells.append(Cell(BASE, row.base, cost=9))
    return cells, relations


def released(row: FollowUp) -> list[FollowUp]:
    """Every follow-up of the plan that the public can read, today or as known on a date, by date."""
    held = FollowUp.objects.filter(plan=row.plan_id, review=Review.APPROVED).exclude(pk=row.pk)
    held = held.select_related("plan", "perimeter").prefetch_related("masks")
    return sorted([*held, row], key=_place)


def _place(row: FollowUp) -> tuple:
    """A correction follows what it corrects; what is not approved yet comes last of its date."""
    return (
        row.end,
        row.dataset,
        row.approved_at is None,
        row.approved_at and row.approved_at.timestamp(),
        row.pk,
    )


def release_of(row: FollowUp) -> Release:
    return Release(*cells_of(row), frozenset(key for held in row.masks.all() for key in held.mask))


def nested(rows: list[FollowUp]) -> list[tuple[int, int]]:
    """Pairs that count, on the same day, a population and part of it."""
    width = {code: place for place, code in enumerate(WIDTH)}
    return [
        (large, small)
        for large, wide in enumerate(rows)
        for small, narrow in enumerate(rows)
        if wide.end == narrow.end and width.get(wide.perimeter.code, 9) < width.get(narrow.perimeter.code, -1)
    ]


def preview(row: FollowUp) -> dict:
    """Cells to mask: those that were masked when it was approved, else those that approval would mask."""
    if row.review == Review.APPROVED:
        return {key: why for held in row.masks.all() for key, why in held.mask.items()}
    return needed(row)


def needed(row: FollowUp) -> dict:
    """Cells that publishing this follow-up must mask. Raises Unprotectable."""
    rows = released(row)
    before = row.plan.masks.filter(release=release_key(row))
    return protect_release(
        [release_of(one) for one in rows],
        rows.index(row),
        PEOPLE,
        frozen={key for held in before for key in held.mask},
        nested=nested(rows),
    )


def release_key(row: FollowUp) -> str:
    return f"{row.dataset}:{row.start}:{row.end}"


def betrayed(row: FollowUp, mask: dict) -> list[int]:
    """Masked numbers that the texts to be published with the follow-up say in full."""
    text = f"{row.wording} {row.reason_words}"
    said = {int(found) for found in re.findall(r"\d+", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3})", "", text))}
    said |= {WORDS[word] for word in re.findall(r"[a-z]+", search_key(text)) if word in WORDS}
    hidden = {int(cell.value) for cell in cells_of(row)[0] if cell.key in mask and cell.value}
    return sorted(said & hidden)
