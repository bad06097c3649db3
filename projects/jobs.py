"""Jobs counted once: gross, overlap, transfers and net for each status; statuses are never added. Pure.

Claims of one pool are about the same actual jobs: the largest stands for them all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from agglo.figures.vocabulary import Evidence


class Standing(IntEnum):
    """How firmly jobs stand; only those that a named counterpart confirmed are observed."""

    CONFIRMED = 0
    REPORTED = 1
    COMMITTED = 2
    ANNOUNCED = 3
    POTENTIAL = 4

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Standing.CONFIRMED: "constaté et confirmé",
    Standing.REPORTED: "constaté, non confirmé",
    Standing.COMMITTED: "engagé",
    Standing.ANNOUNCED: "annoncé",
    Standing.POTENTIAL: "potentiel",
}
_STANDINGS = {
    Evidence.COMMITTED: Standing.COMMITTED,
    Evidence.ANNOUNCED: Standing.ANNOUNCED,
    Evidence.TARGET: Standing.ANNOUNCED,
    Evidence.POTENTIAL: Standing.POTENTIAL,
    Evidence.ESTIMATED: Standing.REPORTED,
}


@dataclass(frozen=True, slots=True)
class Claim:
    """`share` is our part of a pool that two authorities run: None when no agreement fixes it."""

    pool: str
    standing: Standing
    number: int
    transferred: int = 0
    exact: bool = True
    share: Fraction | None = Fraction(1)


@dataclass(frozen=True, slots=True)
class Count:
    """gross = overlap + transferred + net, always. `exact` is false when a source was approximate."""

    gross: int
    overlap: int
    transferred: int
    net: int
    claims: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by standing, firmest first, and the claims left out because nobody has said whose they are."""

    counts: dict[Standing, Count]
    aside: tuple[Claim, ...]


def standing_of(evidence: int, confirmed: bool) -> Standing:
    if evidence == Evidence.OBSERVED:
        return Standing.CONFIRMED if confirmed else Standing.REPORTED
    return _STANDINGS[Evidence(evidence)]


def tally(claims: Iterable[Claim]) -> Tally:
    """Never a total over standings: the same jobs may be announced, then committed, then observed."""
    groups: dict[Standing, dict[str, list[Claim]]] = {}
    aside = []
    for claim in claims:
        if claim.share is None:
            aside.append(claim)
        else:
            groups.setdefault(claim.standing, {}).setdefault(claim.pool, []).append(claim)
    return Tally({standing: _count(groups[standing].values()) for standing in sorted(groups)}, tuple(aside))


def _count(pools: Iterable[Sequence[Claim]]) -> Count:
    gross = overlap = transferred = net = number = 0
    exact = True
    for claims in pools:
        ours = [allotted(claim.number, claim.share) for claim in claims]
        distinct = max(ours)
        moved = min(distinct, max(allotted(claim.transferred, claim.share) for claim in claims))
        gross += sum(ours)
        overlap += sum(ours) - distinct
        transferred += moved
        net += distinct - moved
        number += len(claims)
        exact = exact and all(claim.exact for claim in claims)
    return Count(gross, overlap, transferred, net, number, exact)


def allotted(number: int, share: Fraction | None) -> int:
    """Our part, rounded half up; nothing when no agreement says it."""
    return 0 if share is None else int(number * share + Fraction(1, 2))


def allot(number: int, shares: Sequence[Fraction]) -> list[int]:
    """Whole jobs by authority that add up to `number`: the largest remainders first.

    Raises ValueError when the shares do not make one.
    """
    if sum(shares) != 1 or any(share < 0 for share in shares):
        raise ValueError("Les parts doivent faire 100\u00a0%.")
    exact = [number * share for share in shares]
    whole = [int(part) for part in exact]
    order = sorted(range(len(shares)), key=lambda i: (whole[i] - exact[i], i))
    for place in order[: number - sum(whole)]:
        whole[place] += 1
    return whole


def by_commune(moves: Iterable[tuple[str, str, int]], ours: set[str]) -> dict[str, int]:
    """Net effect by commune of moves (from, to, jobs); a move within our territory adds up to nothing."""
    effect: dict[str, int] = {}
    for origin, destination, jobs in moves:
        for commune, change in ((origin, -jobs), (destination, jobs)):
            if commune in ours:
                effect[commune] = effect.get(commune, 0) + change
    return effect


def realised(announced: int, observed: int) -> float | None:
    """Percent of the jobs announced that were observed; None when nothing was announced."""
    return None if announced == 0 else 100 * observed / announced
