"""The list of projects, its files, and the page of one project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from agglo.figures.vocabulary import Origin
from projects.list_file import ListFile, list_file
from projects.listing import PROJECTS, shown
from projects.models import Axis, Gate, Project
from projects.project_page import project_page

DEFINITION = (
    "Un projet est ce que quelqu’un annonce, engage ou mène\u202f; son étape est celle de sa source,"
    " à la date"
    " de la dernière étape franchie. Une ambition ou une question n’est pas un projet."
)
COLUMNS = {
    "projet": "Repère : la fin de l’adresse de sa page.",
    "intitule": "Nom du projet.",
    "nature": "Ce que le projet fait.",
    "axe": "Chapitre de la politique économique.",
    "etape": "Dernière étape franchie.",
    "etape_au": "Jour où elle l’était, au plus tard.",
    "porteur": "Organisation qui le mène.",
    "site": "Repère du site où il se passe, s’il est publié.",
    "classe": "Attesté, ou inventé pour la démonstration.",
    "source": "Qui le dit.",
}
PATHS = (
    "slug",
    "name",
    "kind",
    "axis",
    "gate",
    "gate_on",
    "lead__name",
    "site__slug",
    "site__published",
    "origin",
    "source",
)


def _row(values: tuple) -> tuple:
    slug, name, kind, axis, gate, gate_on, lead, site, site_published, origin, source = values
    return (
        slug,
        name,
        Project.Kind(kind).label,
        Axis(axis).label,
        Gate(gate).label if gate else "",
        gate_on,
        lead,
        site if site_published else "",
        Origin(origin).label,
        source,
    )


FILE = ListFile("Projets", DEFINITION, COLUMNS, PATHS, _row)


@public
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    found = Project.objects.published().for_list()
    return render(request, "projects/projects.html", shown(request, PROJECTS, found))


@public
@require_safe
def project_file(request: HttpRequest, form: str) -> HttpResponse:
    """All the projects that are filtered, in the order shown."""
    return list_file(request, form, PROJECTS, FILE, Project.objects.published())


@public
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Project.objects.published().for_list().select_related("delegation", "subject"), slug=slug
    )
    return render(request, "projects/project.html", project_page(found, known_on(request)))
