"""Which datasets are to be asked again, by rhythm; after a failure, later and later; never all at once."""

from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.utils import timezone

from agglo.opendata.declaration import Declaration, declared
from agglo.opendata.models import ACTIVE, GOOD, Cause, Run, Status
from agglo.opendata.pausing import standstills
from agglo.opendata.queueing import queue

AT_ONCE = 12
FIRST_PAUSE = timedelta(hours=1)
# Beat looks once an hour: what falls due within the half hour is taken now, so that times do not drift.
EARLY = timedelta(minutes=30)


def queue_due(now: datetime | None = None) -> list[str]:
    """Queue what is due, the longest-waiting first, at most AT_ONCE at a time. Returns the codes."""
    codes = due(now)[:AT_ONCE]
    for code in codes:
        queue(code, cause=Cause.SCHEDULE)
    return codes


def due(now: datetime | None = None) -> list[str]:
    """Codes to refresh, the longest-waiting first, those never asked before all others."""
    now = now or timezone.now()
    waiting = [(when, code) for code, when in moments(now).items() if when is None or when <= now + EARLY]
    return [code for when, code in sorted(waiting, key=lambda pair: (pair[0] is not None, pair))]


def moments(now: datetime | None = None) -> dict[str, datetime | None]:
    """When each dataset is to be asked next, None for at once; those on their way, paused or done for good
    are left out. Five queries whatever the number of datasets.
    """
    now = now or timezone.now()
    active = set(Run.objects.active().values_list("code", flat=True))
    last = {
        run.code: run for run in Run.objects.filter(pk__in=Run.objects.exclude(status__in=ACTIVE).last_ids())
    }
    failures = _failures_in_a_row()
    still = standstills(timezone.localdate(now))
    found: dict[str, datetime | None] = {}
    for code, declaration in declared().items():
        if not declaration.scheduled or code in active or code in still:
            continue
        if code not in last:
            found[code] = None
        elif (when := _due_at(declaration, last[code], failures.get(code, 0))) is not None:
            found[code] = when
    return found


def _due_at(declaration: Declaration, last: Run, failures: int) -> datetime | None:
    every = declaration.due_every
    if last.status == Status.FAILED:
        pause = FIRST_PAUSE * 2 ** min(failures - 1, 6) if failures else FIRST_PAUSE
        return last.finished_at + min(pause, every or timedelta(days=1))
    return None if every is None else last.finished_at + every


def _failures_in_a_row() -> dict[str, int]:
    good = Run.objects.filter(status__in=GOOD).values("code").annotate(last=Max("id"))
    since = dict(good.values_list("code", "last"))
    never = Q(status=Status.FAILED) & ~Q(code__in=since)
    after = Q()
    for code, last in since.items():
        after |= Q(status=Status.FAILED, code=code, pk__gt=last)
    rows = Run.objects.filter(never | after).values("code").annotate(number=Count("id"))
    return dict(rows.values_list("code", "number"))
