"""What staff of this room must enter, and how often: how each project goes, what became of each promise."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Max

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.duties import Duty, Owed, owes

from .models import Commitment, Gate, Project
from .models.project import SCHEME

GOING_ON = (Gate.COMMITTED, Gate.UNDERWAY)


def bulletins() -> Iterator[Owed]:
    """Published projects under way; paused, dropped, delivered and fictional ones owe nothing."""
    found = Project.objects.published().attested().filter(gate__in=GOING_ON)
    for one in found.annotate(held=Max("bulletins__as_of")):
        yield Owed(
            (SCHEME, one.slug),
            one.name,
            f"/equipe/mises-a-jour/projets/{one.slug}/",
            one.held,
            _quarter_of(one.gate_on),
            one.kept_since,
        )


def _quarter_of(day: date) -> date:
    """Its first day: bulletins follow the quarters of the year."""
    return date(day.year, 1 + (day.month - 1) // 3 * 3, 1)


def verdicts() -> Iterator[Owed]:
    """Promises with a deadline that nobody has judged."""
    found = Commitment.objects.published().attested().filter(due_on__isnull=False, verdicts__isnull=True)
    for one in found.order_by("due_on"):
        yield Owed(
            ("PROMESSE", one.slug), one.promise, f"/engagements/#{one.slug}", None, one.due_on, one.kept_since
        )


owes(
    Duty(
        code="bulletins-projets",
        title="Bulletin du projet",
        rhythm=Rhythm.QUARTERLY,
        delay=15,
        owed=bulletins,
    )
)
owes(
    Duty(
        code="verdicts-engagements",
        title="Ce qu’est devenu l’engagement",
        rhythm=Rhythm.ONCE,
        delay=30,
        owed=verdicts,
    )
)
