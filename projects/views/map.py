"""The map of sites with their list beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.counting import counted
from projects.filters import SiteFilter
from projects.map import map_of_sites
from projects.models import Site

MOST = 500  # sites on one picture; past that, filters


@public
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    chosen = SiteFilter(request.GET, Site.objects.published().for_list())
    sites = list(chosen.qs[: MOST + 1])
    context = {
        "filter": chosen,
        "picture": map_of_sites(sites[:MOST]),
        "count": len(sites),
        "words": counted(chosen.qs, "site", "sites")[2],
        "most": MOST if len(sites) > MOST else None,
        "demo": any(site.is_demo for site in sites),
        "list": f"/sites/?{request.GET.urlencode()}",
    }
    return render(request, "projects/map.html", context)
