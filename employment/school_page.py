"""What is known of a school: figures of the ledger, cohorts as counts, never a rate of a few pupils."""

from dataclasses import dataclass
from datetime import date

from agglo.figures.figure import Figure
from agglo.figures.models import Observation
from agglo.figures.picking import pick
from agglo.figures.reading import moment_of

from .models import School

SMALLEST_FOR_A_RATE = 30


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Results cumulated over years; `rate` stays None while the cohort is small."""

    years: list[int]
    entrants: int
    presented: int
    passed: int

    @property
    def rate(self) -> float | None:
        return 100 * self.passed / self.presented if self.presented >= SMALLEST_FOR_A_RATE else None


def figures(school: School, day: date | None = None) -> list[Figure]:
    rows = Observation.objects.visible_to(None).known_on(moment_of(day))
    found = pick(rows.filter(series__subject=school.subject_id).values_list("pk", flat=True))
    return sorted(found.values(), key=lambda f: (f.series.name, f.start or date.max, f.id))


def cohorts(school: School) -> Cohorts | None:
    rows = [row for programme in school.programmes.all() for row in programme.results.all()]
    if not rows:
        return None
    total = {name: sum(getattr(row, name) for row in rows) for name in ("entrants", "presented", "passed")}
    return Cohorts(sorted({row.year for row in rows}), **total)
