"""The map of sites with their list beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.listing import SITES, chosen_and_counted, kept
from projects.map import map_of_sites
from projects.map_grid import view_of
from projects.models import Site


@public
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    chosen, attested, demo = chosen_and_counted(request, SITES, Site.objects.published().for_list())
    view, query = view_of(request.GET.get("vue", "")), kept(request, "vue", "col", "sort")
    context = {
        "filter": chosen,
        "picture": map_of_sites(chosen.qs, view, query),
        "count": attested + demo,
        "words": SITES.words(attested, demo),
        "demo": demo,
        "query": query,
        "list": f"/sites/?{query}",
    }
    return render(request, "projects/map.html", context)
