"""The rows of a dataset’s last archived answer, as the source says them, for rooms that bring them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from agglo.opendata.answer import Answer
from agglo.opendata.declaration import Declaration, find
from agglo.opendata.gathering import kept_answer
from agglo.opendata.models import RawAnswer, Run

TRIED = 20  # runs that found nothing new have no answer of their own


@dataclass(frozen=True, slots=True)
class Records:
    """`rows` reads the archive again each time it is asked."""

    declaration: Declaration
    answers: list[Answer]

    @property
    def rows(self) -> Iterator[Mapping[str, object]]:
        for answer in self.answers:
            yield from self.declaration.records(answer)

    @property
    def received_at(self) -> datetime:
        return max(answer.received_at for answer in self.answers)

    @property
    def checksum(self) -> str:
        return self.answers[0].checksum


def last_records(code: str) -> Records | None:
    """None when it was never received, or its answer left the archive. Raises KeyError, ValueError."""
    declaration = find(code)
    if declaration.records is None:
        raise ValueError(f"{code} does not say how to read its rows as records")
    for run in Run.objects.good().filter(code=code).order_by("-id")[:TRIED]:
        rows = RawAnswer.objects.filter(run=run, probe=False).order_by("rank")
        answers = [kept_answer(row) for row in rows]
        if answers and None not in answers:
            return Records(declaration, answers)
    return None
