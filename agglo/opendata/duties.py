"""What our own services owe: figures that staff must enter, at the rhythm they promised, and who is late.

A room says so in its `duties` module, found by name at start-up as `connectors` are:

    owes(Duty(
        code="suivi-plans", title="Points de suivi des plans sociaux", rhythm=Rhythm.QUARTERLY, delay=45,
        measures=("pse-avec-solution",), owed=follow_ups,
    ))

Expected date = end of the period after the last one entered + delay; past it and a week, staff are late. What
fell due before staff took a thing over is not theirs: a portal that starts owes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from agglo.figures.vocabulary import Rhythm
from agglo.opendata.freshness import GRACE, Standing, next_period_end


class Owed(NamedTuple):
    """One thing to keep up to date. `held_until` ends the last period entered, None when nothing ever was;
    `begins` is then the first day owed, None when nobody can say. `since`: the day staff took it over, before
    which nothing fell due for them; None when it was always theirs. `href` is where they enter it.
    """

    subject: tuple[str, str]
    title: str
    href: str
    held_until: date | None = None
    begins: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A sort of thing that staff enter. `owed()` lists what is owed today; what is over, paused or fictional
    is not in it. `delay`: days after the end of a period. `measures`: figures that rest on it.
    """

    code: str
    title: str
    rhythm: Rhythm
    delay: int
    owed: Callable[[], Iterable[Owed]]
    measures: tuple[str, ...] = ()

    def expected_on(self, one: Owed) -> date | None:
        if self.rhythm == Rhythm.ONCE:  # a deadline: it is owed until it is entered
            return one.begins and max(one.begins, one.since or one.begins) + timedelta(days=self.delay)
        last = one.held_until or (one.begins and one.begins - timedelta(days=1))
        end = last and next_period_end(last, self.rhythm)
        while end and one.since and end + timedelta(days=self.delay) < one.since:
            end = next_period_end(end, self.rhythm)
        return end and end + timedelta(days=self.delay)


class Entered(NamedTuple):
    """How one owed thing stands; `sentence` is for the public."""

    duty: Duty
    owed: Owed
    state: Standing
    expected_on: date | None
    sentence: str

    @property
    def code(self) -> str:
        return self.duty.code

    @property
    def key(self) -> str:
        return f"{self.duty.code}:{self.owed.subject[0]}:{self.owed.subject[1]}"

    @property
    def title(self) -> str:
        return f"{self.duty.title}, {self.owed.title}"

    @property
    def is_late(self) -> bool:
        return self.state == Standing.STAFF_LATE

    def written(self) -> dict[str, object]:
        """As files and programs read it."""
        return {
            "jeu": self.code,
            "sujet": self.owed.title,
            "etat": self.state.value,
            "en_mots": self.state.label,
            "phrase": self.sentence,
            "attendu_le": self.expected_on,
        }


_DUTIES: dict[str, Duty] = {}


def owes(duty: Duty) -> Duty:
    """Make a duty known. Declaring one code twice is a mistake."""
    if _DUTIES.get(duty.code, duty) != duty:
        raise ValueError(f"La saisie «\u202f{duty.code}\u202f» est déjà déclarée.")
    _DUTIES[duty.code] = duty
    return duty


def owes_no_more(code: str) -> None:
    _DUTIES.pop(code, None)


def duties() -> list[Duty]:
    return [duty for _, duty in sorted(_DUTIES.items())]


def entered(
    measures: Iterable[str] | None = None,
    subjects: Iterable[tuple[str, str]] | None = None,
    today: date | None = None,
) -> list[Entered]:
    """How what staff owe stands: everything, or only what these measures about these subjects rest on.

    Each duty asks its own room once, whatever the number of things owed.
    """
    today = today or timezone.localdate()
    wanted, about = None if measures is None else set(measures), None if subjects is None else set(subjects)
    return [
        _judge(duty, one, today)
        for duty in duties()
        if wanted is None or wanted & set(duty.measures)
        for one in duty.owed()
        if about is None or one.subject in about
    ]


def _judge(duty: Duty, one: Owed, today: date) -> Entered:
    expected = duty.expected_on(one)
    held = f"Dernière situation saisie\u00a0: {one.held_until:%d/%m/%Y}." if one.held_until else (
        "Rien n’a encore été saisi."
    )  # fmt: skip
    if expected and today > expected + GRACE:
        late = (
            f"Nos services devaient le saisir vers le {expected:%d/%m/%Y}\u202f; ils sont en retard. {held}"
        )
        return Entered(duty, one, Standing.STAFF_LATE, expected, late)
    state = Standing.UP_TO_DATE if one.held_until else Standing.NEVER
    following = f" Prochaine saisie attendue vers le {expected:%d/%m/%Y}." if expected else ""
    return Entered(duty, one, state, expected, held + following)
