"""A tally as a declared dataset: its runs, comparison, history and archive are those of official data.

Its raw answer lists the results with the records behind each, so that any figure can be traced offline.
"""

import json
from collections.abc import Iterator

from django.utils import timezone

from agglo.figures.models import Observation
from agglo.figures.vocabulary import Rhythm, State
from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, Measured, Plausibility, Producer, Row, declared, register
from agglo.opendata.door import Door
from agglo.opendata.errors import WrongAnswer
from agglo.opendata.written import written

from .tally import Counted, Tally, month_of

OURS = Producer("registres", "Registres de l’agglomération")


def register_tally(tally: Tally) -> Declaration:
    """Make a tally known, under the code `registre-<code>`."""
    return register(
        Declaration(
            code=tally.dataset,
            title=tally.title,
            source=OURS,
            base_url="",
            licence="Licence Ouverte 2.0",
            rhythm=Rhythm.IRREGULAR,
            scheduled=False,  # counted when records change, see `changed.py`
            measures=tuple(Measured(measure) for measure in tally.measures),
            fetch=fetch,
            parse=parse,
            expect="json",
            complete=tally.whole,
            public=tally.public,
            plausible=Plausibility(min_rows=0, max_withdrawn=1.0),
            version=tally.version,
            tally=tally,
        )
    )


def tallies() -> dict[str, Tally]:
    """All tallies by the code of their dataset."""
    return {code: one.tally for code, one in declared().items() if one.tally is not None}


def made_here(dataset: str) -> bool:
    """Whether the figures of a dataset are counted or worked out by the portal itself."""
    one = declared().get(dataset)
    return one is not None and (one.tally is not None or one.formula is not None)


def of_registers() -> set[str]:
    """Datasets that move because our own records do: tallies, and formulas with a tally among what enters
    them, however many formulas lie between.
    """
    found, moved = set(), {measure for tally in tallies().values() for measure in tally.measures}
    waiting = {code: one.formula for code, one in declared().items() if one.formula is not None}
    while now := [c for c, f in waiting.items() if moved & {given.measure for given in f.inputs.values()}]:
        found |= set(now)
        moved |= {waiting.pop(code).measure for code in now}
    return found | set(tallies())


def fetch(door: Door, declaration: Declaration) -> Iterator[Answer]:
    yield written(declaration.code, counted(declaration.tally))


def counted(tally: Tally, day=None) -> bytes:
    """Results and their records as JSON: the same records always give the same bytes."""
    day = day or timezone.localdate()
    results = list(tally.count(day))
    if not tally.whole:
        results += _gone(tally, results, month_of(day), day)
    results.sort(key=lambda one: (one.measure, one.scheme, one.code, one.period, one.breakdown))
    said = {
        "registre": tally.code,
        "version": tally.version,
        "results": [
            {
                **one._asdict(),
                "value": None if one.value is None else str(one.value),
                "entries": [entry._asdict() for entry in one.entries],
            }
            for one in results
        ],
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _gone(tally: Tally, results: list[Counted], month: str, day) -> list[Counted]:
    """What was said for this month and can no longer be counted: said again, as missing."""
    said = {(one.measure, one.scheme, one.code, one.breakdown) for one in results if one.period == month}
    held = Observation.objects.known_on().filter(
        series__dataset__code=tally.dataset, period_start=day.replace(day=1)
    )
    keys = held.values_list(
        "series__measure_version__measure__code",
        "series__subject__scheme",
        "series__subject__code",
        "series__breakdown__key",
    )
    return [Counted(m, s, c, month, None, (), b) for m, s, c, b in keys if (m, s, c, b) not in said]


def parse(answer: Answer) -> Iterator[Row]:
    """The results, as rows to load."""
    content = answer.json()
    if not isinstance(content, dict) or not isinstance(content.get("results"), list):
        raise WrongAnswer("Ce fichier n’est pas un comptage du registre.", str(content)[:200])
    for line, one in enumerate(content["results"], start=1):
        value = None if one["hidden"] else one["value"]
        state = State.CONFIDENTIAL if one["hidden"] else None
        yield Row(
            line,
            one["scheme"],
            one["code"],
            one["measure"],
            one["breakdown"],
            one["period"],
            value,
            "A",
            state,
        )
