"""The map of the communes, drawn on the server: contours where we hold them, and a dot by population."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from math import cos, radians, sqrt

from shapely.geometry import shape

from agglo.charts.french import number

WIDTH = 800
MARGIN = 22
NAMED = 9
# In degrees; about 60 m, under a pixel at this scale.
TOLERANCE = 0.0009


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    longitude: float
    latitude: float
    population: int | None
    contour_on: date | None = None
    contour: dict | None = field(default=None, compare=False)


class Projection:
    """Longitudes and latitudes to pixels, flat: the territory is forty kilometres across."""

    def __init__(self, places: Sequence[Place]):
        xs, ys = _extent(places)
        self.shrink = cos(radians(sum(ys) / 2))
        self.left, self.top = xs[0], ys[1]
        self.scale = (WIDTH - 2 * MARGIN) / ((xs[1] - xs[0]) * self.shrink or 1)
        self.height = round((ys[1] - ys[0]) * self.scale) + 2 * MARGIN

    def __call__(self, longitude: float, latitude: float) -> tuple[float, float]:
        x = MARGIN + (longitude - self.left) * self.shrink * self.scale
        return x, MARGIN + (self.top - latitude) * self.scale


def _extent(places: Sequence[Place]) -> tuple[tuple[float, float], tuple[float, float]]:
    boxes = [
        shape(p.contour).bounds if p.contour else (p.longitude, p.latitude, p.longitude, p.latitude)
        for p in places
    ]
    xs = (min(b[0] for b in boxes), max(b[2] for b in boxes))
    return xs, (min(b[1] for b in boxes), max(b[3] for b in boxes))


def draw(places: Sequence[Place]) -> str:
    """The picture; its links are for the pointer: the list of communes below it is the keyboard's way."""
    if not places:
        return ""
    project = Projection(places)
    grounds = "".join(f'<path d="{outline(p.contour, project)}"/>' for p in places if p.contour)
    by_size = sorted(places, key=lambda p: -(p.population or 0))
    dots = "".join(_dot(p, project) for p in by_size)
    names = "".join(_name(p, project) for p in by_size[:NAMED] if p.population)
    return (
        f'<svg class="map" viewBox="0 0 {WIDTH} {project.height}" width="{WIDTH}" height="{project.height}" '
        f'aria-hidden="true" focusable="false">'
        f'<g class="map-ground">{grounds}</g><g class="map-dots">{dots}</g>'
        f'<g class="map-names">{names}</g></svg>'
    )


def outline(contour: dict, project: Projection) -> str:
    """A GeoJSON polygon as whole pixels, points that fall on the same pixel dropped."""
    simple = shape(contour).simplify(TOLERANCE)
    parts = simple.geoms if simple.geom_type == "MultiPolygon" else [simple]
    out: list[str] = []
    for part in parts:
        pixels: list[tuple[int, int]] = []
        for longitude, latitude in part.exterior.coords:
            x, y = project(longitude, latitude)
            if not pixels or pixels[-1] != (round(x), round(y)):
                pixels.append((round(x), round(y)))
        out.append("M" + " ".join(f"{x} {y}" for x, y in pixels[:-1]) + "z")
    return "".join(out)


def radius(population: int | None) -> float:
    """Area in proportion to the number of inhabitants; the smallest communes stay visible."""
    return max(2.5, sqrt(population or 0) * 0.13)


def _dot(place: Place, project: Projection) -> str:
    x, y = project(place.longitude, place.latitude)
    inhabitants = (
        f"{number(place.population)} habitants" if place.population is not None else "population n.d."
    )
    return (
        f'<a href="/communes/{place.code}/" tabindex="-1"><circle cx="{x:.0f}" cy="{y:.0f}" '
        f'r="{radius(place.population):.1f}"/><title>{escape(place.name)}, {inhabitants}</title></a>'
    )


def _name(place: Place, project: Projection) -> str:
    x, y = project(place.longitude, place.latitude)
    side = radius(place.population) + 5
    anchor, x = (' text-anchor="end"', x - side) if x > WIDTH * 0.8 else ("", x + side)
    return f'<text x="{x:.0f}" y="{y + 4:.0f}"{anchor}>{escape(place.name)}</text>'
