"""Notices what has not run: a dataset whose hour passed, a silent program, a queue that does not empty.

Nothing is written: each alarm is worked out of the ledger of runs and of the signs of life when somebody
looks, so that the watch goes on with the worker and beat both dead.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils import timezone

from agglo.opendata import due, signs
from agglo.opendata.declaration import declared
from agglo.opendata.models import Run, Status
from agglo.opendata.wording import count

# Twelve datasets are taken an hour: a whole catalogue that falls due at once is through within this.
NOT_RUN_AFTER = timedelta(hours=12)
STUCK_AFTER = timedelta(minutes=30)
UNSWEPT_AFTER = timedelta(minutes=5)
GROWING_OVER = timedelta(hours=1)


class Kind(TextChoices):
    WORKER = "worker", "l’ouvrier ne donne plus signe de vie"
    BEAT = "beat", "l’horloge ne donne plus signe de vie"
    STUCK = "stuck", "la file n’avance plus"
    GROWING = "growing", "la file s’allonge"
    UNSWEPT = "unswept", "une actualisation perdue n’est pas reprise"
    NOT_RUN = "not-run", "l’échéance est passée sans actualisation"


class Alarm(NamedTuple):
    """Something that should have happened and did not. `code` names the dataset, when it is about one."""

    kind: Kind
    code: str
    since: datetime | None
    sentence: str

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.code}"


class Queue(NamedTuple):
    """What waits: how many runs, since when the first of them, and how many waited an hour ago."""

    length: int
    oldest: datetime | None
    an_hour_ago: int

    @property
    def is_growing(self) -> bool:
        """Longer than one round of the schedule would make it, and longer than an hour ago."""
        return self.length > due.AT_ONCE and self.length > self.an_hour_ago


def queue_facts(now: datetime | None = None) -> Queue:
    """Two queries, whatever the length."""
    now = now or timezone.now()
    queued = Run.objects.filter(status=Status.QUEUED).order_by("queued_at")
    waiting = list(queued.values_list("queued_at", flat=True))
    before = Run.objects.waiting_at(now - GROWING_OVER).count()
    return Queue(len(waiting), waiting[0] if waiting else None, before)


class Watch(NamedTuple):
    """What a look at it all finds."""

    alarms: list[Alarm]
    queue: Queue


def watch(now: datetime | None = None) -> Watch:
    """Programs first, then the queue, then datasets by code; eleven queries whatever there is."""
    now = now or timezone.now()
    queue = queue_facts(now)
    return Watch([*_programs(), *_queue(queue, now), *_datasets(now)], queue)


def _programs() -> list[Alarm]:
    found = []
    if signs.worker_is_silent():
        found.append(
            Alarm(Kind.WORKER, "", _seen(signs.worker_age()), _silence("L’ouvrier", signs.worker_age()))
        )
    if signs.beat_is_silent():
        found.append(Alarm(Kind.BEAT, "", _seen(signs.beat_age()), _silence("L’horloge", signs.beat_age())))
    return found


def _seen(age: int | None) -> datetime | None:
    return None if age is None else timezone.now() - timedelta(seconds=age)


def _silence(who: str, age: int | None) -> str:
    last = "ne tourne pas" if age is None else f"se tait depuis {count(age // 60, 'minute', 'minutes')}"
    return f"{who} {last}\u00a0: les actualisations attendent. Regardez le journal, puis relancez le service."


def _queue(waiting: Queue, now: datetime) -> list[Alarm]:
    found = []
    if (
        waiting.oldest
        and now - waiting.oldest > STUCK_AFTER
        and not Run.objects.moved_since(now - STUCK_AFTER)
    ):
        words = count(waiting.length, "actualisation attend", "actualisations attendent")
        sentence = f"{words} depuis le {_hour(waiting.oldest)} et aucune n’a commencé depuis une demi-heure."
        found.append(Alarm(Kind.STUCK, "", waiting.oldest, sentence))
    if waiting.is_growing:
        sentence = (
            f"La file s’allonge\u00a0: {waiting.length} en attente, {waiting.an_hour_ago} il y a une heure."
        )
        found.append(Alarm(Kind.GROWING, "", now - GROWING_OVER, sentence))
    for run in Run.objects.lost(now - UNSWEPT_AFTER).order_by("code"):
        sentence = (
            f"L’actualisation n°\u00a0{run.pk} a perdu son ouvrier le {_hour(run.lease_until)}"
            " et personne ne l’a reprise."
        )
        found.append(Alarm(Kind.UNSWEPT, run.code, run.lease_until, sentence))
    return found


def _datasets(now: datetime) -> list[Alarm]:
    """Those due for long. One never asked is counted from the first run this portal ever queued."""
    began = Run.objects.order_by("queued_at").values_list("queued_at", flat=True).first()
    found, known = [], declared()
    for code, when in sorted(due.moments(now).items()):
        since = when or began
        if since is None or now - since <= NOT_RUN_AFTER:
            continue
        said = (
            "n’a jamais été demandé"
            if when is None
            else f"devait être demandé le {_hour(since)} et ne l’a pas été"
        )
        sentence = f"«\u202f{known[code].title}\u202f» {said}."
        found.append(Alarm(Kind.NOT_RUN, code, since, sentence))
    return found


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y à %H:%M}"
