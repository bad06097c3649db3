"""The rows of a chart as a table of words: every point, empty state, evidence and revision."""

from datetime import date

from .contract import Chart, ChartTable, Point
from .french import interval, number
from .marks import QUALIFIERS, STATES, Mark
from .periods import beginning, long_label, position

X_HEADS = {"hbar": "Catégorie", "dots": "Catégorie", "waterfall": "Étape"}


def table(chart: Chart) -> ChartTable:
    caption = chart.question + (
        f" ({chart.unit_label or chart.unit})" if chart.unit_label or chart.unit else ""
    )
    return _attested(chart, caption) if chart.kind == "strip" else _crossed(chart, caption)


def _crossed(chart: Chart, caption: str) -> ChartTable:
    """One row a period or category, one column a line, and the target's."""
    xs = list(dict.fromkeys([p.x for line in chart.lines for p in line.points]))
    if chart.kind in ("line", "bar", "stacked") and all(position(x) is not None for x in xs):
        xs.sort(key=lambda x: position(x) or 0.0)
    temporal = bool(xs) and position(xs[0]) is not None
    labels = {p.x: p.label or long_label(p.x) for line in chart.lines for p in line.points}
    columns = [
        X_HEADS.get(chart.kind, "Période" if temporal else "Catégorie"),
        *(line.name or chart.unit_label or "Valeur" for line in chart.lines),
    ]
    decimals = chart.decimals
    cells: list[dict[str | date, str]] = [
        {p.x: cell(p, decimals, line.provisional) for p in line.points} for line in chart.lines
    ]
    rows = [[labels[x], *[column.get(x, "") for column in cells]] for x in xs]
    if chart.target is not None:
        columns.append(chart.target.label)
        aim = number(chart.target.value, decimals)
        for row in rows:
            row.append(aim)
    if chart.breaks:
        columns.append("Rupture")
        for x, row in zip(xs, rows, strict=True):
            row.append("\u202f; ".join([b.label for b in chart.breaks if b.x == x]))
        _breaks_between(chart, xs, rows)
    return ChartTable(caption, columns, rows)


def _breaks_between(chart: Chart, xs: list[str | date], rows: list[list[str]]) -> None:
    """A break that falls between two rows is told on the first row after it."""
    start = position(xs[0]) if xs else None
    for b in chart.breaks:
        at = beginning(b.x)
        if b.x in xs or at is None or start is None or at < start:
            continue
        for x, row in zip(xs, rows, strict=True):
            here = position(x)
            if here is not None and here >= at:
                row[-1] = f"{row[-1]}\u202f; {b.label}" if row[-1] else b.label
                break


def _attested(chart: Chart, caption: str) -> ChartTable:
    """One row a point: its date, what it counts, its value, its perimeter, how firm it is."""
    rows = [
        (
            position(p.x) or 0.0,
            [
                p.label or long_label(p.x),
                p.note,
                cell(p, chart.decimals, line.provisional, word=False),
                p.perimeter or line.name,
                "" if p.state != "value" else p.mark.word,
            ],
        )
        for line in chart.lines
        for p in line.points
    ]
    rows.sort(key=lambda pair: pair[0])
    return ChartTable(caption, ["Date", "Objet", "Valeur", "Périmètre", "Statut"], [row for _, row in rows])


def cell(p: Point, decimals: int, provisional: bool = False, word: bool = True) -> str:
    """« 8,4 (révisé, 8,5 auparavant) », « environ 40 », « 12 (engagé) », « s (secret statistique) »."""
    if p.state != "value":
        return STATES[p.state][1]
    if p.value is None:
        text = interval(p.low, p.high, "", decimals)
    else:
        text = number(p.value, decimals)
        if p.qualifier:
            text = QUALIFIERS[p.qualifier][1] + text
        if p.low is not None and p.high is not None:
            text += f" [{number(p.low, decimals)}\u202f; {number(p.high, decimals)}]"
    remarks = []
    mark = Mark.PROVISIONAL if provisional and p.mark is Mark.OBSERVED else p.mark
    if word and mark is not Mark.OBSERVED:
        remarks.append(mark.word)
    if p.revised_from is not None:
        remarks.append(f"révisé, {number(p.revised_from, decimals)} auparavant")
    return f"{text} ({', '.join(remarks)})" if remarks else text
