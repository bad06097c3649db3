"""The page of an indicator: what its template shows, in the order a reader needs it."""

from dataclasses import dataclass, replace
from datetime import date

from agglo.figures.known_on import KnownOn
from agglo.figures.reading import Figure
from agglo.indicators.answer import EPCI, Answer
from agglo.indicators.picture import picture, place_name
from agglo.indicators.sentence import change_words, evolution
from agglo.opendata.declaration import declared
from agglo.opendata.duties import Entered, entered
from agglo.opendata.formulas import Formula, computed, measures_behind
from agglo.opendata.formulas.formula import is_ours
from agglo.opendata.formulas.tracing import missing_inputs
from agglo.opendata.freshness import Freshness, freshness_of
from agglo.opendata.lateness import Lateness
from agglo.opendata.tallies import tallies
from agglo.territory.models import Overlap

SHOWN_REVISIONS = 40


@dataclass(slots=True)
class Row:
    """One territory or one statement: its last figure and how it moved."""

    figure: Figure
    name: str
    label: str
    change: str = ""
    main: bool = False


def indicator_page(found: Answer, known: KnownOn) -> dict:
    """Context of the page; two queries on top of the answer's (freshness of the source, shares of
    population).
    """
    one = found.indicator
    chart = picture(found, one.get_absolute_url(), known.query)
    # The answer opens the page: the drawing below it is named, and does not say it again.
    headline = found.headline
    feeds = feeds_of(found)
    late = None if known.day else _lateness(feeds)
    said = late.words(found.main()[-1].series) if late and chart else ""
    drawn = replace(chart, question=one.name, reading="", late=said) if chart else None
    revisions = found.revisions()
    code = one.code
    return {
        "indicator": one,
        "known": known,
        "found": found,
        "chart": chart,
        "drawn": drawn,
        "headline": headline,
        "edition": found.edition(found.main()[-1].release_id) if headline and not found.attested else "",
        "rows": _rows(found),
        "others": [(label, figure, _behind(found, figure)) for label, figure in _others(found)],
        "revisions": revisions[:SHOWN_REVISIONS],
        "more_revisions": max(0, len(revisions) - SHOWN_REVISIONS),
        "mixed_revisions": len({one.label for one in revisions}) > 1,
        # Several measures of an indicator may break on one day for one cause.
        "breaks": list({(b.on, b.cause, b.detail): b for b in found.breaks}.values()),
        "feeds": feeds,
        "kept_inside": chart is None and _counted_inside(found),
        "lateness": late,
        "calculations": [
            (label, formula.words, missing_inputs(formula)) for label, formula in _formulas(found)
        ],
        "overlaps": _overlaps(found),
        "missing_official": headline is not None and found.attested and headline != found.followed[0],
        "downloads": [
            (f"/indicateurs/{code}.csv{known.query}", "CSV"),
            (f"/indicateurs/{code}.json{known.query}", "JSON"),
        ],
    }


def _counted_inside(found: Answer) -> bool:
    """Whether our services count all that is followed here, and nobody else may read the counts."""
    inside = {measure for tally in tallies().values() if not tally.public for measure in tally.measures}
    followed = {one.measure.code for one in found.followed}
    return bool(followed) and followed <= inside


def _formulas(found: Answer) -> list[tuple[str, Formula]]:
    """Label and formula of the followed measures that the portal works out."""
    known = {one.measure: one for one in computed().values() if isinstance(one, Formula)}
    return [(one.label, known[one.measure.code]) for one in found.followed if one.measure.code in known]


def feeding(found: Answer) -> list[str]:
    """Codes of the official datasets that answer this indicator, or enter what is computed for it."""
    measures = {one.measure.code for one in found.followed}
    for _, formula in _formulas(found):
        measures |= {one.measure for one in formula.inputs.values()}
    ours = computed()
    return [
        code
        for code, one in declared().items()
        if code not in ours and measures & {m.measure for m in one.measures}
    ]


def feeds_of(found: Answer) -> list[Freshness | Entered]:
    """How fresh the official datasets are, and what staff enter about the indicator's subject."""
    subject = found.indicator.subject
    measures = measures_behind(one.measure.code for one in found.followed)
    return [*freshness_of(feeding(found)), *(entered(measures, [subject]) if subject else [])]


def _lateness(feeds: list[Freshness | Entered]) -> Lateness:
    datasets = [feed for feed in feeds if isinstance(feed, Freshness)]
    return Lateness(datasets, [feed for feed in feeds if isinstance(feed, Entered)])


def _rows(found: Answer) -> list[Row]:
    """The headline about every territory compared, at its last period, or every dated statement."""
    headline = found.headline
    if headline is None:
        return []
    held = found.of_measure(headline.measure.code)
    if found.attested:
        figures = found.main()
        return [Row(f, f.series.source, headline.label, main=f is figures[-1]) for f in reversed(figures)]
    order = {pair: place for place, pair in enumerate(found.indicator.subjects)}
    breaks = [(b.on, b.cause) for b in found.breaks_of(headline.measure.code)]
    rows, seen = [], set()
    for info in sorted(held, key=lambda i: (order.get((i.scheme, i.code), len(order)), i.rank)):
        pair = (info.scheme, info.code)
        if pair in seen:
            continue
        seen.add(pair)
        moved = evolution(held[info], breaks, headline.gap)
        rows.append(
            Row(
                held[info][-1],
                place_name(info),
                info.subject_kind,
                change_words(moved) if moved else "",
                pair == found.indicator.subject,
            )
        )
    return rows


def _others(found: Answer) -> list[tuple[str, Figure]]:
    """The other measures of the indicator: their last figure about the subject, or all their statements,
    newest first.
    """
    headline, others = found.headline, []
    for followed in found.followed:
        if followed == headline:
            continue
        held = found.of_measure(followed.measure.code)
        about = [
            rows for info, rows in held.items() if (info.scheme, info.code) in (found.indicator.subject, EPCI)
        ]
        if found.attested:
            figures = sorted((f for rows in about for f in rows), key=_newest)
            others += [(followed.label, figure) for figure in figures]
        elif about:
            others.append((followed.label, min((rows[-1] for rows in about), key=lambda f: f.series.rank)))
    return others


def _newest(figure: Figure) -> tuple:
    return (-(figure.end or date.min).toordinal(), figure.series.rank)


def _behind(found: Answer, figure: Figure) -> str:
    """Who says it: for a figure worked out here, those whose counts of the same dates it was read from."""
    if not is_ours(figure):
        return figure.series.source
    dates = (figure.start, figure.end)
    named = {
        one.series.source
        for rows in found.figures.values()
        for one in rows
        if (one.start, one.end) == dates and not is_ours(one)
    }
    return f"calcul d’après {' et '.join(sorted(named))}" if named else figure.series.source


def _overlaps(found: Answer) -> list[Overlap]:
    """Where figures are of employment zones: which part of our population each of them holds."""
    zones = {info.code for info, rows in found.figures.items() if info.scheme == "ZE2020" and rows}
    if not zones:
        return []
    shares = Overlap.objects.filter(epci__subject__code=EPCI[1], zone__subject__code__in=zones)
    latest: dict[int, Overlap] = {}
    for one in shares.select_related("zone__subject").order_by("-year"):
        latest.setdefault(one.zone_id, one)
    return sorted(latest.values(), key=lambda one: one.population, reverse=True)
