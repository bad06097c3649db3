"""What an axis follows, as a dashboard reads it: one query with the known breaks, and no model made of it."""

from datetime import date
from json import loads
from typing import NamedTuple

from agglo.figures.statements import ask
from agglo.indicators.models import Axis

Pair = tuple[str, str]  # scheme and code of a subject

_FOLLOWED = """
SELECT i.code, i.question, i.denominator, i.chart, i.subject_scheme, i.subject_code, i.compared::text,
       m.code, f.label, f.sentence, f.gap,
       (SELECT json_agg(json_build_array(b.on, b.cause) ORDER BY b.on)::text
        FROM figures_break b WHERE b.measure_id = m.id)
FROM indicators_followed f
JOIN indicators_indicator i ON i.id = f.indicator_id
JOIN figures_measure m ON m.id = f.measure_id
WHERE i.axis_id = %s ORDER BY i.position, f.order
"""


class FollowedMeasure(NamedTuple):
    """A measure that answers an indicator: `models.Followed` with what a drawing needs of the rest.

    `subject` is what the headline is about, first among `subjects` when there is one; `breaks` are (date,
    cause).
    """

    indicator: str
    question: str
    denominator: str
    chart: str
    subject: Pair | None
    subjects: list[Pair]
    measure: str
    label: str
    sentence: str
    gap: int
    breaks: list[tuple[date, str]]


def followed_on(axis: Axis) -> list[FollowedMeasure]:
    """In the order of the catalogue. One query."""
    return [_followed(*row) for row in ask(_FOLLOWED, [axis.pk])]


def _followed(code, question, denominator, chart, scheme, subject_code, compared, *rest) -> FollowedMeasure:
    subject = (scheme, subject_code) if scheme else None
    others = [(pair[0], pair[1]) for pair in loads(compared)]
    subjects = ([subject] if subject else []) + [pair for pair in others if pair != subject]
    *measured, breaks = rest
    dated = [(date.fromisoformat(on), cause) for on, cause in loads(breaks)] if breaks else []
    return FollowedMeasure(code, question, denominator, chart, subject, subjects, *measured, dated)
