"""What the law makes a company owe for revitalisation: two monthly Smic a job cut, four without agreement."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "smic.csv"
WITH_AGREEMENT, WITHOUT = 2, 4
LAW = "articles L. 1233-84 à L. 1233-86 du code du travail"


@dataclass(frozen=True, slots=True)
class Smic:
    """Gross monthly minimum wage for 35 hours, in euros, from a day on."""

    start: date
    hourly: Decimal
    monthly: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Obligation:
    smic: Smic
    jobs: int

    @property
    def floor(self) -> Decimal:
        return WITH_AGREEMENT * self.smic.monthly * self.jobs

    @property
    def ceiling(self) -> Decimal:
        return WITHOUT * self.smic.monthly * self.jobs


@cache
def table() -> tuple[Smic, ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Smic(
                date.fromisoformat(row["from"]),
                Decimal(row["hourly"]),
                Decimal(row["monthly"]),
                row["source"],
            )
            for row in csv.DictReader(file, delimiter=";")
        )


def smic_on(day: date) -> Smic | None:
    """The one in force; None before the first that the table holds."""
    return next((row for row in reversed(table()) if row.start <= day), None)


def obligation(jobs: int | None, day: date | None) -> Obligation | None:
    smic = smic_on(day) if day else None
    return Obligation(smic, jobs) if smic and jobs else None
