"""The dashboard of an axis: cards, charts and a table over many territories, from a fixed number of queries.

Everything is read set by set: what the axis follows with its breaks (one query), its series about the
subjects of its indicators (one), their last figures (one), what is drawn in columns (one), and figures that
the last ones are compared with when they are older than the one before (at most one); the table adds its
territories, their series and figures (three).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from agglo.charts import Chart, Line
from agglo.figures import reading
from agglo.figures.courses import Course, courses
from agglo.figures.reading import Figure, SeriesInfo
from agglo.indicators.answer import EPCI
from agglo.indicators.following import FollowedMeasure, Pair, followed_on
from agglo.indicators.models import Axis
from agglo.indicators.picture import (
    MOST_LINES,
    dataset_words,
    drawing,
    latest_only,
    place_name,
    points_of,
    unit_words,
)
from agglo.indicators.sentence import change_words, compares_further, evolution, sentence
from agglo.opendata.declaration import is_declared
from agglo.opendata.formulas import official_behind
from agglo.opendata.lateness import Lateness

MOST_CARDS, MOST_CHARTS, PERIODS = 12, 6, 40
Figures = dict[Pair, list[Figure]]
Rows = TypeVar("Rows")


@dataclass(slots=True)
class Card:
    """One headline figure, its trend in numbers and in words, and where it leads."""

    figure: Figure
    title: str
    href: str
    denominator: str = ""
    trend: list = field(default_factory=list)
    trend_words: str = ""
    late: str = ""


@dataclass(slots=True)
class Dashboard:
    """`measures` are the columns of the table that compares territories."""

    axis: Axis
    cards: list[Card]
    charts: list[Chart]
    measures: list[FollowedMeasure]


def dashboard(
    axis: Axis, known_on: date | None = None, query: str = "", user=None, late: Lateness | None = None
) -> Dashboard:
    """Four queries, or five. `query` is what addresses carry so that they say the same date; `late` is what
    cards and charts say of their freshness.
    """
    followed = followed_on(axis)
    subjects = dict.fromkeys(pair for one in followed for pair in one.subjects)
    subjects[EPCI] = None
    infos = reading.find_series({one.measure for one in followed}, subjects, user=user)
    # What there is first, then at length only what is shown: most comparisons have no drawing.
    held = by_measure(infos, reading.points(infos, last=2, known_on=known_on, user=user))
    carded, charted, answered = [], [], set()
    mains: dict[tuple[str, str], Pair] = {}  # by measure and indicator
    for one in followed:
        figures = held.get(one.measure)
        if not figures:
            continue
        main = mains[one.measure, one.indicator] = main_pair(one, figures)
        if len(carded) < MOST_CARDS:
            carded.append(one)
        enough = len(figures) + len(figures[main]) > 2
        if len(charted) < MOST_CHARTS and one.indicator not in answered and enough:
            charted.append(one)
        answered.add(one.indicator)

    shown = {(one.measure, *mains[one.measure, one.indicator]) for one in carded + charted}
    older = {
        (one.measure, *main)
        for one in carded + charted
        if compares_further(held[one.measure][main := mains[one.measure, one.indicator]], one.gap)
    }
    shown |= {(one.measure, *pair) for one in charted for pair in drawn_pairs(one, held[one.measure])}
    infos = [info for info in infos if (info.measure, info.scheme, info.code) in shown]
    at_length = by_measure(infos, courses(infos, last=PERIODS, known_on=known_on, user=user))
    infos = [info for info in infos if (info.measure, info.scheme, info.code) in older]
    compared = by_measure(infos, reading.points(infos, last=PERIODS, known_on=known_on, user=user))

    def made(maker, one: FollowedMeasure):
        main = mains[one.measure, one.indicator]
        figures = compared.get(one.measure, {}).get(main) or held[one.measure][main]
        drawn = maker(one, figures, at_length[one.measure], main, query)
        drawn.late = late.words(figures[-1].series) if late else ""
        return drawn

    return Dashboard(
        axis,
        [made(card, one) for one in carded],
        [made(chart, one) for one in charted],
        compared_measures(followed, held),
    )


def by_measure(infos: Iterable[SeriesInfo], rows: dict[int, Rows]) -> dict[str, dict[Pair, Rows]]:
    """What there is about each series, by measure then by subject."""
    held: dict[str, dict[Pair, Rows]] = {}
    for info in infos:
        if rows.get(info.id):
            held.setdefault(info.measure, {})[info.scheme, info.code] = rows[info.id]
    return held


def main_pair(one: FollowedMeasure, figures: Figures) -> Pair:
    """The subject of the indicator, or the one that stands for it when nothing is known of it."""
    return next((pair for pair in (one.subject, EPCI) if pair in figures), next(iter(figures)))


def drawn_pairs(one: FollowedMeasure, figures: Iterable[Pair]) -> list[Pair]:
    """The main subject and those it is compared with, in the order of the catalogue."""
    order = {pair: place for place, pair in enumerate(one.subjects)}
    return sorted(figures, key=lambda pair: order.get(pair, len(order)))[:MOST_LINES]


def compared_measures(followed: Sequence[FollowedMeasure], held: dict) -> list[FollowedMeasure]:
    """What the table shows: measures of official datasets, which speak of many territories; statements do
    not.
    """
    return [
        one
        for one in followed
        if any(is_declared(figures[-1].series.dataset) for figures in held.get(one.measure, {}).values())
    ]


def card(
    one: FollowedMeasure,
    main: list[Figure],
    drawn: dict[Pair, Course],
    pair: Pair,
    query: str = "",
) -> Card:
    """`main`: the last figure, and the one it is compared with."""
    last, info = main[-1], main[-1].series
    attested = not official_behind(info.dataset)
    found = None if attested else evolution(main, one.breaks, one.gap)
    return Card(
        figure=last,
        title=one.label,
        href=f"/indicateurs/{one.indicator}/{query}",
        denominator=unit_words(info, one.denominator) if info.symbol == "%" else "",
        trend=[] if attested else drawn[pair].numbers(24),
        trend_words=change_words(found) if found is not None else "",
    )


def chart(
    one: FollowedMeasure,
    main: list[Figure],
    drawn: dict[Pair, Course],
    subject: Pair,
    query: str = "",
) -> Chart:
    """The subject against those it is compared with, over the last periods."""
    info = main[-1].series
    attested = not official_behind(info.dataset)
    lines = [
        Line(
            place_name(drawn[pair].series),
            points_of(drawn[pair]),
            subject=pair == subject,
        )
        for pair in drawn_pairs(one, drawn)
    ]
    if attested:
        # Statements keep their dates: they are neither joined nor put side by side.
        kind = "strip"
    elif max(len(line.points) for line in lines) <= 2:
        lines, kind = latest_only(lines), "hbar"
    else:
        kind = drawing(one.chart, lines)
    code = one.indicator
    return Chart(
        key=code,
        question=one.question,
        reading=sentence(main, one.sentence, one.label, one.breaks, one.gap, attested=attested),
        kind=kind,
        lines=lines,
        unit=info.symbol or info.counted_unit,
        unit_label=unit_words(info, one.denominator),
        decimals=info.decimals,
        zero=kind in ("bar", "hbar"),
        source=dataset_words(info),
        source_url="/sources/",
        download_url=f"/indicateurs/{code}.csv{query}",
        figure_url=f"/indicateurs/{code}/figure.json{query}",
        table_url=f"/indicateurs/{code}/{query}",
    )
