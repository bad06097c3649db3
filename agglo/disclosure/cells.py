"""Cells of a publication, and the rules that make one too revealing by itself."""

from collections.abc import Container, Hashable, Iterable
from dataclasses import dataclass
from enum import Enum

Key = Hashable
SIGN = "s"
LEGEND = "s\u00a0: nombre masqué, pour que personne ne soit reconnu."
PEOPLE_SHARE = 1.0


class Why(Enum):
    """Kept inside: told to the public, it would narrow what a masked cell can be."""

    FREQUENCY = "A"
    DOMINANCE = "B"
    SECONDARY = "D"
    FROZEN = "G"


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` as it would be shown. `contributors` defaults to the value itself, for counts of people.

    `largest` is what the first contributor brings; `cost` is what masking loses; a cell `already_public` was
    quoted elsewhere and cannot be hidden any more.
    """

    key: Key
    value: float
    contributors: int | None = None
    largest: float | None = None
    cost: float = 1.0
    already_public: bool = False

    @property
    def floor(self) -> float:
        """The least that a reader gives a masked cell: zeros are shown, so what is masked counts somebody.

        A zero that is masked all the same, because it was masked before, is its own floor.
        """
        return 1.0 if self.value >= 1 else 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """Smallest number of contributors that may be shown, and the largest share one of them may have."""

    smallest: int
    share: float = PEOPLE_SHARE

    def width(self, cell: Cell) -> float:
        """How uncertain a masked cell must stay: the threshold for people, half the value for companies."""
        return max(1.0, 0.5 * abs(cell.value)) if self.share < 1 else float(self.smallest)


PEOPLE, PEOPLE_SENSITIVE, COMPANIES = Rule(5), Rule(11), Rule(3, 0.85)


def primary(cells: Iterable[Cell], rule: Rule) -> dict[Key, Why]:
    """Cells that must be masked by themselves. Zero contributors reveal nobody and may be shown."""
    found: dict[Key, Why] = {}
    for cell in cells:
        if cell.already_public:
            continue
        contributors = cell.value if cell.contributors is None else cell.contributors
        if 0 < contributors < rule.smallest:
            found[cell.key] = Why.FREQUENCY
        elif rule.share < 1 and cell.largest is not None and cell.largest > rule.share * cell.value:
            found[cell.key] = Why.DOMINANCE
    return found


def shown(cell: Cell, mask: Container[Key]) -> float | str:
    """What every page and every download writes: the value, or « s »."""
    return SIGN if cell.key in mask else cell.value
