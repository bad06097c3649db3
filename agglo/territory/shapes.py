"""Contours made ready to be drawn: simplified together so that borders stay shared, then projected."""

from collections.abc import Iterable
from math import cos, radians

import shapely
from django.db import transaction
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from agglo.territory.models import Outline, Territory

# An equirectangular plane around the north of France, like Lambert-93 to within 1 % over an EPCI.
# One unit is about 42 m: the whole EPCI fits in 1,000 units.
LONGITUDE, LATITUDE, UNITS = 2.6, 50.5, 2650
FLATTENING = cos(radians(LATITUDE))
# Scale -> (tolerance in units, decimals of the path). Simplification keeps shared borders shared.
SCALES = {Outline.Scale.WHOLE: (2.2, 0), Outline.Scale.CLOSE: (0.7, 1)}


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to units of the drawing, y downwards."""
    return (float(longitude) - LONGITUDE) * FLATTENING * UNITS, (LATITUDE - float(latitude)) * UNITS


def _plane(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, lambda xy: (xy - [LONGITUDE, LATITUDE]) * [FLATTENING * UNITS, -UNITS])


@transaction.atomic
def redraw() -> int:
    """Outlines and neighbours of our communes, made again from their contours; returns how many are drawn."""
    communes = list(Territory.objects.communes_of().filter(contour__isnull=False).order_by("pk"))
    geometries = [_plane(shape(commune.contour)) for commune in communes]
    ids = [commune.pk for commune in communes]
    Outline.objects.filter(territory__in=ids).delete()
    for scale, (tolerance, decimals) in SCALES.items():
        Outline.objects.bulk_create(
            Outline(
                territory_id=pk,
                scale=scale,
                path=svg_path(simple, decimals),
                **dict(zip(("left", "top", "right", "bottom"), simple.bounds, strict=True)),
            )
            for pk, simple in zip(ids, simplify(geometries, tolerance), strict=True)
        )
    _meet(ids, geometries)
    return len(communes)


def simplify(geometries: list[BaseGeometry], tolerance: float) -> list[BaseGeometry]:
    """All shapes at once when they tile properly; one by one, borders doubled, when they do not."""
    if not geometries:
        return []
    if shapely.coverage_is_valid(geometries):
        return list(shapely.coverage_simplify(geometries, tolerance))
    return [g.simplify(tolerance / 2, preserve_topology=True) for g in geometries]


def _meet(ids: list[int], geometries: list[BaseGeometry]) -> None:
    """Neighbours share a border, not only a corner."""
    through = Territory.neighbours.through
    through.objects.filter(from_territory__in=ids).delete()
    tree = shapely.STRtree(geometries)
    first, second = tree.query(geometries, predicate="intersects")
    lengths = shapely.length(
        shapely.intersection([geometries[i] for i in first], [geometries[j] for j in second])
    )
    through.objects.bulk_create(
        through(from_territory_id=ids[i], to_territory_id=ids[j])
        for i, j, length in zip(first, second, lengths, strict=True)
        if i != j and length > 0
    )


def svg_path(geometry: BaseGeometry, decimals: int) -> str:
    """Relative path data: « M12 40l3 -2 5 0z »; points that round onto the one before are left out."""
    factor = 10**decimals
    parts = []
    for ring in _rings(geometry):
        points = [(round(x * factor), round(y * factor)) for x, y in ring.coords]
        x, y = points[0]
        steps = []
        for nx, ny in points[1:-1]:
            if (nx, ny) != (x, y):
                steps += [_short(nx - x, factor), _short(ny - y, factor)]
                x, y = nx, ny
        start = f"M{_short(points[0][0], factor)} {_short(points[0][1], factor)}"
        parts.append(f"{start}l{' '.join(steps).replace(' -', '-')}z")
    return "".join(parts)


def _rings(geometry: BaseGeometry) -> Iterable:
    for polygon in getattr(geometry, "geoms", [geometry]):
        yield polygon.exterior
        yield from polygon.interiors


def _short(number: int, factor: int) -> str:
    return str(number) if factor == 1 else f"{number / factor:g}"
