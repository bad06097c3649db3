"""The map of sites, drawn by the server: communes as a ground, one link per site, one per cluster of sites.

picture = map_of_sites(sites)
{{ picture.svg }}   {% for cluster in picture.clusters %}…{% endfor %}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agglo.charts import french
from agglo.territory.map import Place, places
from agglo.territory.shapes import project
from projects.models import Site

CELL = 26  # units of the drawing within which sites become one cluster, about a kilometre
EMPTY = (0.0, 0.0, 1000.0, 700.0)
LABELS = 8


@dataclass(frozen=True, slots=True)
class Cluster:
    """Sites drawn as one mark; `anchor` is their place in the list beside the map."""

    anchor: str
    x: float
    y: float
    sites: list[Site]

    @property
    def name(self) -> str:
        """The commune they are in, or the one of the first."""
        commune = self.sites[0].commune
        return commune.name if commune else "Commune non connue"

    @property
    def words(self) -> str:
        if len(self.sites) == 1:
            return f"{self.sites[0].name}, {self.name}"
        return f"{len(self.sites)} sites, {self.name}"

    @property
    def href(self) -> str:
        return self.sites[0].get_absolute_url() if len(self.sites) == 1 else f"#{self.anchor}"

    @property
    def is_demo(self) -> bool:
        return all(site.is_demo for site in self.sites)


@dataclass(frozen=True, slots=True)
class SiteMap:
    svg: SafeString
    clusters: list[Cluster]
    unplaced: list[Site]
    drawn_as: str


def map_of_sites(sites: Iterable[Site], title: str = "Carte des sites") -> SiteMap:
    """Two queries for the ground, none for the sites; sites without any point are listed apart."""
    ground = places()
    clusters, unplaced = clustered(sites)
    return SiteMap(
        svg=_svg(ground, clusters, title),
        clusters=clusters,
        unplaced=unplaced,
        drawn_as="shapes" if any(place.path for place in ground) else "dots",
    )


def clustered(sites: Iterable[Site]) -> tuple[list[Cluster], list[Site]]:
    """Each site once: in the cluster of its cell, or among those nobody can place. Classes stay apart."""
    cells: dict[tuple, list[tuple[float, float, Site]]] = {}
    unplaced = []
    for site in sites:
        point = site.point
        if point is None:
            unplaced.append(site)
            continue
        x, y = project(*point)
        cells.setdefault((int(x // CELL), int(y // CELL), site.is_demo), []).append((x, y, site))
    found = []
    for rank, (_, held) in enumerate(sorted(cells.items(), key=lambda cell: (cell[0][1], cell[0])), start=1):
        x, y = (sum(row[axis] for row in held) / len(held) for axis in (0, 1))
        found.append(Cluster(f"lieu-{rank}", x, y, [row[2] for row in held]))
    return found, unplaced


def _bounds(ground: list[Place], clusters: list[Cluster]) -> tuple[float, float, float, float]:
    boxes = [place.box or (place.x - 14, place.y - 14, place.x + 14, place.y + 14) for place in ground]
    boxes += [(one.x - 30, one.y - 30, one.x + 30, one.y + 30) for one in clusters]
    if not boxes:
        return EMPTY
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    return left - 8, top - 8, max(b[2] for b in boxes) - left + 16, max(b[3] for b in boxes) - top + 16


def _radius(cluster: Cluster) -> float:
    """Large enough to be touched on a phone."""
    return 16 + 5 * sqrt(min(len(cluster.sites), 30))


def _names(ground: list[Place], clusters: list[Cluster], size: float) -> list[str]:
    """Names of the biggest towns that touch neither each other nor a mark."""
    taken = [
        (one.x - _radius(one), one.y - _radius(one), one.x + _radius(one), one.y + _radius(one))
        for one in clusters
    ]
    parts: list[str] = []
    for place in sorted(ground, key=lambda one: -one.population):
        half, y = len(place.name) * size * 0.28, place.y - size * 0.5
        box = (place.x - half, y - size, place.x + half, y + size * 0.3)
        if any(box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken):
            continue
        taken.append(box)
        parts.append(
            f'<text x="{place.x:.0f}" y="{y:.0f}" font-size="{size:.0f}" text-anchor="middle">'
            f"{escape(place.name)}</text>"
        )
        if len(parts) == LABELS:
            break
    return parts


def _svg(ground: list[Place], clusters: list[Cluster], title: str) -> SafeString:
    left, top, width, height = (round(edge) for edge in _bounds(ground, clusters))
    parts = [
        f'<svg class="map" viewBox="{left} {top} {width} {height}" role="group" aria-label="{escape(title)}">'
        '<g class="map-sites__ground" aria-hidden="true">'
    ]
    for place in ground:
        if place.path:
            parts.append(f'<path d="{place.path}"/>')
        else:
            parts.append(f'<circle cx="{place.x:.0f}" cy="{place.y:.0f}" r="5"/>')
    parts.append('</g><g class="map__names" aria-hidden="true">')
    parts += _names(ground, clusters, width * 0.032)
    parts.append('</g><g class="map-sites__marks">')
    for one in clusters:
        radius = _radius(one)
        css = ' class="is-fictive"' if one.is_demo else ""
        words = f"{one.words}{' (donnée fictive)' if one.is_demo else ''}"
        label = (
            f'<text x="{one.x:.0f}" y="{one.y + 8:.0f}" font-size="24" text-anchor="middle"'
            f' aria-hidden="true">{french.number(len(one.sites))}</text>'
            if len(one.sites) > 1
            else ""
        )
        parts.append(
            f'<a href="{escape(one.href)}"{css}><title>{escape(words)}</title>'
            f'<circle cx="{one.x:.0f}" cy="{one.y:.0f}" r="{radius:.0f}"/>{label}</a>'
        )
    parts.append("</g></svg>")
    # Every text above is escaped where it is written.
    return mark_safe("".join(parts))  # noqa: S308
