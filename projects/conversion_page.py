"""Conversion and delay by cohort, ready for a page: shares with what is still open beside them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from agglo.charts import Chart, Line, Point, french
from projects.implantation_page import SOURCE
from projects.models import Prospect
from projects.pipeline import Cohort, cohorts, losses
from projects.survival import End, Share, Step, at, curve, followed_for, median_delay

MONTH = 30.4375  # days
HORIZONS = (6, 12, 24, 36)  # months
FEW = 5


@dataclass(frozen=True, slots=True)
class CohortRow:
    """One year of qualified cases; `at_horizons` are shares decided, « – » beyond what was followed."""

    name: str
    cases: int
    decided: int
    lost: int
    open: int
    at_horizons: list[str]
    median: str
    is_few: bool


@dataclass(frozen=True, slots=True)
class ConversionBook:
    demo: bool
    rows: list[CohortRow]
    chart: Chart | None
    losses: list[tuple[str, int]]


def conversion_page(user) -> dict[str, object]:
    """Over the cases that this person may read: a count of others, beside them, would tell of one."""
    seen = Prospect.objects.counted_for(user)
    rows = [(False, seen.attested()), (True, seen.demo())]
    found = [book for demo, cases in rows if (book := conversion_book(cases, demo)) is not None]
    return {"books": found, "horizons": HORIZONS, "few": FEW}


def conversion_book(cases: QuerySet, demo: bool) -> ConversionBook | None:
    found = cohorts(cases)
    if not found:
        return None
    every = Cohort(0, [case for cohort in found for case in cohort.lives])
    rows = [cohort_row(str(cohort.year), cohort) for cohort in found]
    rows.append(cohort_row("Toutes les années", every))
    chart = picture(every, demo) if len(every.lives) >= FEW else None
    return ConversionBook(demo, rows, chart, losses(cases))


def cohort_row(name: str, cohort: Cohort) -> CohortRow:
    few = len(cohort.lives) < FEW
    steps, reached = curve(cohort.lives), followed_for(cohort.lives)
    median = median_delay(steps)
    return CohortRow(
        name,
        len(cohort.lives),
        cohort.ended(End.DECIDED),
        cohort.ended(End.LOST),
        cohort.ended(End.OPEN),
        [
            "–" if few or months * MONTH > reached else share(at(steps, round(months * MONTH)).decided)
            for months in HORIZONS
        ],
        "non atteint" if few or median is None else f"{french.number(median / MONTH, 1)}\u00a0mois",
        few,
    )


def share(told: Share) -> str:
    """« 38 % (20 à 60 %) »; without an interval where there is nothing to make one of."""
    if told.low == told.high:
        return french.percent(told.value * 100, 0)
    bounds = f"{french.number(told.low * 100)} à {french.percent(told.high * 100, 0)}"
    return f"{french.percent(told.value * 100, 0)} ({bounds})"


def picture(cohort: Cohort, demo: bool) -> Chart:
    steps, last = curve(cohort.lives), followed_for(cohort.lives)
    months = range(max(2, min(48, int(last / MONTH))) + 1)

    def line(name: str, what: str, subject: bool = False) -> Line:
        return Line(
            name, [point(at(steps, round(m * MONTH)), m, what) for m in months], subject=subject, step=True
        )

    final = at(steps, round(months[-1] * MONTH))
    return Chart(
        key="transformation-fictif" if demo else "transformation",
        question="Que deviennent les dossiers, mois après mois\u202f?",
        reading=f"{months[-1]}\u00a0mois après leur qualification, {share(final.decided)} sont décidés,"
        f" {share(final.lost)} perdus et {share(final.open)} encore ouverts.",
        kind="line",
        lines=[
            line("Décidés", "decided", subject=True),
            line("Perdus", "lost"),
            line("Encore ouverts", "open"),
        ],
        unit="%",
        zero=True,
        unit_label="% des dossiers, selon les mois écoulés depuis leur qualification",
        note="Décidés et perdus\u00a0: incidence cumulée (Aalen–Johansen), qui tient une perte pour une fin."
        " Encore ouverts\u00a0: Kaplan–Meier. Intervalles à 95\u00a0%.",
        source=SOURCE,
        demo=demo,
    )


def point(step: Step, month: int, what: str) -> Point:
    told: Share = getattr(step, what)
    followed = "dossiers suivis" if step.at_risk > 1 else "dossier suivi"
    return Point(str(month), round(told.value * 100, 1), note=f"{step.at_risk} {followed}")
