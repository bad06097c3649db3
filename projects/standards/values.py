"""How a cell of a standard says a value of ours, and back: texts, words, areas, points, outlines. Pure."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import shapely
from shapely.geometry import mapping, shape

from agglo.figures.text import search_key
from projects.areas import from_hectares, possible, to_hectares

DEGREES = Decimal("0.00001")  # as our points are kept, about a metre
METRES = Decimal("0.01")
_POINT = re.compile(r"^\s*POINT\s*\(\s*(-?[0-9.]+)[\s,]+(-?[0-9.]+)\s*\)\s*$", re.IGNORECASE)
# Mainland France: latitudes and longitudes cannot be taken for each other.
LATITUDES, LONGITUDES = (41, 52), (-6, 10)


@dataclass(frozen=True, slots=True)
class Kept:
    """`read` raises ValueError for what our record cannot hold: the cell then stays as the file has it.

    `empty`: values of ours that an empty cell says as well. `like`: two values are one when it makes them so.
    """

    read: Callable[[str], object]
    write: Callable[[object], str]
    empty: tuple = ()
    like: Callable[[object], object] = lambda value: value

    def says(self, cell: str, value: object, missing: tuple[str, ...]) -> bool:
        """Whether the cell, as it is written, says this value."""
        if cell in missing:
            return value in self.empty
        try:
            return self.like(self.read(cell)) == self.like(value)
        except ValueError:
            return False


def text(length: int) -> Kept:
    return Kept(lambda cell: " ".join(cell.split())[:length], str, ("",))


def one_of(known: tuple[str, ...], length: int) -> Kept:
    """A free text of ours goes out only when it is a word of the standard."""
    return Kept(lambda cell: cell[:length], lambda value: str(value) if value in known else "", ("",))


def name(length: int) -> Kept:
    """A name is the same whatever its capitals and accents: « BEUVRY » is Beuvry."""
    return Kept(lambda cell: cell[:length], str, ("",), lambda value: search_key(str(value)))


def words(said: Mapping[str, str], otherwise: str) -> Kept:
    """`said`: word of the standard -> value of ours; the first word of a value is the one that is written."""
    there = {_plain(word): value for word, value in said.items()}
    back: dict[str, str] = {}
    for word, value in said.items():
        back.setdefault(value, word)
    back.setdefault("", "")

    def read(cell: str) -> str:
        return there.get(_plain(cell), otherwise) if cell else ""

    return Kept(read, lambda value: back.get(str(value), back.get(otherwise, "")), ("", otherwise))


def _plain(cell: str) -> str:
    return " ".join(cell.replace("’", "'").split()).lower()


def number(cell: str) -> Decimal:
    try:
        found = Decimal(cell.strip())
    except InvalidOperation as error:
        raise ValueError(f"« {cell[:30]} » n’est pas un nombre.") from error
    if not found.is_finite() or abs(found) >= 10**11:
        raise ValueError(f"« {cell[:30]} » n’est pas une quantité possible.")
    return found


def plain(value: Decimal) -> str:
    """« 9.9 », « 530000 »: no exponent, no idle zero."""
    said = f"{value:f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


NUMBER = Kept(number, lambda value: plain(Decimal(value)))


def _positive(square_metres: Decimal) -> Decimal:
    rounded = square_metres.quantize(METRES)
    if rounded <= 0:
        raise ValueError("Une surface est plus grande que zéro.")
    return possible(rounded, f"{plain(rounded)} m²")


SQUARE_METRES = Kept(
    lambda cell: _positive(number(cell)), lambda value: plain(Decimal(value).to_integral_value())
)
HECTARES = Kept(
    lambda cell: _positive(from_hectares(number(cell))), lambda value: plain(to_hectares(Decimal(value)))
)


DAY = Kept(date.fromisoformat, date.isoformat)


def present(network: str) -> Kept:
    """« oui » puts the network in our list; « non » and nothing leave it out."""
    return Kept(lambda cell: cell.strip().lower() == "oui", lambda value: "oui" if value else "", (False,))


def _placed(first: Decimal, second: Decimal) -> tuple[Decimal, Decimal]:
    """(longitude, latitude), whichever came first: the example of the standard has latitude first."""
    for longitude, latitude in ((first, second), (second, first)):
        if LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]:
            return longitude.quantize(DEGREES), latitude.quantize(DEGREES)
    raise ValueError("Ce point n’est pas en France métropolitaine, en degrés (WGS 84).")


def _read_wkt_point(cell: str) -> tuple[Decimal, Decimal]:
    found = _POINT.match(cell)
    if not found:
        raise ValueError("Ce point ne se lit pas : écrivez POINT(2.6412 50.5301).")
    return _placed(number(found[1]), number(found[2]))


def _read_geopoint(cell: str) -> tuple[Decimal, Decimal]:
    parts = cell.split(",")
    if len(parts) != 2:
        raise ValueError("Ce point ne se lit pas : écrivez 2.6412, 50.5301.")
    return _placed(number(parts[0]), number(parts[1]))


WKT_POINT = Kept(_read_wkt_point, lambda point: f"POINT({plain(point[0])} {plain(point[1])})")
GEOPOINT = Kept(_read_geopoint, lambda point: f"{plain(point[0])}, {plain(point[1])}")


def _outline(drawn) -> dict:
    """GeoJSON with longitude first. Raises ValueError for what cannot be drawn on our map."""
    if drawn.is_empty or not drawn.is_valid:
        raise ValueError("Ce contour est vide ou se croise : il n’est pas dessiné.")
    west, south, east, north = drawn.bounds
    if LATITUDES[0] <= west <= east <= LATITUDES[1] and LONGITUDES[0] <= south <= north <= LONGITUDES[1]:
        drawn = shapely.transform(drawn, lambda points: points[:, ::-1])
        west, south, east, north = drawn.bounds
    inside = LONGITUDES[0] <= west <= east <= LONGITUDES[1] and LATITUDES[0] <= south <= north <= LATITUDES[1]
    if not inside:
        raise ValueError("Ce contour n’est pas en degrés (WGS 84) : il n’est pas dessiné.")
    return json.loads(json.dumps(mapping(drawn)))


def _read_wkt(cell: str) -> dict:
    try:
        return _outline(shapely.from_wkt(cell))
    except (shapely.errors.GEOSException, AttributeError) as error:
        raise ValueError("Ce contour ne se lit pas comme du WKT : il n’est pas dessiné.") from error


def _read_geojson(cell: str) -> dict:
    try:
        return _outline(shape(json.loads(cell)))
    except (ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        said = str(error) if isinstance(error, ValueError) and "contour" in str(error) else ""
        raise ValueError(
            said or "Ce contour ne se lit pas comme du GeoJSON : il n’est pas dessiné."
        ) from error


WKT = Kept(_read_wkt, lambda outline: shape(outline).wkt)
GEOJSON = Kept(_read_geojson, lambda outline: json.dumps(outline))
