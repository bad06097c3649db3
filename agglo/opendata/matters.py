"""What an owner should know of now: datasets late, failed or held, figures staff owe, what did not run."""

from collections.abc import Iterator
from typing import NamedTuple

from django.conf import settings

from agglo.opendata.declaration import declared
from agglo.opendata.duties import entered
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.models import Run
from agglo.opendata.watching import watch

QUIET = (Standing.UP_TO_DATE, Standing.NEVER)
HELD, ALARM = "held", "alarm"
WORDS = {
    **{standing.value: standing.label for standing in Standing},
    HELD: "réponse retenue, elle attend une décision",
    ALARM: "n’a pas tourné",
}


class Matter(NamedTuple):
    """One thing that is not as it should be. `key` names it for ever, `state` is what is told once."""

    key: str
    title: str
    state: str
    sentence: str
    path: str
    owners: tuple[str, ...]


def matters() -> list[Matter]:
    """All of them; a number of queries that does not depend on how many there are."""
    return [*_datasets(), *_duties(), *_alarms()]


def owners_of(*names: str) -> tuple[str, ...]:
    """Who answers for a dataset or a duty: its own owner, its producer's, else the owner of everything."""
    named = next((settings.OPENDATA_OWNERS[name] for name in names if name in settings.OPENDATA_OWNERS), None)
    return (named,) if named else tuple(settings.OPENDATA_OWNER)


def _datasets() -> Iterator[Matter]:
    held = {run.code: run for run in Run.objects.held()}
    for fresh in freshness_of():
        one = fresh.declaration
        state, sentence = fresh.state.value, fresh.sentence
        if fresh.code in held:
            state, sentence = HELD, held[fresh.code].error
        elif fresh.state in QUIET:
            continue
        owners = owners_of(fresh.code, one.source.code)
        yield Matter(f"dataset:{fresh.code}", one.title, state, sentence, f"/sources/#{fresh.code}", owners)


def _duties() -> Iterator[Matter]:
    for one in entered():
        if one.is_late:
            owners = owners_of(one.code)
            yield Matter(f"duty:{one.key}", one.title, one.state.value, one.sentence, one.owed.href, owners)


def _alarms() -> Iterator[Matter]:
    known = declared()
    for alarm in watch().alarms:
        owners = owners_of(alarm.code, known[alarm.code].source.code) if alarm.code in known else owners_of()
        title = alarm.kind.label[0].upper() + alarm.kind.label[1:]
        yield Matter(f"alarm:{alarm.key}", title, ALARM, alarm.sentence, "/equipe/actualisations/", owners)
