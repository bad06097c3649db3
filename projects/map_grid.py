"""Sites gathered by the cells of a grid, inside PostgreSQL: the map costs the same whatever their number.

Attested and invented sites never share a cell.
"""

from dataclasses import dataclass
from itertools import count

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import (
    Aggregate,
    Avg,
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    F,
    FloatField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Floor

from agglo.figures.vocabulary import Origin
from agglo.territory.shapes import FLATTENING, LATITUDE, LONGITUDE, UNITS
from projects.models import Site

CELL = 26  # units of the whole drawing within which sites become one mark, about a kilometre
SHAPE = 0.7  # height of a close view, for a width of 1
CLOSEST = 16.0  # units across: below, neighbours are told apart in the list only
FEW = 12  # sites that a mark lists one by one
MOST = 200  # sites listed on one page


class MostSaid(Aggregate):
    """The value that most rows of the group have."""

    function = "mode"
    template = "%(function)s() WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = CharField()


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

    def around(self, x: float, y: float) -> "View":
        """Five cells wide around a mark."""
        width = max(5 * CELL * self.scale, CLOSEST)
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
    """The sites of one cell: how many, where on average, in which commune most of them, and which."""

    anchor: str
    x: float
    y: float
    many: int
    is_demo: bool
    place: str
    keys: list[int]
    sites: list[Site]

    @property
    def name(self) -> str:
        return self.place or "Commune non connue"


def gathered(sites: QuerySet, view: View) -> tuple[list[Gathered], list[Site], int]:
    """(marks from north to south, sites without any point, how many of these). Three queries."""
    cell = CELL * view.scale
    longitude = Cast(Coalesce("longitude", "commune__longitude"), FloatField())
    latitude = Cast(Coalesce("latitude", "commune__latitude"), FloatField())
    rows = sites.order_by().annotate(
        x=(longitude - LONGITUDE) * (FLATTENING * UNITS), y=(LATITUDE - latitude) * Value(float(UNITS))
    )
    if view.width:
        rows = rows.filter(x__range=(view.left, view.left + view.width))
        rows = rows.filter(y__range=(view.top, view.top + view.height))
    cells = (
        rows.annotate(
            column=Floor(F("x") / cell),
            line=Floor(F("y") / cell),
            invented=ExpressionWrapper(Q(origin=Origin.DEMO), BooleanField()),
        )
        .values("line", "column", "invented")
        .annotate(
            many=Count("pk"), middle_x=Avg("x"), middle_y=Avg("y"), keys=ArrayAgg("pk"),
            place=MostSaid("commune__subject__name", filter=Q(commune__isnull=False)),
        )
        .order_by("line", "column", "invented")
    )  # fmt: skip
    found, lost = [], []
    rank = count(1)
    for row in cells:
        if row["middle_x"] is None:
            lost += row["keys"]
            continue
        found.append(
            Gathered(
                f"lieu-{next(rank)}", row["middle_x"], row["middle_y"], row["many"], row["invented"],
                row["place"] or "", row["keys"], [],
            )
        )  # fmt: skip
    return found, *_listed(sites, found, lost, closest=bool(view.width) and view.width <= CLOSEST)


def _listed(
    sites: QuerySet, found: list[Gathered], lost: list[int], *, closest: bool
) -> tuple[list[Site], int]:
    """Gives marks of few sites their sites, up to MOST in all, the first marks first."""
    wanted: dict[int, Gathered | None] = {}
    for one in found:
        if (closest or one.many <= FEW) and len(wanted) + one.many <= MOST:
            wanted |= dict.fromkeys(one.keys, one)
    wanted |= dict.fromkeys(lost[: MOST - min(len(wanted), MOST)])
    unplaced = []
    for site in sites.filter(pk__in=wanted):
        mark = wanted[site.pk]
        if mark is None:
            unplaced.append(site)
        else:
            mark.sites.append(site)
    return unplaced, len(lost)
