"""The list of sites, its files, and the page of one site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from agglo.figures.vocabulary import Origin
from projects.list_file import ListFile, list_file
from projects.listing import SITES, shown
from projects.models import Site, Stage
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
PATHS = (
    "slug",
    "name",
    "kind",
    "commune__subject__name",
    "commune__subject__code",
    "stage_codes",
    "origin",
    "source",
)


def _row(values: tuple) -> tuple:
    slug, name, kind, commune, code, stages, origin, source = values
    now = " | ".join(dict.fromkeys(Stage(stage).label for stage in stages))
    return slug, name, Site.Kind(kind).label, commune, code, now, Origin(origin).label, source


FILE = ListFile("Sites", DEFINITION, COLUMNS, PATHS, _row)


@public
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/sites.html", shown(request, SITES, Site.objects.published().for_list()))


@public
@require_safe
def site_file(request: HttpRequest, form: str) -> HttpResponse:
    """All the sites that are filtered, in the order shown."""
    return list_file(request, form, SITES, FILE, Site.objects.published().with_stages())


@public
@require_safe
def site(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Site.objects.published().select_related("commune__subject", "subject"), slug=slug
    )
    return render(request, "projects/site.html", site_page(found, known_on(request)))
