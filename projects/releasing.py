"""On which day the pipeline may be told to the public, and which counts of it. Pure.

Only whole quarters are told, and a quarter only when at least three cases came, left or changed stage since
the one told before: the difference between two publications is then never that of one case.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from agglo.disclosure import Cell, Relation, protect
from agglo.disclosure.cells import COMPANIES

Snapshot = frozenset[tuple[int, int]]  # (case, stage)
WHOLE = "total"


def quarter_ends(first: date, today: date) -> list[date]:
    """The last days of the quarters that are over, from the one `first` lies in."""
    found, year, month = [], first.year, (first.month - 1) // 3 * 3 + 4
    while True:
        year, month = (year + 1, month - 12) if month > 12 else (year, month)
        end = date(year, month, 1) - timedelta(days=1)
        if end >= today:
            return found
        found.append(end)
        month += 3


def released(snapshots: Sequence[tuple[date, Snapshot]]) -> date | None:
    """The last day that may be told; None when no quarter held enough cases."""
    told: tuple[date, Snapshot] | None = None
    for day, held in snapshots:
        changed = {case for case, _ in held ^ (told[1] if told else frozenset())}
        enough = not held or len(held) >= COMPANIES.smallest
        if enough and (len(changed) >= COMPANIES.smallest or (told and not changed)):
            told = day, held
    return told[0] if told else None


def masked_stages(counts: Mapping[int, int]) -> set[int | str]:
    """Stages whose count is not told: fewer than three cases, and what would give them back.

    The whole itself, under WHOLE, when nothing else protects them: cases that are all alone at their stage.
    """
    cells = [Cell(stage, count) for stage, count in counts.items()]
    total = Cell(WHOLE, sum(counts.values()), cost=len(cells) + 1)
    return set(protect([*cells, total], [Relation.of(WHOLE, counts)], COMPANIES))
