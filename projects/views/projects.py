"""The list of projects, its files, and the page of one project."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from projects.exporting import FORMATS, Notice
from projects.filters import filters_in_words
from projects.listing import PROJECTS, ordered, shown
from projects.models import Gate, Project
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


@public
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    found = Project.objects.published().for_list()
    return render(request, "projects/projects.html", shown(request, PROJECTS, found))


@public
@require_safe
def project_file(request: HttpRequest, form: str) -> HttpResponse:
    """All the projects that are filtered, in the order shown."""
    if form not in FORMATS:
        raise Http404("Ce fichier n’existe pas.")
    chosen, rows = ordered(request, PROJECTS, Project.objects.published().for_list())
    notice = Notice("Projets", DEFINITION, filters_in_words(chosen), tuple(COLUMNS.items()))
    return FORMATS[form]("projets", notice, list(COLUMNS), map(_row, rows.iterator(chunk_size=2000)))


def _row(project: Project) -> tuple:
    return (
        project.slug,
        project.name,
        project.get_kind_display(),
        project.get_axis_display(),
        Gate(project.gate).label if project.gate else "",
        project.gate_on or "",
        project.lead or "",
        project.site.slug if project.site and project.site.published else "",
        project.get_origin_display(),
        project.source,
    )


@public
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        Project.objects.published().for_list().select_related("delegation", "subject"), slug=slug
    )
    return render(request, "projects/project.html", project_page(found, known_on(request)))
