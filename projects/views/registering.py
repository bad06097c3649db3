"""Staff add a site or a project to the register, and keep the sheet of a site."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.forms.register import ADD_SITE, NewProjectForm, NewSiteForm
from projects.models import Gate, Project, Prospect, Site
from projects.publishable import standing_of
from projects.updates.following import follow
from projects.views.changing import change_page
from projects.views.writing import form_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])
PROJECTS, SITES = ("/equipe/projets/", "Projets"), ("/equipe/listes/sites/", "Sites")
NOT_YET = "Elle n’est pas publique\u00a0: quand elle est prête, demandez sa publication."
KEPT_FOR_A_PROJECT = (
    "Site gardé et rattaché à ce projet. La fiche du site n’est pas publique\u00a0: quand elle est prête,"
    " demandez sa publication."
)
LEDE = (
    "Quelques champs pour commencer\u00a0; le reste se complète ensuite. Rien n’est public avant qu’une autre"
    " personne l’ait publié."
)


@to_staff
@writing
def project_new(request: HttpRequest) -> HttpResponse:
    """`?site=` is where the project happens. A site that is not there yet is asked for right after."""
    where = Site.objects.filter(slug=request.GET.get("site", "")).first()
    form = NewProjectForm(request.POST or None, initial={"site": where.name} if where else None)
    return form_page(
        request,
        form,
        title="Ajouter un projet",
        trail=[PROJECTS],
        done=f"Projet gardé, sa fiche est ouverte. {NOT_YET}",
        act="Ajouter ce projet",
        lede=LEDE,
        then=lambda project, form: _after_project(project, form, request.user),
    )


def _after_project(project: Project, form: NewProjectForm, user) -> str:
    follow(project, user)
    if form.adding.get("site") == ADD_SITE:
        said = urlencode({"projet": project.slug, "nom": form.cleaned_data["site"]})
        return f"/equipe/sites/nouveau/?{said}"
    return f"/equipe/projets/{project.slug}/"


@to_staff
@writing
def site_new(request: HttpRequest) -> HttpResponse:
    """`?projet=` is the project that happens there, `?nom=` what its form called the site."""
    project = Project.objects.filter(slug=request.GET.get("projet", ""), site=None).first()
    form = NewSiteForm(request.POST or None, initial={"name": request.GET.get("nom", "")[:200]})
    lede = f"Pour le projet «\u202f{project}\u202f», qui est gardé. {LEDE}" if project else LEDE
    return form_page(
        request,
        form,
        title="Ajouter un site",
        trail=[SITES],
        done=KEPT_FOR_A_PROJECT if project else f"Site gardé, sa fiche est ouverte. {NOT_YET}",
        act="Ajouter ce site",
        lede=lede,
        then=lambda site, form: _after_site(site, project, request.user),
    )


def _after_site(site: Site, project: Project | None, user) -> str:
    """The project that waited for its site is led back to."""
    follow(site, user)
    if project is None:
        return f"/equipe/sites/{site.slug}/"
    project.site = site
    project.save()
    return f"/equipe/projets/{project.slug}/"


@to_staff
@require_safe
def site_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    found = _site(request, slug)
    projects = [
        (one, Gate(one.gate).label if one.gate else "étape non connue") for one in found.projects.all()
    ]
    context = {
        "place": found,
        "trail": [SITES],
        "projects": projects,
        "stages": found.stages.select_related("lot"),
        "occupants": found.occupancies.select_related("occupant", "lot"),
        "owners": found.ownerships.select_related("owner", "lot"),
        "surfaces": found.surfaces.all(),
        "lots": found.lots.prefetch_related("states"),
        "prospects": Prospect.objects.visible_to(request.user).filter(site=found).for_list(),
        "publication": standing_of(found),
    }
    return render(request, "projects/staff/site.html", context)


@to_staff
@writing
def site_change(request: HttpRequest, slug: str) -> HttpResponse:
    found = _site(request, slug)
    home = f"/equipe/sites/{found.slug}/"
    return change_page(
        request,
        found,
        title="Modifier la fiche",
        trail=[SITES, (home, found.name)],
        done="Fiche enregistrée.",
        then=home,
    )


def _site(request: HttpRequest, slug: str) -> Site:
    return get_object_or_404(Site.objects.visible_to(request.user).for_list(), slug=slug)
