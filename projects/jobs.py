"""Jobs counted once: gross, overlap, transfers and net for each status; statuses are never added. Pure.

Claims of one pool are about the same actual jobs. Of one status, the latest word stands: an earlier number
was true in its time and counts no more. Overlap is between claims of one time: the largest stands for all.
A claim that is of a part only (the former employees of a plan, among those of a site) is beside the whole as
long as no later whole is known, and never takes its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction

from agglo.figures.vocabulary import Evidence, Qualifier


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
    """`share` is our part of a pool that two authorities run: None when no agreement fixes it. `on` is the
    day that the number is of; `part` that it is of some of the pool’s jobs only.
    """

    pool: str
    standing: Standing
    number: int
    transferred: int = 0
    qualifier: Qualifier = Qualifier.EXACT
    share: Fraction | None = Fraction(1)
    on: date = date.min
    part: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """gross = overlap + transferred + net, always. `claims` are those that count, `earlier` those that a
    later one took the place of; `qualifier` is what the words of the sources do to the sum.
    """

    gross: int
    overlap: int
    transferred: int
    net: int
    claims: int
    qualifier: Qualifier
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by standing, firmest first, and the claims left out because nobody has said whose they are.

    `within` are the unconfirmed jobs, net, that are about the same jobs as a confirmed number: they stand
    beside it and are never added to it.
    """

    counts: dict[Standing, Count]
    aside: tuple[Claim, ...]
    within: int = 0


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
    counts = {standing: _count(groups[standing].values()) for standing in sorted(groups)}
    return Tally(counts, tuple(aside), _within(groups))


def _within(groups: dict[Standing, dict[str, list[Claim]]]) -> int:
    """All of an unconfirmed number no later than the confirmed one; of a later one, as many as that was."""
    confirmed, found = groups.get(Standing.CONFIRMED, {}), 0
    for pool, claims in groups.get(Standing.REPORTED, {}).items():
        if pool not in confirmed:
            continue
        said, sure = _count([claims]).net, _count([confirmed[pool]]).net
        later = _last(latest(claims)) > _last(latest(confirmed[pool]))
        found += min(said, sure) if later else said
    return found


def _last(claims: Sequence[Claim]) -> date:
    return max(claim.on for claim in claims)


def latest(claims: Sequence[Claim]) -> list[Claim]:
    """Of claims of one pool and one status, those that hold: of the last day, and parts known since."""
    whole = [claim for claim in claims if not claim.part]
    day = _last(whole) if whole else date.min
    parts = [claim for claim in claims if claim.part and claim.on >= day]
    of_parts = _last(parts) if parts else date.min
    return [claim for claim in whole if claim.on == day] + [one for one in parts if one.on == of_parts]


def qualified(qualifiers: Iterable[int]) -> Qualifier:
    """What is said of a sum: the one word that its terms have, « environ » when they have several."""
    said = set(qualifiers) - {Qualifier.EXACT}
    return Qualifier(said.pop()) if len(said) == 1 else Qualifier.ABOUT if said else Qualifier.EXACT


def _count(pools: Iterable[Sequence[Claim]]) -> Count:
    gross = overlap = transferred = net = number = earlier = 0
    qualifiers: list[int] = []
    for said in pools:
        claims = latest(said)
        ours = [allotted(claim.number, claim.share) for claim in claims]
        distinct = max(ours)
        moved = min(distinct, max(allotted(claim.transferred, claim.share) for claim in claims))
        gross += sum(ours)
        overlap += sum(ours) - distinct
        transferred += moved
        net += distinct - moved
        number += len(claims)
        earlier += len(said) - len(claims)
        qualifiers += [claim.qualifier for claim in claims]
    return Count(gross, overlap, transferred, net, number, qualified(qualifiers), earlier)


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
