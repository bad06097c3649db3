"""A long list as everybody sees it: filtered, counted, its columns chosen, a page at a time.

The number of queries does not depend on the number of records, nor on the page asked for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import QuerySet
from django.http import HttpRequest
from django_filters import FilterSet
from django_tables2 import RequestConfig

from agglo.territory.models import Territory
from projects.counting import words
from projects.facets import Counts, Facets, offer, stages_now
from projects.filters import ProjectFilter, SiteFilter, StaffSiteFilter
from projects.paging import LongRows
from projects.tables import ChosenColumns, ProjectTable, SiteTable

PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """`facets` says, by filter, the column whose values are counted beside its choices; `beside` counts the
    choices of a filter that looks at another table, of the records that the others keep.
    """

    code: str
    one: str
    many: str
    filter: type[FilterSet]
    table: type[ChosenColumns]
    facets: Mapping[str, str]
    beside: Mapping[str, Callable[[QuerySet], Counts]] = field(default_factory=dict)

    def words(self, attested: int, demo: int) -> str:
        return words(attested, demo, self.one, self.many)


SITES = Listing(
    "sites",
    "site",
    "sites",
    SiteFilter,
    SiteTable,
    {"nature": "kind", "commune": "commune_id"},
    {"etape": stages_now},
)
PROJECTS = Listing(
    "projets",
    "projet",
    "projets",
    ProjectFilter,
    ProjectTable,
    {"axe": "axis", "nature": "kind", "etape": "gate"},
)
STAFF_SITES = replace(SITES, filter=StaffSiteFilter)
STAFF = {listing.code: listing for listing in (STAFF_SITES, PROJECTS)}


def shown(request: HttpRequest, listing: Listing, rows: QuerySet) -> dict[str, object]:
    """What the template of a list needs."""
    chosen, attested, demo = chosen_and_counted(request, listing, rows)
    rows = LongRows(chosen.qs, attested + demo)
    table = listing.table(rows, columns=request.GET.getlist("col"))
    table.caption = listing.words(attested, demo)
    RequestConfig(request, paginate={"per_page": PAGE, "silent": True}).configure(table)
    return {
        "listing": listing,
        "table": table,
        "filter": chosen,
        "count": attested + demo,
        "demo": demo,
        "query": kept(request),
        "sort": request.GET.get("sort", ""),
    }


def chosen_and_counted(request: HttpRequest, listing: Listing, rows: QuerySet) -> tuple[FilterSet, int, int]:
    """The filter with its choices counted, how many attested records it keeps and how many invented ones."""
    chosen = listing.filter(request.GET, rows)
    facets = Facets(chosen, listing.facets, {"commune": _commune_codes})
    for name in listing.facets:
        offer(chosen, name, facets.of(name))
    for name, counted in listing.beside.items():
        offer(chosen, name, counted(facets.kept(name)))
    return chosen, *facets.total


def _commune_codes(keys: Iterable[int]) -> dict[int, str]:
    return dict(Territory.objects.filter(pk__in=keys).values_list("pk", "subject__code"))


def kept(request: HttpRequest, *without: str) -> str:
    """The query string without the page: what a file, a map or a saved view keep of an address."""
    said = request.GET.copy()
    for name in ("page", *without):
        said.pop(name, None)
    for name in [name for name, values in said.lists() if not any(values)]:
        del said[name]
    return said.urlencode()


def ordered(request: HttpRequest, listing: Listing, rows: QuerySet) -> tuple[FilterSet, QuerySet]:
    """The filter, and all that it keeps in the order that the list shows."""
    chosen = listing.filter(request.GET, rows)
    table = listing.table(LongRows(chosen.qs, 0), columns=request.GET.getlist("col"))
    RequestConfig(request, paginate=False).configure(table)
    return chosen, table.data.data
