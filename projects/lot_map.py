"""The lots of a site drawn by the server: each outline with its name, its use by pattern as by colour."""

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from shapely import transform
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from agglo.territory.shapes import project, svg_path
from projects.models import Lot, LotState, Site

WIDTH = 720
UNKNOWN = LotState.Use.UNKNOWN


@dataclass(frozen=True, slots=True)
class LotMap:
    """`uses` are the uses that are drawn, for the key; `missing` are the lots nobody has outlined."""

    svg: SafeString
    uses: list[tuple[str, str]]
    missing: list[Lot]


def map_of_lots(site: Site, lots: list[tuple[Lot, LotState | None]]) -> LotMap | None:
    """None when neither the site nor a lot has an outline. Each lot leads to its row in the table."""
    drawn = [(lot, state.use if state else UNKNOWN, _plane(lot.outline)) for lot, state in lots]
    shapes = [(lot, use, found) for lot, use, found in drawn if found is not None]
    ground = _plane(site.outline)
    if not shapes and ground is None:
        return None
    everything = [found for _, _, found in shapes] + ([ground] if ground else [])
    left, top = min(one.bounds[0] for one in everything), min(one.bounds[1] for one in everything)
    right, bottom = max(one.bounds[2] for one in everything), max(one.bounds[3] for one in everything)
    scale = WIDTH / max(right - left, bottom - top, 1e-6)
    place = _Frame(left, top, scale)
    height = max((bottom - top) * scale, 60)
    parts = [
        f'<svg class="lots" viewBox="-8 -8 {(right - left) * scale + 16:.0f} {height + 16:.0f}" role="group"'
        f' aria-label="{escape(f"Carte des lots, {site.name}")}"><defs><pattern id="hachures" width="10"'
        ' height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V10"/>'
        "</pattern>"
        '<pattern id="points" width="12" height="12" patternUnits="userSpaceOnUse"><circle cx="6" cy="6"'
        ' r="2"/></pattern></defs>'
    ]
    if ground:
        parts.append(f'<path class="lots__ground" d="{place.path(ground)}" aria-hidden="true"/>')
    for lot, use, found in shapes:
        x, y = place.point(found.representative_point())
        parts.append(
            format_html(
                '<a href="#lot-{}" class="lot lot--{}"><title>{}</title><path d="{}"/>'
                '<text x="{}" y="{}" text-anchor="middle" aria-hidden="true">{}</text></a>',
                lot.pk,
                use,
                f"{lot.name}, {LotState.Use(use).label}",
                place.path(found),
                round(x),
                round(y) + 8,
                lot.name,
            )
        )
    parts.append("</svg>")
    uses = list(dict.fromkeys(use for _, use, _ in shapes))
    return LotMap(
        mark_safe("".join(parts)),  # noqa: S308 (every text above is escaped where it is written)
        [(use, LotState.Use(use).label) for use in uses],
        [lot for lot, _, found in drawn if found is None],
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    left: float
    top: float
    scale: float

    def path(self, found: BaseGeometry) -> str:
        return svg_path(transform(found, lambda xy: (xy - [self.left, self.top]) * self.scale), 0)

    def point(self, found: BaseGeometry) -> tuple[float, float]:
        return (found.x - self.left) * self.scale, (found.y - self.top) * self.scale


def _plane(outline: dict | None) -> BaseGeometry | None:
    """A polygon of degrees as one of the drawing; None for what is no polygon."""
    if not outline:
        return None
    try:
        found = shape(outline)
    except (ShapelyError, AttributeError, KeyError, TypeError, ValueError):
        return None
    if found.geom_type not in ("Polygon", "MultiPolygon") or found.is_empty:
        return None
    return transform(found, lambda xy: [project(*point) for point in xy])
