"""The list of sites, its files, and the page of one site."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from projects.exporting import FORMATS, Notice
from projects.filters import filters_in_words
from projects.listing import SITES, ordered, shown
from projects.models import Site
from projects.site_page import site_page

DEFINITION = (
    "Un site est un lieu d’activité passé, présent ou à venir. Les étapes en cours peuvent être plusieurs."
    " Les lignes «\u202ffictif – démonstration\u202f» sont inventées et ne se comptent pas."
)
COLUMNS = {
    "site": "Repère : la fin de l’adresse de sa page.",
    "nom": "Nom du site.",
    "nature": "Ce que le site est.",
    "commune": "Commune où il se trouve.",
    "code_commune": "Code Insee de cette commune.",
    "etapes_en_cours": "Étapes de sa vie en cours à la date du fichier.",
    "classe": "Attesté, ou inventé pour la démonstration.",
    "source": "Qui le dit.",
}


@public
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/sites.html", shown(request, SITES, Site.objects.published().for_list()))


@public
@require_safe
def site_file(request: HttpRequest, form: str) -> HttpResponse:
    """All the sites that are filtered, in the order shown."""
    if form not in FORMATS:
        raise Http404("Ce fichier n’existe pas.")
    chosen, rows = ordered(request, SITES, Site.objects.published().for_list())
    notice = Notice("Sites", DEFINITION, filters_in_words(chosen), tuple(COLUMNS.items()))
    return FORMATS[form]("sites", notice, list(COLUMNS), map(_row, rows.iterator(chunk_size=2000)))


def _row(site: Site) -> tuple:
    return (
        site.slug,
        site.name,
        site.get_kind_display(),
        site.commune.name if site.commune else "",
        site.commune.code if site.commune else "",
        " | ".join(dict.fromkeys(one.get_stage_display() for one in site.stages_now)),
        site.get_origin_display(),
        site.source,
    )


@public
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Site.objects.published().select_related("commune__subject", "subject"), slug=slug
    )
    return render(request, "projects/site.html", site_page(found, known_on(request)))
