"""The single undertaking: every company tied to one by links of control that hold on a day. Pure."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """One controls the other over [start, end[; an open side holds."""

    controller: Hashable
    controlled: Hashable
    start: date | None = None
    end: date | None = None
    key: Hashable = None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


def group_on(company: Hashable, links: Iterable[Link], day: date) -> dict[Hashable, tuple[Link, ...]]:
    """Every company of the undertaking, each with the chain of links that leads to it; itself has none.

    Links carry through other companies and count in both directions (Regulation (EU) 2023/2831, art. 2(2)).
    """
    beside: dict[Hashable, list[tuple[Hashable, Link]]] = {}
    for link in links:
        if link.holds(day):
            beside.setdefault(link.controller, []).append((link.controlled, link))
            beside.setdefault(link.controlled, []).append((link.controller, link))
    found: dict[Hashable, tuple[Link, ...]] = {company: ()}
    front = [company]
    while front:
        reached = []
        for one in front:
            for other, link in beside.get(one, ()):
                if other not in found:
                    found[other] = (*found[one], link)
                    reached.append(other)
        front = reached
    return found
