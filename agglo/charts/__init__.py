"""How figures are drawn: one contract, French formats, pictures made on the server."""

from .contract import Chart, ChartBreak, ChartTable, ChartTarget, Line
from .marks import Mark
from .points import Point, Trace
from .spark import spark

__all__ = ["Chart", "ChartBreak", "ChartTable", "ChartTarget", "Line", "Mark", "Point", "Trace", "spark"]
