"""What staff of this room must enter, and how often: follow-ups, revitalisation actions, pupils, results."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from agglo.figures.vocabulary import Review, Rhythm
from agglo.opendata.duties import Duty, Owed, owes

from .models import Agreement, PlanEvent, RedundancyPlan, School

# A plan stops being followed once its commission has closed it.
OVER = Q(
    events__kind=PlanEvent.Kind.CLOSED,
    events__review=Review.APPROVED,
    events__superseded_at__isnull=True,
)


def _approved(entries: str, **more) -> Q:
    """Entries that a second person approved and that nothing corrected since."""
    held = {f"{entries}__review": Review.APPROVED, f"{entries}__superseded_at__isnull": True}
    return Q(**held, **{f"{entries}__{name}": value for name, value in more.items()})


def follow_ups() -> Iterator[Owed]:
    """Published plans whose commission still meets, from their last day worked on."""
    plans = RedundancyPlan.objects.published().exclude(
        pk__in=RedundancyPlan.objects.filter(OVER).values("pk")
    )
    found = plans.annotate(
        held=Max("follow_ups__end", filter=Q(follow_ups__review=Review.APPROVED)),
        began=Max("events__on", filter=_approved("events", kind=PlanEvent.Kind.LAST_DAY)),
    )
    for plan in found:
        yield Owed(
            plan.key,
            str(plan),
            f"/equipe/plans/{plan.slug}/suivis/nouveau/",
            plan.held,
            plan.began,
            plan.kept_since,
        )


def actions() -> Iterator[Owed]:
    """Agreements that run: signed, and neither past their term nor closed with their plan."""
    today = timezone.localdate()
    running = Agreement.objects.published().filter(signed_on__isnull=False).exclude(due_on__lt=today)
    running = running.exclude(plan__in=RedundancyPlan.objects.filter(OVER))
    held = Max("reports__as_of", filter=_approved("reports"))
    for one in running.annotate(held=held).select_related("plan", "subject"):
        key, path = ("CONVENTION", one.subject.code), f"/equipe/saisies/conventions/{one.plan.slug}/nouveau/"
        yield Owed(key, str(one.plan), path, one.held, one.signed_on, one.kept_since)


def pupils() -> Iterator[Owed]:
    """Published schools: pupils are counted each first of October, so a year runs to that day."""
    told = _approved("reports", enrolments__isnull=False)
    for school in _schools(held=Max("reports__as_of", filter=told)):
        yield _owed(school, school.held, date(school.kept_since.year - 2, 10, 2))


def results() -> Iterator[Owed]:
    """Published schools: results of the session of each year."""
    for school in _schools(session=Max("reports__results__year", filter=_approved("reports"))):
        held = date(school.session, 12, 31) if school.session else None
        yield _owed(school, held, date(school.kept_since.year - 2, 1, 1))


def _schools(**held):
    return School.objects.published().select_related("subject").annotate(**held)


def _owed(school: School, held: date | None, begins: date) -> Owed:
    path = f"/equipe/saisies/ecoles/{school.slug}/nouveau/"
    return Owed(("ECOLE", school.subject.code), school.name, path, held, begins, school.kept_since)


owes(
    Duty(
        code="suivi-plans",
        title="Point de suivi du plan social",
        rhythm=Rhythm.QUARTERLY,
        delay=45,
        owed=follow_ups,
        measures=(
            "pse-accompagnes", "pse-avec-solution", "pse-licencies", "pse-solutions",
            "pse-solutions-durables", "pse-personnes-concernees",
        ),
    )
)  # fmt: skip
owes(
    Duty(
        code="suivi-revitalisation",
        title="Actions de la convention de revitalisation",
        rhythm=Rhythm.QUARTERLY,
        delay=135,  # the committee meets twice a year
        owed=actions,
        measures=(
            "revit-engage", "revit-taux-engage", "revit-emplois-constates", "revit-taux-emplois",
        ),
    )
)  # fmt: skip
owes(
    Duty(
        code="effectifs-ecoles",
        title="Élèves à la rentrée",
        rhythm=Rhythm.YEARLY,
        delay=30,
        owed=pupils,
        measures=("ecole-inscrits", "ecole-capacite", "ecole-inscrits-rentree", "ecole-places-rentree"),
    )
)
owes(
    Duty(
        code="resultats-ecoles",
        title="Résultats de l’école",
        rhythm=Rhythm.YEARLY,
        delay=90,
        owed=results,
        measures=(
            "ecole-entrants", "ecole-presentes", "ecole-recus", "ecole-poursuites", "ecole-en-emploi-6",
            "ecole-en-emploi-12", "ecole-ruptures",
        ),
    )
)  # fmt: skip
