"""The chart contract: rows go in once; picture, interactive figure and table come out of the same rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .french import Number
from .marks import DASHED, QUALIFIERS, STATES, Mark
from .points import Point, Trace

KINDS = ("line", "bar", "hbar", "stacked", "strip", "dots", "waterfall")


@dataclass(slots=True)
class Line:
    """Points that may be read together: same measure, same perimeter. `subject` is the one the page is about.

    `provisional` dashes the whole line; to dash only its end, mark the points. `step` keeps each value until
    the next one: a share that changes on some days only.
    """

    name: str
    points: Sequence[Point]
    subject: bool = False
    provisional: bool = False
    url: str | None = None
    step: bool = False


@dataclass(slots=True)
class ChartBreak:
    """A dated event across which nothing may be compared, with its cause."""

    x: str | date
    label: str


@dataclass(slots=True)
class ChartTarget:
    """A decided target, drawn as a line and given a column of the table."""

    value: Number
    label: str = "Objectif"


@dataclass(slots=True)
class ChartTable:
    """The rows of the chart as text; `rows[i][0]` heads its row."""

    caption: str
    columns: list[str]
    rows: list[list[str]]


@dataclass(slots=True)
class Chart:
    """One question, one answer, one drawing.

    Raises ValueError when it would mislead: an unknown kind or state, a number beside an empty state, or
    evidence of different strength piled up in one bar.
    """

    key: str
    question: str
    reading: str
    kind: str
    lines: list[Line]
    unit: str = ""
    decimals: int = 0
    zero: bool = False
    breaks: list[ChartBreak] = field(default_factory=list)
    target: ChartTarget | None = None
    source: str = ""
    source_url: str | None = None
    late: str = ""  # who is late with the figures, in a few words; empty when nobody is
    download_url: str | None = None
    figure_url: str | None = None
    table_url: str | None = None
    unit_label: str = ""  # the unit and the denominator in words: « % de la population active »
    note: str = ""  # one sentence under the drawing
    demo: bool = False  # fictional demonstration data: watermarked

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of chart: {self.kind!r}")
        for line in self.lines:
            if isinstance(line.points, Trace):
                continue
            for point in line.points:
                if point.state == "value":
                    if point.value is None and (point.low is None and point.high is None):
                        raise ValueError(f"{self.key}: no number at {point.x}, and no state that says why")
                elif point.state not in STATES:
                    raise ValueError(f"{self.key}: unknown state {point.state!r}")
                elif point.value is not None:
                    raise ValueError(f"{self.key}: a number beside the state {point.state!r} at {point.x}")
                if point.qualifier not in QUALIFIERS:
                    raise ValueError(f"{self.key}: unknown qualifier {point.qualifier!r}")
        if self.kind in ("stacked", "waterfall") and len(self.marks()) > 1:
            raise ValueError(f"{self.key}: figures of different evidence are never added up")

    def marks(self) -> list[Mark]:
        """The marks used, strongest first: what the key under the drawing must explain."""
        used: set[Mark] = set()
        for line in self.lines:
            if isinstance(line.points, Trace):
                used.add(Mark.OBSERVED)
            else:
                used |= {point.mark for point in line.points if point.state == "value"}
        return [mark for mark in Mark if mark in used]

    def svg(self, width: int = 720, height: int | None = None) -> str:
        """The picture, ready for a page: it stretches to its column while its text keeps its size."""
        from .svg import draw

        return draw(self, width, height)

    def figure(self) -> dict[str, Any]:
        """The Plotly figure {data, layout, config}, plain lists, JSON-ready."""
        from .interactive import figure

        return figure(self)

    def table(self) -> ChartTable:
        """Every point in words, one row a period or category."""
        from .table import table

        return table(self)

    def html(self, level: int = 3, table: bool = True) -> str:
        """The whole <figure>: question, answer, picture, key, table, source, downloads."""
        from .html import figure_html

        return figure_html(self, level, table)


def is_dashed(line: Line, point: Point) -> bool:
    """Whether the segment that leads to this point is dashed."""
    return line.provisional or point.mark in DASHED
