"""The communes as dots by population over their contours: a light drawing, for a page that has more to show.

    {{ picture }}, where picture = draw(places())

The dots are links for the pointer: the page lists the communes for the keyboard.
"""

from collections.abc import Sequence
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agglo.charts.french import number
from agglo.territory.map import Place, view_of

NAMED = 9


def draw(places: Sequence[Place]) -> SafeString:
    """One path for all contours, a dot and its link for each commune, the names of the largest."""
    if not places:
        return mark_safe("")
    left, top, width, height = view_of(places)
    by_size = sorted(places, key=lambda place: -place.population)
    ground = "".join(place.path for place in places)
    dots = "".join(_dot(place) for place in by_size)
    named = [place for place in by_size[:NAMED] if place.population]
    names = "".join(_name(place, named, left + width * 0.8) for place in named)
    # Names and addresses are escaped where they are written; paths are made of numbers.
    return mark_safe(  # noqa: S308
        f'<svg class="dots" viewBox="{left} {top} {width} {height}" aria-hidden="true" focusable="false">'
        f'<path d="{ground}"/>{dots}<g>{names}</g></svg>'
    )


def _radius(place: Place) -> float:
    """Area in proportion to the number of inhabitants; the smallest communes stay visible."""
    return max(3.0, sqrt(place.population) * 0.16)


def _dot(place: Place) -> str:
    said = f"{number(place.population)} habitants" if place.population else "population n.d."
    return (
        f'<a href="{escape(place.href)}" tabindex="-1"><circle cx="{place.x:.0f}" cy="{place.y:.0f}" '
        f'r="{_radius(place):.0f}"/><title>{escape(place.name)}, {said}</title></a>'
    )


def _name(place: Place, named: Sequence[Place], edge: float) -> str:
    """At the right of its dot; at its left beyond the edge, or where another large dot is in the way."""
    side, length = _radius(place) + 6, 10 * len(place.name)

    def stands_in(start: float) -> bool:
        return any(
            abs(other.y - place.y) < _radius(other) + 8
            and start - _radius(other) < other.x < start + length + _radius(other)
            for other in named
            if other is not place
        )

    at_left = place.x > edge or (stands_in(place.x + side) and not stands_in(place.x - side - length))
    anchor, x = (' text-anchor="end"', place.x - side) if at_left else ("", place.x + side)
    return f'<text x="{x:.0f}" y="{place.y + 6:.0f}"{anchor}>{escape(place.name)}</text>'
