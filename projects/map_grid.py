"""Sites gathered by the cells of a grid, inside PostgreSQL: the map draws as much whatever their number.

Attested and invented sites never share a cell. Cells grow until the map can be read.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    Aggregate,
    BigIntegerField,
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    Q,
    QuerySet,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Floor

from agglo.figures.vocabulary import Origin
from agglo.territory.models import Territory
from agglo.territory.shapes import FLATTENING, LATITUDE, LONGITUDE, UNITS, project
from projects.models import Site

CELL = 26  # units of the whole drawing within which sites become one mark, about a kilometre
SHAPE = 0.7  # height of a close view, for a width of 1
CLOSEST = 16.0  # units across: below, neighbours are told apart in the list only
FEW = 12  # sites that a mark lists one by one
MOST = 200  # sites named on one page, on the map or beside it
LISTED = 40  # lines of the list beside the map, unless nobody can look closer
MARKS = 120  # marks that one drawing can hold and a reader tell apart


class SomeKeys(Aggregate):
    """The keys of a group, so many at most: a mark of thousands of sites names none of them."""

    template = "(array_agg(%(expressions)s))[1:%(most)s]"
    output_field = ArrayField(BigIntegerField())


class Degrees(Func):
    """A decimal of five places as a float: as exact as a cast, which writes it down and reads it again."""

    template = "((%(expressions)s * 100000)::int / 100000::float8)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class View:
    """What is looked at, in units of the drawing; the whole territory when `width` is 0."""

    left: float = 0.0
    top: float = 0.0
    width: float = 0.0

    @property
    def height(self) -> float:
        return self.width * SHAPE

    @property
    def scale(self) -> float:
        return self.width / 1000 if self.width else 1.0

    def around(self, x: float, y: float, cell: float) -> "View":
        """Five cells wide around a mark."""
        width = max(5 * cell, CLOSEST)
        return View(x - width / 2, y - width * SHAPE / 2, width)

    @property
    def words(self) -> str:
        return f"{self.left:.0f},{self.top:.0f},{self.width:.0f}"


def view_of(text: str) -> View:
    """« 450,250,120 » as an address says it; anything else is the whole."""
    try:
        left, top, width = (float(part) for part in text.split(","))
    except ValueError:
        return View()
    inside = all(abs(edge) < 10_000 for edge in (left, top)) and CLOSEST <= width <= 2000
    return View(left, top, width) if inside else View()


@dataclass(slots=True)
class Gathered:
    """The sites of one cell: how many, where on average, in which commune most of them, which when few."""

    is_demo: bool
    cell: float
    many: int = 0
    longitudes: float = 0.0
    latitudes: float = 0.0
    keys: list[int] = field(default_factory=list)
    communes: Counter[str] = field(default_factory=Counter)
    anchor: str = ""
    sites: list[Site] = field(default_factory=list)
    listed: bool = True

    def add(self, row: dict) -> None:
        self.many += row["many"]
        self.longitudes += float(row["longitudes"])
        self.latitudes += float(row["latitudes"])
        self.keys += row["keys"]
        self.communes[row["commune"]] += row["many"]

    @property
    def x(self) -> float:
        return project(self.longitudes / self.many, self.latitudes / self.many)[0]

    @property
    def y(self) -> float:
        return project(self.longitudes / self.many, self.latitudes / self.many)[1]

    @property
    def name(self) -> str:
        known = [one for one in self.communes.most_common() if one[0]]
        return known[0][0] if known else "Commune non connue"


def gathered(sites: QuerySet, view: View) -> tuple[list[Gathered], list[Site], int]:
    """(marks from north to south, sites without any point, how many of these). Four queries at most."""
    closest = bool(view.width) and view.width <= CLOSEST
    few, room = (MOST, MOST) if closest else (FEW, LISTED)
    rows = sites.alias(
        east=Coalesce("longitude", "commune__longitude"), north=Coalesce("latitude", "commune__latitude")
    ).annotate(
        x=(Degrees("east") - LONGITUDE) * (FLATTENING * UNITS),
        y=(LATITUDE - Degrees("north")) * Value(float(UNITS)),
    )
    if view.width:
        rows = rows.filter(x__range=(view.left, view.left + view.width))
        rows = rows.filter(y__range=(view.top, view.top + view.height))
    cells = _cells(rows.order_by(), CELL * view.scale, few)
    lost = sum(row["many"] for row in cells if row["line"] is None)
    found = _marks([row for row in cells if row["line"] is not None], CELL * view.scale)
    room = _list_sites(sites, found, few, room)
    return found, list(rows.filter(x__isnull=True)[:room]) if lost and room else [], lost


def _cells(rows: QuerySet, cell: float, most: int) -> list[dict]:
    """What each commune has in each cell; no row of a site leaves the database."""
    cells = (
        rows.annotate(
            column=Floor(F("x") / cell),
            line=Floor(F("y") / cell),
            invented=ExpressionWrapper(Q(origin=Origin.DEMO), BooleanField()),
        )
        .values("line", "column", "invented", "commune")
        .annotate(
            many=Count("pk"), longitudes=Sum("east"), latitudes=Sum("north"), keys=SomeKeys("pk", most=most)
        )
    )
    found = list(cells)
    keys = {row["commune"] for row in found} - {None}
    names = dict(Territory.objects.filter(pk__in=keys).values_list("pk", "subject__name"))
    return [row | {"commune": names.get(row["commune"], "")} for row in found]


def _marks(cells: Iterable[dict], cell: float) -> list[Gathered]:
    """The finest marks, from cells side by side, that are not too many to be told apart."""
    times = 1
    while True:
        found: dict[tuple, Gathered] = {}
        for row in cells:
            place = (row["line"] // times, row["column"] // times, row["invented"])
            found.setdefault(place, Gathered(row["invented"], cell * times)).add(row)
        if len(found) <= MARKS:
            break
        times += 1
    marks = [found[place] for place in sorted(found)]
    for rank, mark in enumerate(marks, start=1):
        mark.anchor = f"lieu-{rank}"
    return marks


def _list_sites(sites: QuerySet, found: list[Gathered], few: int, room: int) -> int:
    """Gives marks of few sites their sites, the first marks first, as long as the list has room for them;
    returns how many lines are left.

    A mark without room is not listed: alone, it still leads to its site; else it leads closer.
    """
    wanted: dict[int, Gathered] = {}
    for one in found:
        lines = one.many if one.many <= few else 1
        one.listed = lines <= room
        room -= lines if one.listed else 0
        if one.many <= few and (one.listed or one.many == 1) and len(wanted) + one.many <= MOST:
            wanted |= dict.fromkeys(one.keys, one)
    for site in sites.filter(pk__in=wanted):
        wanted[site.pk].sites.append(site)
    return room
