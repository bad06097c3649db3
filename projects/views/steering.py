"""Pages of staff that steer a project: its gates, milestones, money, risks and decisions, one form each."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.gates import known, missing
from projects.models import Gate, Project
from projects.models.project import PATH
from projects.project_page import next_gate
from projects.publishable import standing_of
from projects.views.changing import change_page
from projects.views.part_entry import part_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])


def _project(request: HttpRequest, slug: str) -> Project:
    return get_object_or_404(Project.objects.visible_to(request.user).for_list(), slug=slug)


@to_staff
@require_safe
def project_list(request: HttpRequest) -> HttpResponse:
    rows = Project.objects.visible_to(request.user).for_list()
    named = [(one, Gate(one.gate).label if one.gate else "non connue") for one in rows]
    return render(request, "projects/staff/projects.html", {"projects": named})


@to_staff
@require_safe
def steer(request: HttpRequest, slug: str) -> HttpResponse:
    found = _project(request, slug)
    said = known(found)
    context = {
        "project": found,
        "trail": [("/equipe/projets/", "Projets")],
        "gate": Gate(found.gate) if found.gate else None,
        "gates": [(one, missing(said, one)) for one in PATH],
        "following": next_gate(found.gate),
        "passages": found.passages.select_related("by").order_by("-until", "-pk"),
        "partners": found.partners.select_related("organisation"),
        "milestones": found.milestones.prefetch_related("dates"),
        "budget": found.budget.select_related("funder"),
        "risks": found.risks.all(),
        "decisions": found.decisions.all(),
        "funding": found.funding.select_related("funder"),
        "publication": standing_of(found),
    }
    return render(request, "projects/staff/steer.html", context)


def _part(request: HttpRequest, slug: str, code: str, done: str, pk: int | None = None, **more):
    found = _project(request, slug)
    home = f"/equipe/projets/{found.slug}/"
    trail = [("/equipe/projets/", "Projets"), (home, found.name)]
    return part_page(request, found, code, pk, trail=trail, done=done, then=home, **more)


def _adding(code: str, done: str) -> Callable[..., HttpResponse]:
    """The view that adds one record to a project."""

    @to_staff
    @writing
    def view(request: HttpRequest, slug: str) -> HttpResponse:
        return _part(request, slug, code, done)

    return view


partner_new = _adding("partenaire", "Partenaire ajouté.")
milestone_new = _adding("jalon", "Jalon ajouté.")
budget_new = _adding("budget", "Ligne de budget ajoutée.")
risk_new = _adding("risque", "Risque ajouté.")
decision_new = _adding("decision", "Décision ajoutée.")


@to_staff
@writing
def project_change(request: HttpRequest, slug: str) -> HttpResponse:
    found = _project(request, slug)
    home = f"/equipe/projets/{found.slug}/"
    trail = [("/equipe/projets/", "Projets"), (home, found.name)]
    return change_page(
        request, found, title="Modifier la fiche", trail=trail, done="Fiche enregistrée.", then=home
    )


@to_staff
@writing
def passage_new(request: HttpRequest, slug: str) -> HttpResponse:
    """`?etape=` proposes a gate; what it lacks is told before anything is typed."""
    found = _project(request, slug)
    asked = request.GET.get("etape", "")
    gate = int(asked) if asked.isdigit() and int(asked) in Gate.values else next_gate(found.gate)
    lacking = missing(known(found), gate) if gate and request.method != "POST" else []
    done = "Étape gardée, avec sa date."
    return _part(request, slug, "etape", done, initial={"gate": gate}, lacking=lacking)


@to_staff
@writing
def milestone_replan(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    lede = "Les dates d’avant restent au registre, avec leur raison."
    return _part(request, slug, "date", "Nouvelle date gardée.", pk, lede=lede)


@to_staff
@writing
def milestone_reached(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _part(request, slug, "atteint", "Jalon atteint.", pk)


@to_staff
@writing
def risk_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _part(request, slug, "risque-change", "Risque enregistré.", pk)
