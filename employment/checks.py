"""What is odd in a follow-up, in sentences: warnings explain, they never refuse what a source said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from agglo.charts import french


@dataclass(frozen=True, slots=True)
class Told:
    """A follow-up as numbers: people by situation code, and what its source gives besides."""

    end: date
    counts: Mapping[str, int]
    solutions: frozenset[str]
    base: int | None = None
    total: int | None = None
    source: str = ""


def warnings(
    told: Told, before: Told | None = None, announced: date | None = None, beside: str = ""
) -> list[str]:
    """`before` is the last one of the same perimeter; `beside` another source on the same date."""
    found, number = [], french.number
    placed = sum(told.counts.values())
    solved = sum(count for code, count in told.counts.items() if code in told.solutions)
    if told.base is not None and placed > told.base:
        found.append(
            f"La somme des situations ({number(placed)}) dépasse le périmètre ({number(told.base)})\u00a0: "
            "une personne est-elle comptée deux fois\u202f?"
        )
    if told.total is not None and solved != told.total:
        found.append(
            f"Les solutions font {number(solved)}, la source dit {number(told.total)}\u00a0: "
            "une situation manque-t-elle\u202f?"
        )
    if announced and told.end < announced:
        found.append(
            f"Ce point est daté d’avant le plan ({french.date_long(announced)})\u00a0: vérifiez la date."
        )
    if beside:
        found.append(f"{beside} a déjà parlé de cette date\u00a0: les deux points seront gardés.")
    if before is None:
        return found
    for code, count in told.counts.items():
        if code in told.solutions and count < before.counts.get(code, 0):
            found.append(
                f"{code}\u00a0: {number(count)} après {number(before.counts[code])}. "
                "Correction ou changement de définition\u202f?"
            )
    if told.base is not None and before.base is not None and told.base != before.base:
        found.append(f"Le périmètre passe de {number(before.base)} à {number(told.base)} personnes.")
    return found
