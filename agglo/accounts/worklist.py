"""One thing that waits for somebody, as the staff's worklist shows it; every room brings its own."""

from dataclasses import dataclass
from enum import StrEnum


class Pile(StrEnum):
    """Where it stands, in the order of reading."""

    LATE = "late"
    WAITING = "waiting"
    QUICK = "quick"

    @property
    def title(self) -> str:
        return {
            Pile.LATE: "Ce qui est en retard",
            Pile.WAITING: "Ce qui m’attend",
            Pile.QUICK: "Ce que je peux clore en deux minutes",
        }[self]


@dataclass(frozen=True, slots=True)
class Item:
    """`what` it is about, `why` it is here, `act` (the words of the link) and where it leads.

    `post` names a field and its value: the act is then a button that sends them to `href`.
    """

    pile: Pile
    what: str
    why: str
    href: str
    act: str
    post: tuple[str, str] | None = None
    about: str = ""
