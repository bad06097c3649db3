"""Pages of staff about aid: the list, a line, its movements, shares, counterparts and their checks."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import roles
from projects.aid_page import shown, to_check
from projects.aid_tables import FundingFilter, FundingTable
from projects.counting import counted
from projects.forms.aid import LineForm
from projects.models import FundingLine, Movement, Project, SupportCase
from projects.publishable import standing_of
from projects.views.changing import change_page
from projects.views.part_entry import part_page
from projects.views.writing import form_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])
TRAIL = [("/equipe/aides/", "Aides")]
SOON = timedelta(days=60)
NOT_YET = "Elle n’est pas publique\u00a0: quand elle est prête, demandez sa publication."


def _line(request: HttpRequest, pk: int) -> FundingLine:
    return get_object_or_404(FundingLine.objects.visible_to(request.user), pk=pk)


def _part(request: HttpRequest, line: FundingLine, code: str, done: str, pk: int | None = None, **more):
    home = line.get_absolute_url()
    trail = [*TRAIL, (home, str(line))]
    return part_page(request, line, code, pk, trail=trail, done=done, then=home, **more)


@to_staff
@require_safe
def funding_list(request: HttpRequest) -> HttpResponse:
    chosen = FundingFilter(request.GET, FundingLine.objects.visible_to(request.user).for_list())
    table = FundingTable(chosen.qs)
    _, _, table.caption = counted(chosen.qs, "ligne", "lignes")
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    today = timezone.localdate()
    waiting = to_check(today, today + SOON)
    return render(
        request, "projects/staff/funding_list.html", {"filter": chosen, "table": table, "waiting": waiting}
    )


@to_staff
@require_safe
def line(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(FundingLine.objects.visible_to(request.user).for_list(), pk=pk)
    context = {
        "one": shown([found])[0],
        "line": found,
        "movements": found.movements.select_related("by", "cancels", "cancelled_by"),
        "trail": TRAIL,
        "today": timezone.localdate(),
        "publication": standing_of(found),
    }
    return render(request, "projects/staff/funding.html", context)


@to_staff
@writing
def line_new(request: HttpRequest) -> HttpResponse:
    """`?dossier=` or `?projet=` say what it is for."""
    start, given = {}, {}
    if request.GET.get("dossier", "").isdigit():
        found = get_object_or_404(SupportCase.objects.visible_to(request.user), pk=request.GET["dossier"])
        start, given = {"company_name": found.company.name, "scheme": found.scheme}, {"case": found}
    if request.GET.get("projet"):
        start["project"] = get_object_or_404(Project, slug=request.GET["projet"])
    form = LineForm(request.POST or None, by=request.user, initial=start, **given)
    return form_page(request, form, title="Ajouter une aide", trail=TRAIL, done=f"Aide ajoutée. {NOT_YET}")


@to_staff
@writing
def line_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = _line(request, pk)
    home = found.get_absolute_url()
    trail = [*TRAIL, (home, str(found))]
    return change_page(
        request, found, title="Modifier l’aide", trail=trail, done="Aide enregistrée.", then=home
    )


@to_staff
@writing
def shares(request: HttpRequest, pk: int) -> HttpResponse:
    return _part(
        request,
        _line(request, pk),
        "beneficiaires",
        "Parts enregistrées.",
        template="projects/staff/shares.html",
        lede="Une ligne par personne morale. Les parts font 100 %.",
    )


@to_staff
@writing
def movement_new(request: HttpRequest, pk: int) -> HttpResponse:
    """`?contrepartie=` proposes to claim what a promise that was not kept makes due."""
    found = _line(request, pk)
    return _part(request, found, "mouvement", "Mouvement noté.", initial=_claim(request, found))


def _claim(request: HttpRequest, line: FundingLine) -> dict[str, object]:
    asked = request.GET.get("contrepartie", "")
    promises = shown([line])[0].promises if asked.isdigit() else []
    found = next((one for one in promises if one.counterpart.pk == int(asked)), None)
    if found is None or found.due is None:
        return {}
    return {"kind": "reclaimed", "counterpart": found.counterpart, "amount": found.due.amount or None}


@to_staff
@writing
def movement_cancel(request: HttpRequest, pk: int, movement: int) -> HttpResponse:
    found = _line(request, pk)
    get_object_or_404(Movement.objects.in_force(), line=found, pk=movement)
    done = "Écriture annulée : les deux restent lisibles."
    return _part(request, found, "annulation", done, movement, act="Annuler l’écriture")


@to_staff
@writing
def counterpart_new(request: HttpRequest, pk: int) -> HttpResponse:
    return _part(request, _line(request, pk), "contrepartie", "Contrepartie ajoutée.")


@to_staff
@writing
def counterpart_check(request: HttpRequest, pk: int, counterpart: int) -> HttpResponse:
    return _part(request, _line(request, pk), "constat", "Constat gardé.", counterpart)
