"""Attested points on their dates, one lane a perimeter, never joined: what was said, when, about whom."""

from html import escape

from ..contract import Chart, Line, Point
from ..periods import long_label, position, short_label
from ..scales import Horizontal
from .line import ordered
from .parts import colour, dot, frame, period_axis, value_text, wrap

UNIT = 9.4  # thousandths of the width a character takes on a desk, at about 700 pixels
ROW, HEAD, NOTE = 40, 26, 15
LIST_ROW = 46


def draw(chart: Chart, height: int = 0) -> str:
    """Two drawings, of which the style sheet shows one: lanes across on a desk, a list downwards on a phone."""
    return lanes(chart) + downwards(chart)


def lanes(chart: Chart) -> str:
    across = Horizontal(ordered(chart))
    body: list[str] = []
    y = 0.0
    for index, line in enumerate(chart.lines):
        drawn, tall = lane(chart, line, colour(chart, index), across, y)
        body += drawn
        y += tall
    body.append(period_axis(across, y - 8))
    return frame(chart, body, y + 30, 1, 1, 14).replace('class="pic', 'class="pic wide', 1)


def lane(chart: Chart, line: Line, shade: str, across: Horizontal, top: float) -> tuple[list[str], float]:
    """A perimeter: its name, a hairline, and its points on as many rows as keep their words apart."""
    out = [f'<text class="lane {shade}" x="0" dx="-12" y="{top + 4:.0f}">{escape(line.name)}</text>']
    rows: list[float] = []
    dots: list[str] = []
    for p in sorted(line.points, key=lambda p: position(p.x) or 0.0):
        x = across(p.x) or 0.0
        note = wrap(p.note, 26)[:2] if p.note else []
        words = [value_text(chart, p, True), *note]
        wide = max(len(w) * (1.15 if i == 0 else 1.0) for i, w in enumerate(words)) * UNIT + 34
        leftward = x + wide > 1020
        start, end = (x - wide, x + 12) if leftward else (x - 12, x + wide)
        row = next((i for i, taken in enumerate(rows) if taken <= start), len(rows))
        if row == len(rows):
            rows.append(end)
        else:
            rows[row] = end
        y = top + HEAD + row * (ROW + NOTE) + 4
        dots.append(mark(chart, p, x, y, words, leftward))
    out.append(f'<g class="{shade}">{"".join(dots)}</g>')
    tall = HEAD + max(1, len(rows)) * (ROW + NOTE) + 10
    out.append(f'<line class="gl" x1="0" x2="100%" y1="{top + tall - 16:.0f}" y2="{top + tall - 16:.0f}"/>')
    return out, tall


def mark(chart: Chart, p: Point, x: float, y: float, words: list[str], leftward: bool) -> str:
    place = f"{x / 10:.1f}%"
    side, shift = (' text-anchor="end"', -13) if leftward else ("", 13)
    drawn = (
        dot(chart, p, place, y, 6)
        if p.state == "value"
        else f'<circle class="m empty" cx="{place}" cy="{y:.0f}" r="6"/>'
    )
    drawn += f'<text class="vb" x="{place}" dx="{shift}" y="{y + 5:.0f}"{side}>{escape(words[0])}</text>'
    for i, text in enumerate(words[1:]):
        drawn += f'<text class="nt" x="{place}" dx="{shift}" y="{y + 22 + i * NOTE:.0f}"{side}>{escape(text)}</text>'
    return drawn


def downwards(chart: Chart) -> str:
    """The same points as a list in order of time, the perimeter in words; hidden from readers, who have the table."""
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
            dot(chart, p, "7", y, 6)
            if p.state == "value"
            else f'<circle class="m empty" cx="7" cy="{y}" r="6"/>'
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
