"""The list of projects, its file, and the page of one project."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import public
from agglo.figures.known_on import known_on
from projects.counting import counted
from projects.exporting import csv_file
from projects.filters import ProjectFilter, filters_in_words
from projects.models import Gate, Project
from projects.project_page import project_page
from projects.tables import ProjectTable

DEFINITION = (
    "Un projet est ce que quelqu’un annonce, engage ou mène\u202f; son étape est celle de sa source,"
    " à la date"
    " de la dernière étape franchie. Une ambition ou une question n’est pas un projet."
)
COLUMNS = ("projet", "intitule", "nature", "axe", "etape", "etape_au", "porteur", "site", "classe", "source")


@public
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    chosen = ProjectFilter(request.GET, Project.objects.published().for_list())
    table = ProjectTable(chosen.qs)
    attested, demo, table.caption = counted(chosen.qs, "projet", "projets")
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    context = {"table": table, "filter": chosen, "count": attested + demo, "demo": demo}
    return render(
        request, "projects/projects.html", context | {"export": f"/projets.csv?{request.GET.urlencode()}"}
    )


@public
@require_safe
def project_csv(request: HttpRequest) -> HttpResponse:
    """All the projects that are filtered, in the order shown."""
    chosen = ProjectFilter(request.GET, Project.objects.published().for_list())
    table = ProjectTable(chosen.qs)
    RequestConfig(request, paginate=False).configure(table)
    rows = (row.record for row in table.rows)
    return csv_file("projets", "Projets", DEFINITION, filters_in_words(chosen), COLUMNS, map(_row, rows))


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
