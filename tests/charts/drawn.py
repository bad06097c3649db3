"""Reads a drawn chart back: its elements, the strokes of its subject, its words."""

from xml.etree import ElementTree as ET

from agglo.charts import Chart, Line, Point


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(f"<all>{chart.svg()}</all>")


def line(*points: Point, **more) -> Chart:
    return Chart("K", "Question", "Réponse", "line", [Line("L", list(points), subject=True)], **more)


def paths(chart: Chart) -> list[str]:
    return [
        path.get("d") for group in parsed(chart).iter("g") for path in group if group.get("class") == "ln su"
    ]


def words(chart: Chart) -> list[str]:
    return ["".join(text.itertext()) for text in parsed(chart).iter("text")]
