"""Is a dataset up to date, and if not, whose fault: the source's, our job's; or does it stand still. What
staff enter themselves is judged the same way, see `duties`.

Expected date of the next publication = end of the next period + publication delay. Past it (and a week's
grace), the source is late if we asked since, and our job failed if we did not.
"""

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.declaration import Declaration, declared
from agglo.opendata.models import PauseKind, Run, Status
from agglo.opendata.pausing import Standstill, standstills

GRACE = timedelta(days=7)
MONTHS = {Rhythm.MONTHLY: 1, Rhythm.QUARTERLY: 3, Rhythm.YEARLY: 12}
DAYS = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}


class Standing(TextChoices):
    UP_TO_DATE = "up-to-date", "à jour"
    SOURCE_LATE = "source-late", "la source est en retard"
    FAILED = "failed", "notre actualisation a échoué"
    STAFF_LATE = "staff-late", "nos services doivent le saisir"
    SUSPENDED = "suspended", "suspendu par le producteur"
    PAUSED = "paused", "en pause, par nous"
    NEVER = "never", "jamais chargé"


@dataclass(frozen=True, slots=True)
class Freshness:
    """One dataset's standing. `expected_on` is None when the rhythm says nothing; `sentence` is for the
    public.
    """

    declaration: Declaration
    state: Standing
    last_run: Run | None
    last_success: Run | None
    expected_on: date | None
    sentence: str
    standstill: Standstill | None = None

    @property
    def code(self) -> str:
        return self.declaration.code

    @property
    def title(self) -> str:
        return self.declaration.title

    @property
    def is_computed(self) -> bool:
        """Worked out here, of other figures or of records: there is nobody to ask."""
        return bool(self.declaration.formula or self.declaration.tally)

    def written(self) -> dict[str, object]:
        """As files and programs read it."""
        return {
            "jeu": self.code,
            "etat": self.state.value,
            "en_mots": self.state.label,
            "phrase": self.sentence,
            "attendu_le": self.expected_on,
        }


def freshness_of(codes: Iterable[str] | None = None, today: date | None = None) -> list[Freshness]:
    """The standing of declared datasets, all of them by default; five queries whatever the number."""
    today = today or timezone.localdate()
    known = declared()
    wanted = [known[code] for code in (known if codes is None else codes) if code in known]
    finished = Run.objects.filter(code__in=[d.code for d in wanted]).telling()
    last = {run.code: run for run in Run.objects.filter(pk__in=finished.last_ids())}
    good = {run.code: run for run in Run.objects.filter(pk__in=finished.good().last_ids())}
    still = standstills(today)
    return [_freshness(d, last.get(d.code), good.get(d.code), still.get(d.code), today) for d in wanted]


def expected_on(declaration: Declaration, covers_until: date | None) -> date | None:
    """When the next period should be out; None when the rhythm or the delay is not known."""
    if covers_until is None or declaration.publication_delay is None:
        return None
    end = next_period_end(covers_until, declaration.rhythm)
    return end and end + timedelta(days=declaration.publication_delay)


def next_period_end(end: date, rhythm: str) -> date | None:
    """The last day of the period after the one that ends on `end`."""
    if rhythm in DAYS:
        return end + timedelta(days=DAYS[rhythm])
    if rhythm not in MONTHS:
        return None
    month = end.month - 1 + MONTHS[rhythm]
    year, month = end.year + month // 12, month % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _freshness(
    declaration: Declaration, last: Run | None, good: Run | None, still: Standstill | None, today: date
) -> Freshness:
    expected = expected_on(declaration, good.covers_until if good else None)
    if still is None:
        state, sentence = _judge(declaration, last, good, expected, today)
    else:
        state = Standing.SUSPENDED if still.kind == PauseKind.PRODUCER else Standing.PAUSED
        sentence = f"{still.sentence} Chiffres vérifiés le {_day(good)}." if good else still.sentence
    return Freshness(declaration, state, last, good, expected, sentence, still)


def _judge(declaration, last: Run | None, good: Run | None, expected: date | None, today: date):
    if good is None:
        if last is None:
            return Standing.NEVER, "Aucune actualisation automatique n’a encore eu lieu."
        return Standing.FAILED, f"Ce jeu n’a jamais pu être chargé\u202f; dernier essai le {_day(last)}."
    held = f"Chiffres vérifiés le {_day(good)}."
    if last.status in (Status.FAILED, Status.IMPLAUSIBLE):
        what = "a été retenue pour vérification" if last.status == Status.IMPLAUSIBLE else "a échoué"
        return Standing.FAILED, f"Notre dernière actualisation, le {_day(last)}, {what}. {held}"
    every = declaration.due_every
    if every and declaration.scheduled and today > timezone.localdate(good.finished_at) + 2 * every + GRACE:
        return Standing.FAILED, f"Notre actualisation automatique n’a pas tourné depuis le {_day(good)}."
    if expected and today > expected + GRACE:
        return (
            Standing.SOURCE_LATE,
            f"La source devait publier vers le {expected:%d/%m/%Y}\u202f; elle ne l’a pas fait. {held}",
        )
    if expected:
        return Standing.UP_TO_DATE, f"{held} Prochaine publication attendue vers le {expected:%d/%m/%Y}."
    return Standing.UP_TO_DATE, held


def _day(run: Run) -> str:
    return f"{timezone.localdate(run.finished_at):%d/%m/%Y}"
