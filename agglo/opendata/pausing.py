"""Datasets that are not asked for a while: paused by a person, or suspended by their producer.

A connector that knows of a suspension says so beside its `register(…)`:

    suspended("urssaf-dpae", since=date(2025, 11, 19), notice="…", url="https://…")
"""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from agglo.opendata.declaration import declared
from agglo.opendata.models import Cause, Pause, PauseKind, Run, Status


class Standstill(NamedTuple):
    """Why a dataset is not asked now. `pause` is None when its connector declares it."""

    kind: str
    reason: str
    since: date
    until: date | None
    url: str
    pause: Pause | None

    @property
    def sentence(self) -> str:
        who = (
            "Publication suspendue par le producteur"
            if self.kind == PauseKind.PRODUCER
            else "Actualisation mise en pause par nos services"
        )
        until = f" jusqu’au {self.until:%d/%m/%Y}" if self.until else ""
        return f"{who} depuis le {self.since:%d/%m/%Y}{until}\u00a0: {self.reason.rstrip('.')}."


_SUSPENDED: dict[str, Standstill] = {}


def suspended(code: str, *, since: date, notice: str, url: str = "", until: date | None = None) -> None:
    """Declare that a producer has suspended a dataset, with the words of its notice."""
    _SUSPENDED[code] = Standstill(PauseKind.PRODUCER, notice, since, until, url, None)


def standstills(today: date | None = None) -> dict[str, Standstill]:
    """What stands still today, by code; one query. A dataset's own pause wins over its producer's."""
    today = today or timezone.localdate()
    found = {code: said for code, said in _SUSPENDED.items() if _covers(said.since, said.until, today)}
    own, of_producer = {}, {}
    for pause in Pause.objects.filter(ended_at__isnull=True, since__lte=today):
        if _covers(pause.since, pause.until, today):
            said = Standstill(pause.kind, pause.reason, pause.since, pause.until, pause.notice_url, pause)
            (own if pause.code else of_producer)[pause.code or pause.producer] = said
    for code, declaration in declared().items():
        said = own.get(code) or of_producer.get(declaration.source.code)
        if said is not None:
            found[code] = said
    return found


def pause(
    user,
    reason: str,
    *,
    code: str = "",
    producer: str = "",
    kind: str = PauseKind.STAFF,
    since: date | None = None,
    until: date | None = None,
    url: str = "",
) -> Pause:
    """Stop asking, from now on; what the schedule had queued is withdrawn. Replaces the pause in force.

    Raises ValueError, in French.
    """
    reason, since = " ".join(reason.split()), since or timezone.localdate()
    if not reason:
        raise ValueError("Dites pourquoi\u00a0: la raison est montrée avec la pause.")
    if until is not None and until < max(since, timezone.localdate()):
        raise ValueError("La fin de la pause est déjà passée\u00a0: choisissez une date à venir.")
    concerned = [c for c, d in declared().items() if c == code or d.source.code == producer]
    if bool(code) == bool(producer) or not concerned:
        raise ValueError("Aucun jeu déclaré n’est concerné par cette pause.")
    now = timezone.now()
    with transaction.atomic():
        resume(user, code=code, producer=producer)
        made = Pause.objects.create(
            code=code, producer=producer, kind=kind, reason=reason, since=since, until=until,
            notice_url=url, asked_by=user,
        )  # fmt: skip
        if since <= timezone.localdate():
            waiting = Run.objects.filter(code__in=concerned, status=Status.QUEUED, cause=Cause.SCHEDULE)
            waiting.update(
                status=Status.WITHDRAWN, decision=f"En pause\u00a0: {reason}"[:1000], decided_at=now,
                decided_by=user, finished_at=now,
            )  # fmt: skip
    return made


def resume(user, *, code: str = "", producer: str = "") -> int:
    """Ask again as usual. Returns how many pauses were ended."""
    open_ones = Pause.objects.filter(ended_at__isnull=True, code=code, producer=producer)
    return open_ones.update(ended_at=timezone.now(), ended_by=user)


def _covers(since: date, until: date | None, today: date) -> bool:
    return since <= today and (until is None or today <= until)
