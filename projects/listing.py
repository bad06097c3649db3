"""A long list as everybody sees it: filtered, counted, its columns chosen, a page at a time.

The number of queries does not depend on the number of records, nor on the page asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django_filters import FilterSet
from django_tables2 import RequestConfig

from agglo.territory.models import Territory
from projects.counting import words
from projects.facets import Counts, Facets, offer
from projects.filters import ProjectFilter, SiteFilter, StaffSiteFilter
from projects.tables import ChosenColumns, ProjectTable, SiteTable

PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """`facets` says, by filter, the column whose values are counted beside its choices."""

    code: str
    one: str
    many: str
    filter: type[FilterSet]
    table: type[ChosenColumns]
    facets: Mapping[str, str]

    def words(self, attested: int, demo: int) -> str:
        return words(attested, demo, self.one, self.many)


SITES = Listing("sites", "site", "sites", SiteFilter, SiteTable, {"nature": "kind", "commune": "commune_id"})
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


class Counted(Paginator):
    """Pages of rows whose number is known already."""

    def __init__(self, *args, known: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.count = known


def shown(request: HttpRequest, listing: Listing, rows: QuerySet) -> dict[str, object]:
    """What the template of a list needs."""
    chosen, attested, demo = chosen_and_counted(request, listing, rows)
    table = listing.table(chosen.qs, columns=request.GET.getlist("col"))
    table.caption = listing.words(attested, demo)
    pages = partial(Counted, known=attested + demo)
    paginate = {"per_page": PAGE, "silent": True, "paginator_class": pages}
    RequestConfig(request, paginate=paginate).configure(table)
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
    facets = Facets(chosen, listing.facets, rows)
    for name in listing.facets:
        counts = facets.of(name)
        offer(chosen, name, _by_code(counts) if name == "commune" else counts)
    return chosen, *facets.total


def _by_code(counts: Counts) -> Counts:
    """Counts by territory, under the codes that addresses use."""
    codes = Territory.objects.filter(pk__in=[key for key in counts if key]).values_list("pk", "subject__code")
    return {code: counts[key] for key, code in codes}


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
    table = listing.table(chosen.qs)
    RequestConfig(request, paginate=False).configure(table)
    return chosen, table.data.data
