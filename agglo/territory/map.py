"""The map of the communes, drawn by the server: dots sized by population, polygons once contours are there.

    picture = map_of_communes(values={"62119": Decimal(25342), …}, measure="Population municipale 2023",
                              unit="habitants")
    {% include "territory/map.html" with picture=picture %}

`values` holds a number, or a short word for what has none (« n.d. », « s »); a commune left out is « n.d. ».
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agglo.charts import french
from agglo.territory.models import Outline, Territory
from agglo.territory.shapes import project

CLASSES = 5
LABELS = 8
Value = Decimal | float | int | str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One commune to draw: `x`, `y` in units of the drawing; `path` and `box` once its contour is known."""

    code: str
    name: str
    href: str
    x: float
    y: float
    population: int = 0
    path: str = ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class LegendClass:
    """One class of the legend: `level` from 1 (light) to 5 (dark), 0 without value."""

    level: int
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    svg: SafeString
    legend: list[LegendClass] = field(default_factory=list)
    measure: str = ""
    drawn_as: str = "dots"


def places(scale: int = Outline.Scale.WHOLE) -> list[Place]:
    """Our communes with a centre or a contour. Two queries."""
    outlines = {
        row[0]: row[1:]
        for row in Outline.objects.filter(scale=scale).values_list(
            "territory_id", "path", "left", "top", "right", "bottom"
        )
    }
    communes = Territory.objects.communes_of().with_population().named().without_contour()
    found = []
    for commune in communes:
        path, *box = outlines.get(commune.pk, ("", None))
        if commune.latitude is None and not path:
            continue
        if commune.latitude is not None:
            x, y = project(commune.longitude, commune.latitude)
        else:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        found.append(
            Place(
                commune.code,
                commune.name,
                commune.subject.path,
                x,
                y,
                int(commune.population or 0),
                path,
                tuple(box) if path else None,
            )
        )
    return found


def thresholds(numbers: Sequence[float], classes: int = CLASSES) -> list[float]:
    """Lower bounds of the second class and the next: quantiles; equal values stay together."""
    ordered = sorted(numbers)
    bounds: list[float] = []
    for rank in range(1, classes):
        bound = ordered[len(ordered) * rank // classes] if ordered else None
        if bound is not None and bound > ordered[0] and (not bounds or bound > bounds[-1]):
            bounds.append(bound)
    return bounds


def map_of_communes(
    values: Mapping[str, Value] | None = None,
    *,
    measure: str = "",
    unit: str = "",
    decimals: int = 0,
    highlight: str = "",
    around: bool = False,
    title: str = "Carte des communes",
    key: str = "carte",
) -> Picture:
    """The picture and its legend. Without `values`, communes are drawn plain.

    `highlight` is the code of one commune; `around` draws only its surroundings. `key` makes DOM ids unique.
    """
    drawn = places(Outline.Scale.CLOSE if around else Outline.Scale.WHOLE)
    values = values or {}
    numbers = {c: v for c, v in values.items() if isinstance(v, int | float | Decimal)}
    bounds = thresholds(list(numbers.values()))
    view = view_of(drawn, highlight if around else "")
    return Picture(
        svg=_svg(drawn, values, numbers, bounds, view, unit, decimals, highlight, title, key),
        legend=_legend([p.code for p in drawn], values, numbers, bounds, decimals),
        measure=measure,
        drawn_as="shapes" if any(p.path for p in drawn) else "dots",
    )


def view_of(drawn: Sequence[Place], around: str = "") -> tuple[int, int, int, int]:
    """left, top, width, height of what is shown."""
    boxes = [p.box or (p.x - 14, p.y - 14, p.x + 14, p.y + 14) for p in drawn]
    if around:
        boxes = [box for p, box in zip(drawn, boxes, strict=True) if p.code == around] or boxes
    if not boxes:
        return 0, 0, 1000, 700
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    right, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
    if around:
        reach = max(right - left, bottom - top, 90) * 0.75
        middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
        left, right, top, bottom = (
            middle_x - reach * 1.3,
            middle_x + reach * 1.3,
            middle_y - reach,
            middle_y + reach,
        )
    margin = 8
    return (
        int(left - margin),
        int(top - margin),
        int(right - left + 2 * margin) + 1,
        int(bottom - top + 2 * margin) + 1,
    )


def _legend(codes, values, numbers, bounds, decimals) -> list[LegendClass]:
    if not values:
        return []
    low, high = (min(numbers.values()), max(numbers.values())) if numbers else (None, None)
    found = []
    if numbers:
        edges = [low, *bounds]
        shown = [n for c, n in numbers.items() if c in set(codes)]
        for level, start in enumerate(edges, start=1):
            inside = [n for n in shown if _level(n, bounds) == level]
            end = max((n for n in numbers.values() if _level(n, bounds) == level), default=high)
            words = french.number(start, decimals)
            if end > start:
                words = f"de {words} à {french.number(end, decimals)}"
            found.append(LegendClass(_spread(level, len(edges)), words, len(inside)))
    absent = sum(1 for code in codes if code not in numbers)
    if absent:
        found.append(LegendClass(0, "sans valeur (n.d. ou secret statistique)", absent))
    return found


def _level(number, bounds) -> int:
    return bisect_right(bounds, number) + 1


def _spread(level: int, count: int) -> int:
    """Spreads fewer than five classes over the whole ramp."""
    return level if count == CLASSES else 1 + round((level - 1) * (CLASSES - 1) / max(count - 1, 1))


def _svg(drawn, values, numbers, bounds, view, unit, decimals, highlight, title, key) -> SafeString:
    left, top, width, height = view
    zoom = width / 1000
    tile = f"{7 * zoom:.1f}"
    hatch = f"{escape(key)}-hachures"
    parts = [
        f'<svg class="map" viewBox="{left} {top} {width} {height}" role="group" aria-label="{escape(title)}">'
        f'<defs><pattern id="{hatch}" width="{tile}" height="{tile}" patternUnits="userSpaceOnUse"'
        f' patternTransform="rotate(45)"><rect class="map__blank" width="{tile}" height="{tile}"/>'
        f'<rect class="map__stroke" width="{1.6 * zoom:.1f}" height="{tile}"/></pattern></defs>'
    ]
    # Small dots are drawn over large ones, and the commune of the page over all.
    order = sorted(drawn, key=lambda p: (p.code == highlight, -p.population if not p.path else 0))
    for place in order:
        if not _within(place, view):
            continue
        value = values.get(place.code)
        words = place.name
        if values:
            words += f"{french.SPACE}: {_said(value, unit, decimals)}"
        level = _spread(_level(value, bounds), len(bounds) + 1) if place.code in numbers else 0
        fill = f' fill="url(#{hatch})"' if values and not level else ""
        css = f"l{level}" if level else ("lx" if values else "l4" if place.code == highlight else "l1")
        here = ' aria-current="true"' if place.code == highlight else ""
        if place.path:
            mark = f'<path class="{css}"{fill} d="{place.path}"/>'
        else:
            centre = f'cx="{place.x:.0f}" cy="{place.y:.0f}"'
            mark = f'<circle class="{css}"{fill} {centre} r="{_radius(place):.0f}"/>'
        parts.append(f'<a href="{escape(place.href)}"{here}><title>{escape(words)}</title>{mark}</a>')
    parts += _labels(drawn, view, zoom, highlight)
    parts.append("</svg>")
    return mark_safe("".join(parts))  # noqa: S308


def _radius(place: Place) -> float:
    """Area in proportion to population, never too small to be touched."""
    return 6 + sqrt(place.population) * 0.15


def _within(place: Place, view: tuple[int, int, int, int]) -> bool:
    left, top, width, height = view
    box = place.box or (place.x - 14, place.y - 14, place.x + 14, place.y + 14)
    return box[2] > left and box[0] < left + width and box[3] > top and box[1] < top + height


def _said(value: Value, unit: str, decimals: int) -> str:
    if value is None:
        return "n.d."
    return value if isinstance(value, str) else french.quantity(value, unit, decimals)


def _labels(drawn: list[Place], view: tuple, zoom: float, highlight: str) -> list[str]:
    """Names of the biggest towns that fit without touching; the commune of the page comes first."""
    size = (34 if highlight else 27) * zoom
    left, top, width, height = view
    taken: list[tuple[float, float, float, float]] = []
    parts = ['<g class="map__names" aria-hidden="true">']
    for place in sorted(drawn, key=lambda p: (p.code != highlight, -p.population)):
        if len(taken) == LABELS:
            break
        half = len(place.name) * size * 0.27
        y = place.y + size * 0.35 if place.path else place.y - _radius(place) - size * 0.25
        box = (place.x - half, y - size, place.x + half, y + size * 0.3)
        inside = left < box[0] and box[2] < left + width and top < box[1] and box[3] < top + height
        if not inside or any(_meets(box, other) for other in taken):
            continue
        taken.append(box)
        css = ' class="map__here"' if place.code == highlight else ""
        parts.append(
            f'<text{css} x="{place.x:.0f}" y="{y:.0f}" font-size="{size:.0f}" text-anchor="middle">'
            f"{escape(place.name)}</text>"
        )
    return [*parts, "</g>"]


def _meets(a: tuple, b: tuple) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
