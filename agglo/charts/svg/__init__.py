"""One drawing per kind of chart, as strings; coordinates across are percentages, so text keeps its size."""

from collections.abc import Callable

from ..contract import Chart
from . import bar, dots, hbar, line, stacked, strip, waterfall

DRAWINGS: dict[str, Callable[[Chart, int], str]] = {
    "line": line.draw,
    "bar": bar.draw,
    "hbar": hbar.draw,
    "stacked": stacked.draw,
    "strip": strip.draw,
    "dots": dots.draw,
    "waterfall": waterfall.draw,
}


def draw(chart: Chart, width: int = 720, height: int | None = None) -> str:
    """The picture; `height` is that of the plot in pixels, `width` is whatever the page gives it."""
    if not any(point.state == "value" for line in chart.lines for point in line.points):
        from .parts import nothing

        return nothing(chart)
    return DRAWINGS[chart.kind](chart, height or 0)
