"""Attested points on their dates, one lane a perimeter, never joined: what was said, when, about whom."""

from datetime import date
from html import escape

from ..contract import Chart, Line, Point
from ..periods import long_label, position, short_label
from ..scales import Horizontal
from .line import ordered
from .parts import colour, dot, frame, value_text, wrap

UNIT = 10.5  # thousandths of the width a character takes where the lanes are shown, from 700 pixels
ROW, HEAD, NOTE = 28, 28, 16
SHEET = 1000  # pixels of lanes that a sheet of paper still holds, under their question


def draw(chart: Chart, height: int = 0) -> str:
    """Two drawings, of which the styles show one: lanes across on a desk, a list downwards on a phone."""
    return lanes(chart) + downwards(chart)


def lanes(chart: Chart) -> str:
    across = Horizontal(ordered(chart))
    body: list[str] = []
    y = 0.0
    for index, line in enumerate(chart.lines):
        drawn, tall = lane(chart, line, index, across, y)
        body += drawn
        y += tall
    lines = years(across, y)
    kind = "wide tall" if y > SHEET else "wide"
    return frame(chart, lines + body, y + 38, 1, 1, 14).replace('class="pic', f'class="pic {kind}', 1)


def years(across: Horizontal, height: float) -> list[str]:
    """An upright where each year starts, and the year in the middle of what is seen of it."""
    if across.categories:
        # A period of several years has no place of its own: points stand side by side, dated in the list.
        return []
    first, last = date.fromordinal(int(across.first)).year, date.fromordinal(int(across.last)).year
    out: list[str] = []
    for year in range(first, last + 1):
        start, end = across(date(year, 1, 1)), across(date(year + 1, 1, 1))
        if start is not None:
            out.append(
                f'<line class="gl" x1="{start / 10:.1f}%" x2="{start / 10:.1f}%" y1="-8" y2="{height:.0f}"/>'
            )
        left, right = start or 0.0, 1000.0 if end is None else end
        if right - left > 50 or first == last:
            out.append(f'<text class="yr" x="{(left + right) / 20:.1f}%" y="{height + 18:.0f}">{year}</text>')
    return out


def lane(chart: Chart, line: Line, index: int, across: Horizontal, top: float) -> tuple[list[str], float]:
    """A perimeter: its name, a hairline, and its points on as many rows as keep their words apart."""
    shade = colour(chart, index)
    rows: list[float] = []
    dots: list[str] = []
    for p in sorted(line.points, key=lambda p: position(p.x) or 0.0):
        x = across(p.x) or 0.0
        wide = (len(value_text(chart, p, True)) * 1.2 + len(p.note) + 2) * UNIT + 34
        leftward = x > 500
        start, end = (x - wide, x + 12) if leftward else (x - 12, x + wide)
        row = next((i for i, taken in enumerate(rows) if taken <= start), len(rows))
        if row == len(rows):
            rows.append(end)
        else:
            rows[row] = end
        dots.append(mark(chart, p, index, x, top + HEAD + row * ROW, leftward))
    tall = HEAD + len(rows) * ROW + 14
    foot = top + tall - 18
    return [
        f'<text class="lane {shade}" x="0" dx="-12" y="{top + 4:.0f}">{escape(line.name)}</text>',
        f'<g class="{shade}">{"".join(dots)}</g>',
        f'<line class="gl" x1="0" x2="100%" y1="{foot:.0f}" y2="{foot:.0f}"/>',
    ], tall


def mark(chart: Chart, p: Point, index: int, x: float, y: float, leftward: bool) -> str:
    """A point with its number and what it counts on one line, on the side that has room."""
    place = f"{x / 10:.1f}%"
    side, shift = (' text-anchor="end"', -13) if leftward else ("", 13)
    if p.state == "value":
        drawn = dot(chart, p, place, y, 6, index)
    else:
        drawn = f'<circle class="empty" cx="{place}" cy="{y:.0f}" r="6"/>'
    value = f'<tspan class="vb">{escape(value_text(chart, p, True))}</tspan>'
    words = f"{value} {escape(p.note)}"
    return f'{drawn}<text class="nt" x="{place}" dx="{shift}" y="{y + 5:.0f}"{side}>{words}</text>'


def downwards(chart: Chart) -> str:
    """The same points as a list in order of time; hidden from screen readers, who have the table."""
    everything = [(i, line, p) for i, line in enumerate(chart.lines) for p in line.points]
    everything.sort(key=lambda item: (position(item[2].x) or 0.0, item[0]))
    out: list[str] = []
    y = 8
    date_before = ""
    for index, line, p in everything:
        when = p.label or (short_label(p.x) if isinstance(p.x, str) else long_label(p.x))
        if when != date_before:
            out.append(f'<text class="when" x="0" y="{y + 4}">{escape(when)}</text>')
            date_before = when
            y += 24
        sign = (
            dot(chart, p, "7", y, 6, index)
            if p.state == "value"
            else f'<circle class="empty" cx="7" cy="{y}" r="6"/>'
        )
        notes = [*wrap(p.note, 38), *wrap(line.name, 38)] if p.note else wrap(line.name, 38)
        texts = "".join(
            [
                f'<text class="nt" x="22" y="{y + 22 + i * NOTE}">{escape(text)}</text>'
                for i, text in enumerate(notes)
            ]
        )
        out.append(
            f'<g class="{colour(chart, index)}">{sign}'
            f'<text class="vb" x="22" y="{y + 5}">{escape(value_text(chart, p, True))}</text>{texts}</g>'
        )
        y += 30 + NOTE * len(notes)
    return f'<svg class="pic narrow" height="{y}" aria-hidden="true">{"".join(out)}</svg>'
