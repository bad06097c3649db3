"""Lines over time: the subject in accent, context in grey, gaps left open, uncertain ends dashed."""

import re
from collections.abc import Sequence
from datetime import date

from ..contract import Chart, Line, Point, is_dashed
from ..marks import STATES, Mark
from ..points import Trace
from ..scales import Horizontal, Vertical
from .parts import (
    break_lines,
    colour,
    dot,
    frame,
    margin_labels,
    middle,
    period_axis,
    target_line,
    target_text,
    value_axis,
    value_text,
    vertical,
    wrap,
)

HEIGHT = 264
PHONE_MARGIN = 6  # rem, a fifth of a phone
COMMON_NOUN = re.compile(r"\w+ (de |du |des |d[’'])")
NAMED = 6  # beyond so many lines, only the subject and the two extremes are named


def draw(chart: Chart, height: int = 0) -> str:
    plot = float(height or HEIGHT)
    xs = ordered(chart)
    across, down = Horizontal(xs), vertical(chart, plot, chart.zero)
    body, left = value_axis(chart, down)
    body.append(period_axis(across, plot))
    breaks, rows = break_lines(chart, across.beginning, plot)
    body += breaks
    body.append(
        f'<svg class="st" viewBox="0 0 1000 {plot * 10:.0f}" preserveAspectRatio="none" height="{plot:.0f}">'
    )
    points: list[str] = []
    places = {x: f"{place:.0f} " for x, place in across.positions.items()}
    order = sorted(range(len(chart.lines)), key=lambda i: chart.lines[i].subject)
    for index in order:
        line = chart.lines[index]
        shade = colour(chart, index)
        if shade == "su":
            body.append(revision_band(line.points, places, down))
        body.append(f'<g class="ln {shade}">{paths(line, places, down)}</g>')
        points.append(ends(chart, index, across, down))
    body.append("</svg>")
    body += points
    body.append(target_line(chart, down))
    labels, right, phone = direct_labels(chart, down)
    body.append(labels)
    return frame(chart, body, plot + rows + 40, left, right, rows + 12, phone)


def ordered(chart: Chart) -> list[str | date]:
    """Every x once, in the order of first appearance."""
    columns = [line.points.xs for line in chart.lines if isinstance(line.points, Trace)]
    if len(columns) == len(chart.lines) and all(xs == columns[0] for xs in columns):
        return list(columns[0])
    return list(dict.fromkeys([point.x for line in chart.lines for point in line.points]))


def paths(line: Line, across: dict[str | date, str], down: Vertical) -> str:
    """Solid and dashed strokes in tenths of a pixel; a missing value lifts the pen, it is never bridged."""
    factor = down.factor * 10
    base = down.height * 10 + down.low * factor + 0.5
    points = line.points
    if line.step:
        return stairs(points, across, base, factor)
    if isinstance(points, Trace) and not line.provisional:
        drawn = zip(points.xs, points.values, strict=True)
        return f'<path d="M{"L".join([across[x] + str(int(base - value * factor)) for x, value in drawn])}"/>'
    if not line.provisional and all(p.mark is Mark.OBSERVED and p.value is not None for p in points):
        places = [across[p.x] + str(int(base - float(p.value) * factor)) for p in points]  # type: ignore[arg-type]
        return f'<path d="M{"L".join(places)}"/>'
    solid: list[str] = []
    dashed: list[str] = []
    previous = ""
    in_dashes = False
    for p in points:
        if p.state != "value":
            previous = ""
            continue
        here = across[p.x] + str(int(base - middle(p) * factor))
        if not previous:
            solid.append(f"M{here}")
            in_dashes = False
        elif is_dashed(line, p):
            dashed.append(f"L{here}" if in_dashes else f"M{previous}L{here}")
            in_dashes = True
        else:
            solid.append(f"M{previous}L{here}" if in_dashes else f"L{here}")
            in_dashes = False
        previous = here
    path = f'<path d="{"".join(solid)}"/>'
    return f'{path}<path class="da" d="{"".join(dashed)}"/>' if dashed else path


def stairs(points: Sequence[Point], across: dict[str | date, str], base: float, factor: float) -> str:
    """Level from each point to the next, then up or down to it; a missing value lifts the pen."""
    strokes: list[str] = []
    level = ""
    for p in points:
        if p.state != "value":
            level = ""
            continue
        height = str(int(base - middle(p) * factor))
        place = across[p.x]
        strokes.append(f"L{place}{level}L{place}{height}" if level else f"M{place}{height}")
        level = height
    return f'<path d="{"".join(strokes)}"/>'


def revision_band(points: Sequence[Point], across: dict[str | date, str], down: Vertical) -> str:
    """The gap between what is known now and what the edition before said."""
    if isinstance(points, Trace):
        return ""
    revised = [p.revised_from is not None and p.state == "value" for p in points]
    if not any(revised):
        return ""
    bands: list[str] = []
    run: list[Point] = []

    def close() -> None:
        if len(run) > 1:
            now = [f"{across[p.x]}{down(middle(p)) * 10:.0f}" for p in run]
            before = [f"{across[p.x]}{down(_before(p)) * 10:.0f}" for p in reversed(run)]
            bands.append(f"M{'L'.join(now + before)}Z")
        run.clear()

    for i, p in enumerate(points):
        if p.state == "value" and any(revised[max(0, i - 1) : i + 2]):
            run.append(p)
        else:
            close()
    close()
    return f'<path class="rv" d="{"".join(bands)}"/>' if bands else ""


def _before(point: Point) -> float:
    return middle(point) if point.revised_from is None else float(point.revised_from)


def ends(chart: Chart, index: int, across: Horizontal, down: Vertical) -> str:
    """The last point, points alone between two gaps, intervals, and the sign of each empty state."""
    points, shade = chart.lines[index].points, colour(chart, index)
    if isinstance(points, Trace):
        return f'<g class="{shade}">{end_dot(chart, points[-1], shade, index, across, down)}</g>'
    out: list[str] = []
    valued = [i for i, p in enumerate(points) if p.state == "value"]
    last = valued[-1] if valued else -1
    told = [i for i in valued if points[i].qualifier or points[i].low is not None]
    alone = lonely(points) if len(valued) < len(points) else []
    for i in sorted({last, *told, *alone}) if valued else []:
        p = points[i]
        x = f"{across.positions[p.x] / 10:.1f}%"
        if p.low is not None and p.high is not None:
            out.append(f'<line class="wh" x1="{x}" x2="{x}" y1="{down(p.low):.1f}" y2="{down(p.high):.1f}"/>')
        out.append(end_dot(chart, p, shade, index, across, down))
    if shade == "su":
        out += empty_signs(points, across, down.height)
    return f'<g class="{shade}">{"".join(out)}</g>' if out else ""


def end_dot(chart: Chart, p: Point, shade: str, index: int, across: Horizontal, down: Vertical) -> str:
    x = f"{across.positions[p.x] / 10:.1f}%"
    return dot(chart, p, x, down(middle(p)), 4 if shade == "su" else 3, index)


def lonely(points: Sequence[Point]) -> list[int]:
    """The values between two gaps, which no stroke reaches."""
    full = [False, *[p.state == "value" for p in points], False]
    return [i - 1 for i in range(1, len(full) - 1) if full[i] and not full[i - 1] and not full[i + 1]]


def empty_signs(points: Sequence[Point], across: Horizontal, height: float) -> list[str]:
    """« s », « n.d. », « — », « à paraître » at the foot of each gap, once a run."""
    out: list[str] = []
    start = 0
    while start < len(points):
        state = points[start].state
        end = start
        while end + 1 < len(points) and points[end + 1].state == state:
            end += 1
        if state != "value":
            middle_x = (across.positions[points[start].x] + across.positions[points[end].x]) / 20
            side = ' text-anchor="end"' if middle_x > 96 else ""
            out.append(
                f'<text class="em" x="{middle_x:.1f}%" y="{height - 6:.0f}"{side}>{STATES[state][0]}</text>'
            )
        start = end + 1
    return out


def direct_labels(chart: Chart, down: Vertical) -> tuple[str, int, int]:
    """Name and last value at the right end of each line, moved apart; the margins there and on a phone."""
    last: list[tuple[int, Point]] = []
    for index, line in enumerate(chart.lines):
        point = next((p for p in reversed(line.points) if p.state == "value"), None)
        if point is not None:
            last.append((index, point))
    if len(last) > NAMED:
        by_value = sorted(last, key=lambda pair: middle(pair[1]))
        kept = {by_value[0][0], by_value[-1][0]}
        last = [(i, p) for i, p in last if i in kept or chart.lines[i].subject]
    alone = len(chart.lines) == 1
    texts = [
        wrap(
            value_text(chart, p, unit=True) if alone else f"{chart.lines[i].name} {value_text(chart, p)}", 17
        )
        for i, p in last
    ]
    wanted = [down(middle(p)) for _, p in last]
    shades = [colour(chart, i) for i, _ in last]
    if chart.target is not None:
        texts.append(target_text(chart))
        wanted.append(down(float(chart.target.value)))
        shades.append("tl")
    labels, right = margin_labels(texts, wanted, shades, -10, down.height + 10)
    if alone or right <= PHONE_MARGIN:
        return labels, right, 0
    names = short_names([chart.lines[i].name for i, _ in last])
    short = [wrap(f"{name} {value_text(chart, p)}", 11) for name, (_, p) in zip(names, last, strict=True)]
    short += [wrap(" ".join(text), 11) for text in texts[len(last) :]]
    narrow, phone = margin_labels(short, wanted, shades, -10, down.height + 10, "dl ph")
    return labels.replace('class="dl"', 'class="dl wo"', 1) + narrow, right, min(phone, PHONE_MARGIN)


def short_names(names: list[str]) -> list[str]:
    """« Béthune » for « Zone de Béthune » where several names begin with the same common noun."""
    heads = [match[0] if (match := COMMON_NOUN.match(name)) else "" for name in names]
    nouns = [head.split(" ")[0] for head in heads]
    return [
        name[len(head) :] if head and nouns.count(noun) > 1 else name
        for name, head, noun in zip(names, heads, nouns, strict=True)
    ]
