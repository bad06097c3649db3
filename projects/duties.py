"""What staff of this room must enter, and how often: how each project goes, what became of each promise."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max
from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.duties import Duty, Owed, owes

from .models import Commitment, Gate, Project
from .models.project import SCHEME

GOING_ON = (Gate.COMMITTED, Gate.UNDERWAY)


def bulletins() -> Iterator[Owed]:
    """Published projects under way; paused, dropped, delivered and fictional ones owe nothing."""
    found = Project.objects.published().attested().filter(gate__in=GOING_ON)
    for one in found.annotate(held=Max("bulletins__as_of")):
        begins = max(one.gate_on, _last_whole_quarter(timezone.localdate()))
        yield Owed(
            (SCHEME, one.slug), one.name, f"/equipe/mises-a-jour/projets/{one.slug}/", one.held, begins
        )


def _last_whole_quarter(day: date) -> date:
    """Its first day. Nobody wrote down since when bulletins are owed: the last whole quarter is asked for."""
    this = date(day.year, 1 + (day.month - 1) // 3 * 3, 1)
    before = this - timedelta(days=1)
    return date(before.year, before.month - 2, 1)


def verdicts() -> Iterator[Owed]:
    """Promises with a deadline that nobody has judged."""
    found = Commitment.objects.published().attested().filter(due_on__isnull=False, verdicts__isnull=True)
    for one in found.order_by("due_on"):
        yield Owed(("PROMESSE", one.slug), one.promise, f"/engagements/#{one.slug}", None, one.due_on)


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
