"""From an indicator and its figures to a chart: the same rows give the picture, the table and the
sentence.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from agglo.charts import Chart, ChartBreak, Line, Mark, Point, Trace
from agglo.figures.courses import Course
from agglo.figures.display import to_the, uncapitalised
from agglo.figures.periods import sdmx_period
from agglo.figures.reading import Figure, SeriesInfo
from agglo.figures.vocabulary import Dating, Qualifier, State
from agglo.figures.wording import EMPTY, MARKS, QUALIFIED, date_words, period_words
from agglo.indicators.answer import Answer, Former, Period
from agglo.indicators.sentence import of_name, sentence
from agglo.opendata.formulas.formula import TITLED
from agglo.opendata.tallies import made_here

MOST_LINES = 6
# Asked for every point of a page: a name of a module is found ten times faster than a member of an enum.
BETWEEN, VALUE, OBSERVED = int(Qualifier.BETWEEN), int(State.VALUE), Mark.OBSERVED
UNDATED = "date inconnue"


def picture(found: Answer, address: str, query: str = "") -> Chart | None:
    """The chart of the headline; None when nothing is known. `address` is the indicator's own, `query`
    its date.
    """
    headline = found.headline
    if headline is None:
        return None
    rows = found.of_measure(headline.measure.code)
    main = found.main()
    info = main[-1].series
    breaks = found.breaks_of(headline.measure.code)
    text = sentence(
        main,
        headline.sentence,
        headline.label,
        [(b.on, b.cause) for b in breaks],
        headline.gap,
        attested=found.attested,
    )
    indicator = found.indicator
    lines = said(found) if found.attested else compared(found, rows)
    kind = "strip" if found.attested else drawing(indicator.chart, lines)
    base = address.rstrip("/")
    return Chart(
        key=indicator.code,
        question=indicator.question,
        reading=text,
        kind=kind,
        lines=lines,
        unit=info.symbol or info.counted_unit,
        unit_label=unit_words(info, indicator.denominator),
        decimals=info.decimals,
        zero=kind in ("bar", "hbar", "stacked"),
        breaks=[ChartBreak(b.on, b.cause) for b in breaks],
        source=source_words(found, main[-1]),
        source_url="/sources/",
        download_url=f"{base}.csv{query}",
        figure_url=f"{address}figure.json{query}",
        note=note(found, info),
    )


def drawing(kind: str, lines: list[Line]) -> str:
    """The natural chart, as far as the figures allow it: columns one beside the other past one series are
    lines.
    """
    periods = max((len(line.points) for line in lines), default=0)
    if periods <= 2 and len(lines) > 1:
        return "hbar"
    if kind in ("bar", "stacked"):
        return "bar" if len(lines) == 1 else "line"
    # Points by line name one territory only: the others would be grey points without a name.
    return "line" if kind in ("hbar", "strip") or (kind == "dots" and len(lines) > 1) else kind


def compared(found: Answer, rows: dict[SeriesInfo, list[Figure]]) -> list[Line]:
    """One line a territory, the subject first, then in the order of the catalogue; first-ranked account
    of each.
    """
    order = {pair: place for place, pair in enumerate(found.indicator.subjects)}
    kept: dict[tuple[str, str], SeriesInfo] = {}
    for info in sorted(rows, key=lambda info: (info.rank, info.id)):
        kept.setdefault((info.scheme, info.code), info)
    chosen = sorted(kept.items(), key=lambda pair: order.get(pair[0], len(order)))[:MOST_LINES]
    if not found.indicator.subject or all(pair != found.indicator.subject for pair, _ in chosen):
        main = chosen[0][0] if chosen else None
    else:
        main = found.indicator.subject
    lines = [
        Line(
            place_name(info),
            [point(figure, found.former.get(info.id, {})) for figure in rows[info]],
            subject=pair == main,
            url=info.subject_path or None,
        )
        for pair, info in chosen
    ]
    if lines and max(len(line.points) for line in lines) <= 2:
        return latest_only(lines)
    return lines


def latest_only(lines: list[Line]) -> list[Line]:
    """With one or two periods there is no curve: one bar a territory, at the last period."""
    points = []
    for line in lines:
        last = line.points[-1]
        last.note, last.x, last.label = last.label, line.name, line.name
        points.append(last)
    return [Line(lines[0].name, points, subject=True)]


def said(found: Answer) -> list[Line]:
    """Dated statements, one lane a measure; a statement without any date is told in the table of the page.

    Only measures counted in the headline's unit: persons and percents do not stand under one title.
    """
    lines, unit = [], _unit(found.main()[-1].series)
    for followed in found.followed:
        points = []
        for info, figures in found.of_measure(followed.measure.code).items():
            for figure in figures if _unit(info) == unit else ():
                if figure.end is not None:
                    one = point(figure, {})
                    one.perimeter, one.note = followed.label, info.source
                    one.label = date_words(figure)
                    one.x = figure.end.isoformat() if figure.dating != Dating.UNKNOWN else one.x
                    one.url = f"/chiffres/{figure.id}/"
                    points.append(one)
        if points:
            lines.append(Line(followed.label, points, subject=not lines))
    return lines


def _unit(info: SeriesInfo) -> tuple[str, str]:
    return info.symbol, info.counted_unit


def point(figure: Figure, former: dict[Period, Former]) -> Point:
    """One figure on the drawing, with what an earlier edition said of it."""
    before = former.get((figure.start, figure.end)) if former else None
    value, low, high = figure.value, None, None
    if figure.qualifier == BETWEEN:
        value, low, high = None, figure.value, figure.value_high
    held = figure.state == VALUE
    return Point(
        x=sdmx_period(figure.start, figure.end) if figure.start and figure.end else UNDATED,
        value=value,
        low=low,
        high=high,
        mark=_mark(figure.evidence, figure.obs_status),
        state="value" if held else EMPTY[State(figure.state)],
        label=date_words(figure),
        qualifier=QUALIFIED.get(figure.qualifier, ""),
        revised_from=before.value if before and held and before.value != figure.value else None,
    )


def points_of(course: Course) -> Sequence[Point]:
    """The figures of a series as the drawing takes them: in columns when they are plain values, else one by
    one.
    """
    xs = _periods(course.periods)
    if not course.apart and len(xs) > 2 and not any("/" in x for x in xs):
        return Trace(xs, course.values)
    said = []
    for place, (start, end) in enumerate(course.periods):
        told = course.apart.get(place)
        value = course.values[place]
        number = None if value is None else Decimal(value)
        if told is None:
            said.append(Point(x=xs[place], value=number, label=period_words(Dating.STATED, start, end)))
            continue
        high = None if told.value_high is None else Decimal(told.value_high)
        between = told.qualifier == BETWEEN
        said.append(
            Point(
                x=xs[place],
                value=None if between else number,
                low=number if between else None,
                high=high if between else None,
                mark=_mark(told.evidence, told.obs_status),
                state="value" if told.state == VALUE else EMPTY[State(told.state)],
                label=period_words(told.dating, start, end),
                qualifier=QUALIFIED.get(told.qualifier, ""),
            )
        )
    return said


@lru_cache(maxsize=256)
def _periods(periods: tuple[Period, ...]) -> tuple[str, ...]:
    """Written once for all the series that have the same periods."""
    return tuple([sdmx_period(start, end) if start and end else UNDATED for start, end in periods])


def _mark(evidence: int, obs_status: str) -> Mark:
    mark = MARKS[evidence]
    return Mark.PROVISIONAL if mark is OBSERVED and obs_status in "PE" else mark


def place_name(info: SeriesInfo) -> str:
    """A zone is always called a zone: its figure is not the figure of the EPCI of the same name; an EPCI
    by the first of its names, « Béthune-Bruay ».
    """
    if info.scheme == "ZE2020":
        return f"Zone {of_name(info.subject)}"
    return info.subject.split(", ")[0] if info.scheme == "EPCI" else info.subject


def unit_words(info: SeriesInfo, denominator: str) -> str:
    """« % des actifs résidents », « % (rapporté à la surface du site) », « % », « postes ».

    The base of a percentage is the one its own series names: a press article under an indicator does not
    take over the base that the indicator asks for. `denominator`, the indicator's, only speaks for a figure
    made here without naming one.
    """
    if info.symbol != "%":
        return info.symbol or info.counted_unit
    base = uncapitalised(info.denominator or (denominator if made_here(info.dataset) else ""))
    if not base:
        return info.symbol
    said = to_the(base)
    return f"% des {base}" if said.startswith("aux ") else f"% (rapporté {said})"


def source_words(found: Answer, figure: Figure) -> str:
    info = figure.series
    release = found.releases.get(figure.release_id)
    edition = f", édition {release.edition}" if release and release.edition and not found.attested else ""
    return f"{dataset_words(info)}{edition}"


def dataset_words(info: SeriesInfo) -> str:
    """« Insee, Taux de chômage localisés », « Calcul de l’observatoire, inscrits … ÷ … »."""
    return f"{info.source}, {info.dataset_title.removeprefix(TITLED)}"


def note(found: Answer, info: SeriesInfo) -> str:
    if found.attested:
        return (
            "Chaque point est une déclaration datée\u00a0:"
            " les périmètres diffèrent, les points ne se relient pas."
        )
    if info.scheme == "ZE2020":
        return "Ce chiffre est celui d’une zone d’emploi, jamais celui de l’agglomération."
    return ""


__all__ = ["picture", "point"]
