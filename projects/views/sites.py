"""The list of sites, its file, and the page of one site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from projects.counting import counted
from projects.exporting import csv_file
from projects.filters import SiteFilter, filters_in_words
from projects.models import Site
from projects.site_page import site_page
from projects.tables import SiteTable

DEFINITION = (
    "Un site est un lieu d’activité passé, présent ou à venir. Les étapes en cours peuvent être plusieurs."
    " Les lignes «\u202ffictif – démonstration\u202f» sont inventées et ne se comptent pas."
)
COLUMNS = ("site", "nom", "nature", "commune", "code_commune", "etapes_en_cours", "classe", "source")


@public
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    chosen = SiteFilter(request.GET, Site.objects.published().for_list())
    table = SiteTable(chosen.qs)
    attested, demo, table.caption = counted(chosen.qs, "site", "sites")
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    context = {"table": table, "filter": chosen, "count": attested + demo, "demo": demo}
    return render(
        request, "projects/sites.html", context | {"export": f"/sites.csv?{request.GET.urlencode()}"}
    )


@public
@require_safe
def site_csv(request: HttpRequest) -> HttpResponse:
    """All the sites that are filtered, in the order shown."""
    chosen = SiteFilter(request.GET, Site.objects.published().for_list())
    table = SiteTable(chosen.qs)
    RequestConfig(request, paginate=False).configure(table)
    rows = ((row.record, row.record.commune) for row in table.rows)
    return csv_file(
        "sites",
        "Sites",
        DEFINITION,
        filters_in_words(chosen),
        COLUMNS,
        (
            (
                site.slug,
                site.name,
                site.get_kind_display(),
                commune.name if commune else "",
                commune.code if commune else "",
                " | ".join(dict.fromkeys(one.get_stage_display() for one in site.stages_now)),
                site.get_origin_display(),
                site.source,
            )
            for site, commune in rows
        ),
    )


@public
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Site.objects.published().select_related("commune__subject", "subject"), slug=slug
    )
    return render(request, "projects/site.html", site_page(found, known_on(request)))
