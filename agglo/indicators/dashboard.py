"""The dashboard of an axis: cards, charts and a table over many territories, from a fixed number of queries.

Everything is read set by set: what the axis follows (one query), its series about the subjects of its
indicators (one), their last figures (one), what is drawn in columns (one), breaks (one), and figures that the
last ones are compared with when they are older than the one before (at most one); the table adds its
territories, their series and figures (three).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from agglo.charts import Chart, Line
from agglo.figures import reading
from agglo.figures.courses import Course, courses
from agglo.figures.models import Break
from agglo.figures.reading import Figure, SeriesInfo
from agglo.indicators.answer import EPCI
from agglo.indicators.models import Axis, Followed
from agglo.indicators.picture import MOST_LINES, drawing, latest_only, place_name, points_of, unit_words
from agglo.indicators.sentence import change_words, compares_further, evolution, sentence
from agglo.opendata.declaration import declared

MOST_CARDS, MOST_CHARTS, PERIODS = 12, 6, 40
Pair = tuple[str, str]  # scheme and code of a subject
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


@dataclass(slots=True)
class Dashboard:
    """`measures` are the columns of the table that compares territories."""

    axis: Axis
    cards: list[Card]
    charts: list[Chart]
    measures: list[Followed]


def dashboard(axis: Axis, known_on: date | None = None, query: str = "", user=None) -> Dashboard:
    """Five queries, or six. `query` is what addresses carry so that they say the same date."""
    followed = list(
        Followed.objects.filter(indicator__axis=axis)
        .select_related("indicator", "measure")
        .order_by("indicator__position", "order")
    )
    subjects = dict.fromkeys(pair for one in followed for pair in one.indicator.subjects)
    subjects[EPCI] = None
    infos = reading.find_series({one.measure.code for one in followed}, subjects, user=user)
    # What there is first, then at length only what is shown: most comparisons have no drawing.
    held = by_measure(infos, reading.points(infos, last=2, known_on=known_on, user=user))
    carded, charted, answered = [], [], set()
    for one in followed:
        figures = held.get(one.measure.code)
        if not figures:
            continue
        if len(carded) < MOST_CARDS:
            carded.append(one)
        enough = len(figures) + len(figures[main_pair(one, figures)]) > 2
        if len(charted) < MOST_CHARTS and one.indicator_id not in answered and enough:
            charted.append(one)
        answered.add(one.indicator_id)

    shown = {(one.measure.code, *main_pair(one, held[one.measure.code])) for one in carded + charted}
    shown |= {
        (one.measure.code, *pair) for one in charted for pair in drawn_pairs(one, held[one.measure.code])
    }
    infos = [info for info in infos if (info.measure, info.scheme, info.code) in shown]
    at_length = by_measure(infos, courses(infos, last=PERIODS, known_on=known_on, user=user))
    older = {
        (one.measure.code, *pair)
        for one in {*carded, *charted}
        if compares_further(held[one.measure.code][pair := main_pair(one, held[one.measure.code])], one.gap)
    }
    infos = [info for info in infos if (info.measure, info.scheme, info.code) in older]
    compared = by_measure(infos, reading.points(infos, last=PERIODS, known_on=known_on, user=user))
    breaks: dict[str, list[tuple[date, str]]] = {}
    for code, on, cause in Break.objects.filter(measure__code__in=held).values_list(
        "measure__code", "on", "cause"
    ):
        breaks.setdefault(code, []).append((on, cause))

    def made(maker, one: Followed):
        code = one.measure.code
        main = main_pair(one, held[code])
        figures = compared.get(code, {}).get(main) or held[code][main]
        return maker(one, figures, at_length[code], main, breaks.get(code, ()), query)

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


def main_pair(one: Followed, figures: Figures) -> Pair:
    """The subject of the indicator, or the one that stands for it when nothing is known of it."""
    return next((pair for pair in (one.indicator.subject, EPCI) if pair in figures), next(iter(figures)))


def drawn_pairs(one: Followed, figures: Iterable[Pair]) -> list[Pair]:
    """The main subject and those it is compared with, in the order of the catalogue."""
    order = {pair: place for place, pair in enumerate(one.indicator.subjects)}
    return sorted(figures, key=lambda pair: order.get(pair, len(order)))[:MOST_LINES]


def compared_measures(followed: Sequence[Followed], held: dict) -> list[Followed]:
    """What the table shows: measures of official datasets, which speak of many territories; statements do
    not.
    """
    return [
        one
        for one in followed
        if any(
            figures[-1].series.dataset in declared() for figures in held.get(one.measure.code, {}).values()
        )
    ]


def card(
    one: Followed,
    main: list[Figure],
    drawn: dict[Pair, Course],
    pair: Pair,
    breaks: Sequence[tuple[date, str]],
    query: str = "",
) -> Card:
    """`main`: the last figure, and the one it is compared with."""
    last, info = main[-1], main[-1].series
    attested = info.dataset not in declared()
    found = None if attested else evolution(main, breaks, one.gap)
    return Card(
        figure=last,
        title=one.label,
        href=f"/indicateurs/{one.indicator.code}/{query}",
        denominator=unit_words(info, one.indicator.denominator) if info.symbol == "%" else "",
        trend=[] if attested else drawn[pair].numbers(24),
        trend_words=change_words(found) if found is not None else "",
    )


def chart(
    one: Followed,
    main: list[Figure],
    drawn: dict[Pair, Course],
    subject: Pair,
    breaks: Sequence[tuple[date, str]],
    query: str = "",
) -> Chart:
    """The subject against those it is compared with, over the last periods."""
    info = main[-1].series
    attested = info.dataset not in declared()
    lines = [
        Line(
            place_name(drawn[pair].series),
            points_of(drawn[pair]),
            subject=pair == subject,
        )
        for pair in drawn_pairs(one, drawn)
    ]
    if max(len(line.points) for line in lines) <= 2:
        lines, kind = latest_only(lines), "hbar"
    else:
        kind = drawing(one.indicator.chart, lines)
    code = one.indicator.code
    return Chart(
        key=code,
        question=one.indicator.question,
        reading=sentence(main, one.sentence, one.label, breaks, one.gap, attested=attested),
        kind="strip" if attested else kind,
        lines=lines,
        unit=info.symbol or info.counted_unit,
        unit_label=unit_words(info, one.indicator.denominator),
        decimals=info.decimals,
        zero=kind in ("bar", "hbar"),
        source=f"{info.source}, {info.dataset_title}",
        source_url="/sources/",
        download_url=f"/indicateurs/{code}.csv{query}",
        figure_url=f"/indicateurs/{code}/figure.json{query}",
        table_url=f"/indicateurs/{code}/{query}",
    )
