"""What waits for a person: the items that rooms bring, in three piles.

A room brings its own with a module `worklist` holding `items(user)`; it is added to `ROOMS` here.
"""

from collections.abc import Callable, Iterator

from agglo.accounts.worklist import Item, Pile
from employment import worklist as employment
from projects import aid_worklist, prospect_worklist
from projects import worklist as projects
from projects.bulk import worklist as imports
from projects.inventory import waiting as inventories
from projects.standards import waiting as standards

from . import staff_duties, staff_items

ROOMS: tuple[Callable[..., Iterator[Item]], ...] = (
    projects.items,
    staff_items.items,
    staff_duties.items,
    inventories.items,
    standards.items,
    aid_worklist.items,
    # One line a room.
    prospect_worklist.items,
    employment.items,
    imports.items,
    projects.unfollowed,
)


def piles(user) -> list[tuple[Pile, list[Item]]]:
    """Every pile with its items, empty ones too; order within a pile is that of the rooms."""
    found: dict[Pile, list[Item]] = {pile: [] for pile in Pile}
    for items in ROOMS:
        for item in items(user):
            found[item.pile].append(item)
    return list(found.items())
