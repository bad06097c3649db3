"""The map of sites, drawn by the server: communes as a ground, one link per site, one per cluster of sites.

picture = map_of_sites(sites, view_of("450,250,120"), query="nature=park")
{{ picture.svg }}   {% for mark in picture.marks %}…{% endfor %}
"""

from dataclasses import dataclass
from math import sqrt
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agglo.charts import french
from agglo.territory.map import Place, places
from projects.map_grid import Gathered, View, gathered
from projects.models import Site

EMPTY = (0.0, 0.0, 1000.0, 700.0)
LABELS = 8
MAIN_TOWNS = 3  # named whatever lies there


@dataclass(frozen=True, slots=True)
class Mark:
    """Sites drawn as one mark. `href` leads to the site, to its place in the list, or to a closer view."""

    gathered: Gathered
    href: str
    words: str

    @property
    def anchor(self) -> str:
        return self.gathered.anchor

    @property
    def name(self) -> str:
        return self.gathered.name

    @property
    def listed(self) -> bool:
        return self.gathered.listed

    @property
    def sites(self) -> list[Site]:
        return self.gathered.sites

    @property
    def many(self) -> int:
        return self.gathered.many

    @property
    def is_demo(self) -> bool:
        return self.gathered.is_demo


@dataclass(frozen=True, slots=True)
class SiteMap:
    """`marks` are all that is drawn; the list beside holds those that are `listed`."""

    svg: SafeString
    marks: list[Mark]
    unplaced: list[Site]
    unplaced_count: int
    drawn_as: str
    view: View

    @property
    def listed(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.listed]

    @property
    def aside(self) -> int:
        """Sites in view that the list beside does not tell of."""
        return sum(mark.many for mark in self.marks if not mark.listed)


def map_of_sites(sites: QuerySet, view: View, query: str = "", title: str = "Carte des sites") -> SiteMap:
    """As many queries whatever the number of sites: two for the ground, the others for the sites."""
    ground = places()
    found, unplaced, unplaced_count = gathered(sites, view)
    marks = [_mark(one, view, query) for one in found]
    return SiteMap(
        svg=_svg(ground, marks, view, title),
        marks=marks,
        unplaced=unplaced,
        unplaced_count=unplaced_count,
        drawn_as="shapes" if any(place.path for place in ground) else "dots",
        view=view,
    )


def _mark(one: Gathered, view: View, query: str) -> Mark:
    if one.many == 1 and one.sites:
        return Mark(one, one.sites[0].get_absolute_url(), f"{one.sites[0].name}, {one.name}")
    words = f"{french.number(one.many)} site{'s' if one.many > 1 else ''}, {one.name}"
    if one.sites:
        return Mark(one, f"#{one.anchor}", words)
    closer = urlencode({"vue": view.around(one.x, one.y, one.cell).words})
    return Mark(one, f"?{query}{'&' if query else ''}{closer}#carte", f"{words}{french.SPACE}: voir de près")


def _bounds(ground: list[Place], marks: list[Mark], view: View) -> tuple[float, float, float, float]:
    if view.width:
        return view.left, view.top, view.width, view.height
    boxes = [place.box or (place.x - 14, place.y - 14, place.x + 14, place.y + 14) for place in ground]
    boxes += [(m.gathered.x - 30, m.gathered.y - 30, m.gathered.x + 30, m.gathered.y + 30) for m in marks]
    if not boxes:
        return EMPTY
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left - 8, top - 8, max(b[2] for b in boxes) - left + 16, max(b[3] for b in boxes) - top + 16


def _radius(mark: Mark, scale: float) -> float:
    """Large enough to be touched on a phone; never so large that it hides its neighbours."""
    return (16 + 5 * sqrt(min(mark.many, 30)) if mark.many <= 30 else 44) * scale


def _names(ground: list[Place], marks: list[Mark], box: tuple, size: float, scale: float) -> list[str]:
    """Names of the biggest towns in view that touch neither each other nor a mark; the first towns are named
    over marks too, or nobody would know where they are.
    """
    left, top, width, height = box
    hidden, taken = [], []
    for mark in marks:
        x, y, radius = mark.gathered.x, mark.gathered.y, _radius(mark, scale)
        hidden.append((x - radius, y - radius, x + radius, y + radius))
    parts: list[str] = []
    for rank, place in enumerate(sorted(ground, key=lambda one: -one.population)):
        half, y = len(place.name) * size * 0.28, place.y - size * 0.5
        own = (place.x - half, y - size, place.x + half, y + size * 0.3)
        inside = left <= own[0] and own[2] <= left + width and top <= own[1] and own[3] <= top + height
        if not inside or any(
            own[0] < t[2] and t[0] < own[2] and own[1] < t[3] and t[1] < own[3]
            for t in (taken if rank < MAIN_TOWNS else taken + hidden)
        ):
            continue
        taken.append(own)
        parts.append(
            f'<text x="{place.x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="middle">'
            f"{escape(place.name)}</text>"
        )
        if len(parts) == LABELS:
            break
    return parts


def _svg(ground: list[Place], marks: list[Mark], view: View, title: str) -> SafeString:
    box = left, top, width, height = tuple(round(edge) for edge in _bounds(ground, marks, view))
    scale = width / 1000 if view.width else 1.0
    parts = [
        f'<svg class="map" viewBox="{left} {top} {width} {height}" role="group" aria-label="{escape(title)}">'
        '<g class="map-sites__ground" aria-hidden="true">'
    ]
    for place in ground:
        if place.path:
            parts.append(f'<path d="{place.path}"/>')
        else:
            parts.append(f'<circle cx="{place.x:.0f}" cy="{place.y:.0f}" r="{5 * scale:.1f}"/>')
    parts.append('</g><g class="map-sites__marks">')
    # What is attested lies over what is invented.
    parts += [_drawn(mark, scale) for mark in sorted(marks, key=lambda one: not one.is_demo)]
    parts.append('</g><g class="map__names" aria-hidden="true">')
    parts += _names(ground, marks, box, width * 0.032, scale)
    parts.append("</g></svg>")
    # Every text above is escaped where it is written.
    return mark_safe("".join(parts))  # noqa: S308


def _drawn(mark: Mark, scale: float) -> str:
    x, y, size = mark.gathered.x, mark.gathered.y, (24 if mark.many < 1000 else 20) * scale
    words = f"{mark.words}{' (donnée fictive)' if mark.is_demo else ''}"
    label = (
        f'<text x="{x:.1f}" y="{y + size / 3:.1f}" font-size="{size:.1f}" text-anchor="middle"'
        f' aria-hidden="true">{french.number(mark.many)}</text>'
        if mark.many > 1
        else ""
    )
    css = ' class="is-fictive"' if mark.is_demo else ""
    return (
        f'<a href="{escape(mark.href)}"{css}><title>{escape(words)}</title>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(mark, scale):.1f}"/>{label}</a>'
    )
