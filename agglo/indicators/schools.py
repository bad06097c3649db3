"""Rates that are published school by school, as pure functions: the one in the middle, place by place.

The rate of a territory is not the mean of the rates of its schools, whose pupils are not published: what can
be said honestly is the median school. Fewer than three published schools say nothing.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from statistics import median

from django.conf import settings

from agglo.opendata.declaration import Row

FEWEST = 3
REGION = ("002", "059", "060", "062", "080")  # a school's identifier opens with its département


def places(uai: str, ours: Collection[str]) -> list[tuple[str, str]]:
    """Where a school counts."""
    found = [("FRANCE", "F")]
    if uai[:3] in REGION:
        found.append(("REG", "32"))
    if uai[:3] == "062":
        found.append(("DEP", "62"))
    if uai in ours:
        found.append(("EPCI", settings.EPCI_CODE))
    return found


def medians(rates: Iterable[tuple[str, str, str, Decimal | None]], ours: Collection[str]) -> Iterator[Row]:
    """Rows out of (school, measure, period, rate); a rate that is not published is left out."""
    held: dict[tuple[str, str, str, str], list[Decimal]] = defaultdict(list)
    for uai, measure, period, rate in rates:
        for scheme, code in places(uai, ours) if rate is not None else ():
            held[scheme, code, measure, period].append(rate)
    for line, ((scheme, code, measure, period), values) in enumerate(sorted(held.items()), start=1):
        if len(values) >= FEWEST:
            yield Row(line, scheme, code, measure, "", period, f"{median(values):f}")


def last_year(said: object) -> str | None:
    """`cumul 2022-2023` ends in 2023; `2024` is 2024."""
    match = re.search(r"(\d{4})$", str(said or "").strip())
    return match[1] if match else None
