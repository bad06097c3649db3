"""The cases of the database as the pure modules ask for them, on any day, in two or three queries each."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import QuerySet
from django.utils import timezone

from projects.calibration import Calibration, Forecast, calibration
from projects.job_table import share_of
from projects.models import Prospect, ProspectPassage, ProspectStage, WeightSet
from projects.models.prospect_step import CLOSED, ENGAGED, PIPELINE
from projects.portfolio import Case, Portfolio, portfolio
from projects.survival import End, Followed

ENTRY, DECISION = ProspectStage.QUALIFIED, ProspectStage.DECIDED


@dataclass(frozen=True, slots=True)
class Cohort:
    """Cases qualified in one year."""

    year: int
    lives: list[Followed]

    def ended(self, end: End) -> int:
        return sum(case.end == end for case in self.lives)


def one_class(prospects: QuerySet) -> list[Prospect]:
    """Raises ValueError when attested and invented cases are mixed: they are never counted together."""
    found = list(prospects)
    if len({one.is_demo for one in found}) > 1:
        raise ValueError("Des dossiers fictifs ne s’ajoutent pas à des dossiers attestés.")
    return found


def portfolio_of(prospects: QuerySet, weights: WeightSet, day: date | None = None) -> Portfolio:
    """Of cases in the pipeline on that day, with these declared weights."""
    held = weights.by_stage
    return portfolio(
        case_of(one, held)
        for one in one_class(prospects.with_stage(day).select_related("pool"))
        if one.stage in PIPELINE
    )


def case_of(prospect: Prospect, weights: dict[int, Fraction]) -> Case:
    """Without jobs that would only change place. Raises KeyError when the stage has no declared weight."""
    low, high = (
        None if number is None else max(0, number - prospect.transferred)
        for number in (prospect.jobs_low, prospect.jobs_high)
    )
    pool = prospect.pool
    return Case(
        prospect.code_name,
        prospect.stage in ENGAGED,
        weights[prospect.stage],
        low,
        high,
        pool.slug if pool else "",
        share_of(pool) if pool else Fraction(1),
    )


def cohorts(prospects: QuerySet, day: date | None = None) -> list[Cohort]:
    """Cases followed from their qualification, by its year; those never qualified are in none."""
    day = day or timezone.localdate()
    found: dict[int, list[Followed]] = {}
    for passages in _lives(prospects, day):
        told = followed(passages, day)
        if told is not None:
            found.setdefault(told[0].year, []).append(told[1])
    return [Cohort(year, found[year]) for year in sorted(found)]


def followed(passages: Iterable[ProspectPassage], day: date) -> tuple[date, Followed] | None:
    """(qualified on, how it went): decided at the first decision; lost only while it stays lost."""
    begun = end = None
    ending = End.OPEN
    for passage in passages:
        stage = passage.stage
        if begun is None and ENTRY <= stage <= ProspectStage.SETTLED:
            begun = passage.on
        if ending == End.DECIDED or begun is None:
            continue
        if DECISION <= stage <= ProspectStage.SETTLED:
            ending, end = End.DECIDED, passage.on
        elif stage == ProspectStage.LOST:
            ending, end = (End.LOST, passage.on) if ending != End.LOST else (ending, end)
        else:
            ending, end = End.OPEN, None
    return None if begun is None else (begun, Followed(((end or day) - begun).days, ending))


def losses(prospects: QuerySet, day: date | None = None) -> list[tuple[str, int]]:
    """(ground, cases lost and not come back), the most frequent first."""
    last = [passages[-1] for passages in _lives(prospects, day or timezone.localdate())]
    return Counter(one.get_loss_display() for one in last if one.stage == ProspectStage.LOST).most_common()


def calibration_of(prospects: QuerySet, day: date | None = None) -> Calibration:
    """Each first arrival at a stage, with the weight in force that very day, never a later one."""
    day = day or timezone.localdate()
    lives = _lives(prospects, day)
    demo = bool(lives) and lives[0][0].prospect.is_demo
    sets = [(one.since, one.by_stage) for one in WeightSet.objects.of_class(demo=demo)]
    forecasts = []
    for passages in lives:
        last = passages[-1].stage
        settled = last == ProspectStage.SETTLED if last in CLOSED else None
        firsts = {passage.stage: passage.on for passage in reversed(passages) if passage.stage in PIPELINE}
        for stage, on in firsts.items():
            weight = next((weights.get(stage) for since, weights in sets if since <= on), None)
            if weight is not None:
                forecasts.append(Forecast(weight, stage, settled))
    return calibration(forecasts)


def _lives(prospects: QuerySet, day: date) -> list[list[ProspectPassage]]:
    """The passages of each case until that day, in order; cases without any are left out."""
    held = {one.pk: one for one in one_class(prospects)}
    lives: dict[int, list[ProspectPassage]] = {}
    for passage in ProspectPassage.objects.filter(prospect__in=held, on__lte=day).order_by("on", "pk"):
        passage.prospect = held[passage.prospect_id]
        lives.setdefault(passage.prospect_id, []).append(passage)
    return list(lives.values())
