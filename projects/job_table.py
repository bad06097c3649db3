"""Jobs of a site, a project or the territory, ready for a page: counted once, claims with their figures.

jobs = job_table(JobClaim.objects.attested().filter(pool__site=site))
{% include "projects/jobs.html" with jobs=jobs %}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from agglo.figures.vocabulary import Qualifier
from projects.jobs import Claim, Count, Standing, realised, standing_of, tally
from projects.ledger import figures_quoted
from projects.models import JobClaim, JobPool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """`figure_id` is the figure of the ledger that the number comes from, when it is there."""

    claim: JobClaim
    standing: Standing
    figure_id: int | None


@dataclass(frozen=True, slots=True)
class CountRow:
    """`within`: of the net, jobs that a confirmed number is about already."""

    standing: Standing
    count: Count
    within: int = 0

    @property
    def qualified(self) -> str:
        """« environ », « au plus »; nothing when the number is exact."""
        return "" if self.count.qualifier == Qualifier.EXACT else self.count.qualifier.label


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was announced of a pool beside what was observed, the last word of each."""

    pool: JobPool
    announced: JobClaim
    observed: JobClaim
    percent: float


@dataclass(frozen=True, slots=True)
class JobTable:
    counts: list[CountRow]
    claims: list[ClaimRow]
    aside: list[JobPool]
    doubts: list[tuple[JobPool, JobPool]]
    outcomes: list[Outcome]

    def __bool__(self) -> bool:
        return bool(self.claims)


def job_table(claims: Iterable[JobClaim]) -> JobTable:
    """Five queries whatever the number of claims. Give it attested claims, or demonstration ones, never both.

    Raises ValueError when they are mixed: an invented job is never added to an attested one.
    """
    found = list(claims.for_counting())
    if len({claim.is_demo for claim in found}) > 1:
        raise ValueError("Des emplois fictifs ne s’ajoutent pas à des emplois attestés.")
    keys = figures_quoted([claim.figure_key for claim in found])
    rows = [
        ClaimRow(one, standing_of(one.evidence, bool(one.confirmed_by)), keys.get(one.figure_key))
        for one in found
    ]
    counting = [row for row in rows if row.claim.contested_on is None]
    result = tally(
        Claim(
            row.claim.pool.slug,
            row.standing,
            row.claim.number,
            row.claim.transferred,
            Qualifier(row.claim.qualifier),
            share_of(row.claim.pool),
            row.claim.as_of,
            row.claim.is_part,
        )
        for row in counting
    )
    pools = {row.claim.pool.slug: row.claim.pool for row in rows}
    aside = {claim.pool for claim in result.aside}
    return JobTable(
        counts=[
            CountRow(standing, count, result.within if standing == Standing.REPORTED else 0)
            for standing, count in result.counts.items()
        ],
        claims=sorted(rows, key=lambda row: (row.claim.pool.name, row.standing, row.claim.as_of)),
        aside=[pool for slug, pool in pools.items() if slug in aside],
        doubts=_doubts(pools),
        outcomes=_outcomes(counting),
    )


def share_of(pool: JobPool) -> Fraction | None:
    """Ours wholly, the agreed part of a shared pool, or None when no agreement says it."""
    if not pool.shared_with:
        return Fraction(1)
    return None if pool.share is None else Fraction(pool.share) / 100


def _doubts(pools: dict[str, JobPool]) -> list[tuple[JobPool, JobPool]]:
    """Pools that may be about the same jobs, each pair once; both must be shown here."""
    pairs = []
    for slug, pool in sorted(pools.items()):
        pairs += [(pool, pools[o.slug]) for o in pool.may_overlap.all() if o.slug in pools and slug < o.slug]
    return pairs


def _outcomes(rows: list[ClaimRow]) -> list[Outcome]:
    last: dict[tuple[str, bool], JobClaim] = {}
    for row in sorted(rows, key=lambda r: (not r.claim.is_part, r.claim.as_of, r.claim.number)):
        if row.standing in (Standing.CONFIRMED, Standing.REPORTED, Standing.ANNOUNCED):
            last[row.claim.pool.slug, row.standing == Standing.ANNOUNCED] = row.claim
    found = []
    for (slug, announced), claim in last.items():
        seen = last.get((slug, False))
        percent = realised(claim.number, seen.number) if announced and seen else None
        if percent is not None:
            found.append(Outcome(claim.pool, claim, seen, percent))
    return found
