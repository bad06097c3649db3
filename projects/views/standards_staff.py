"""Staff bring a file of a standard, read what it would change, accept rows of it, take an import back."""

import csv
import io
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from projects.brought import NotNow, Unreadable
from projects.exporting import cell_text
from projects.models import ComparedRow, StandardImport
from projects.standards import STANDARDS, cartofriches, deciding, writing
from projects.views.standards import as_file

to_write = roles("staff")
PER_PAGE = 100
SHOWN = 30
State, Verdict = StandardImport.State, ComparedRow.Verdict
BADGES = {
    State.READING: "badge--run", State.WRITING: "badge--run", State.UNDOING: "badge--run",
    State.WAITING: "badge--wait", State.ACCEPTED: "badge--ok", State.FAILED: "badge--late",
}  # fmt: skip
OPEN = (State.WAITING, *StandardImport.BUSY)
ORDER = Case(
    *(When(verdict=one, then=Value(rank)) for rank, one in enumerate(Verdict.values)),
    output_field=IntegerField(),
)


class FileForm(forms.Form):
    """Which class, which file."""

    classe = forms.ChoiceField(
        label="Ce que le fichier décrit",
        choices=[(one.code, f"{one.title} (CNIG {one.edition})") for one in STANDARDS.values()],
    )
    fichier = forms.FileField(
        label="Fichier",
        help_text="CSV, point-virgule ou virgule, avec les en-têtes du standard, 5\u00a0Mo au plus.",
    )


class CommuneForm(forms.Form):
    """Which communes of the last answer of Cartofriches."""

    commune = forms.ChoiceField(label="Commune")

    def __init__(self, *args, found: cartofriches.Found | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        counted = found.communes if found else []
        self.fields["commune"].choices = [
            (code, f"{name} ({number} friche{'s' if number > 1 else ''})") for code, name, number in counted
        ]


@to_write
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    return _worklist(request)


def _worklist(
    request: HttpRequest, form: FileForm | None = None, commune: CommuneForm | None = None
) -> HttpResponse:
    found = cartofriches.last()
    rows = StandardImport.objects.select_related("brought_by", "decided_by")
    context = {
        "form": form or FileForm(),
        "commune": commune or CommuneForm(found=found),
        "found": found,
        "waiting": rows.filter(state__in=OPEN),
        "past": rows.exclude(state__in=OPEN)[:SHOWN],
        "standards": STANDARDS.values(),
    }
    refused = (form is not None and form.errors) or (commune is not None and commune.errors)
    return render(request, "projects/staff_standards.html", context, status=400 if refused else 200)


@to_write
@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["fichier"]
        try:
            brought = deciding.bring(
                STANDARDS[form.cleaned_data["classe"]],
                file.name,
                file.read(deciding.MOST_BYTES + 1),
                request.user,
            )
        except Unreadable as error:
            form.add_error("fichier", f"{error} Rien n’a été gardé.")
        else:
            return redirect("projects:standard_import", brought.pk)
    return _worklist(request, form)


@to_write
@require_POST
def bring_cartofriches(request: HttpRequest) -> HttpResponse:
    found = cartofriches.last()
    form = CommuneForm(request.POST, found=found)
    if found is not None and form.is_valid():
        brought = cartofriches.bring(found, form.cleaned_data["commune"], request.user)
        return redirect("projects:standard_import", brought.pk)
    return _worklist(request, commune=form)


@to_write
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """What accepting would change, as it was compared; once decided, what was written."""
    brought = _brought(pk)
    context = _state_of(brought) | {"standard": STANDARDS[brought.standard]}
    if brought.state == State.WAITING:
        rows = brought.compared.order_by(ORDER, "line")
        context |= {
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "decides": brought.may_be_accepted_by(request.user),
        }
    elif not brought.is_busy:
        context["written"] = brought.written.select_related("row__site", "row__lot__site")
        context["left"] = brought.compared.exclude(kept_because="")
    return render(request, "projects/staff_standard_import.html", context)


@to_write
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked again by the page every two seconds; somebody who comes here is led to the page."""
    brought = _brought(pk)
    if "HX-Request" not in request.headers:
        return redirect("projects:standard_import", pk)
    context = _state_of(brought) | {"over": not brought.is_busy}
    return render(request, "projects/standard_state.html", context)


def _brought(pk: int) -> StandardImport:
    found = StandardImport.objects.select_related("brought_by", "decided_by")
    return get_object_or_404(found, pk=pk)


def _state_of(brought: StandardImport) -> dict[str, object]:
    return {"brought": brought, "badge": BADGES.get(State(brought.state), "")}


@to_write
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    keys = None if request.POST.get("act") == "all" else request.POST.getlist("row")
    if keys == []:
        get_object_or_404(StandardImport, pk=pk)
        messages.error(request, "Aucune ligne n’était cochée : rien n’a été écrit.")
        return redirect("projects:standard_import", pk)
    published = "published" in request.POST
    return _act(request, pk, lambda: deciding.accept(pk, keys, request.user, published=published))


@to_write
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Also stops what a worker has under way."""
    return _act(request, pk, lambda: deciding.abandon(pk, request.user))


@to_write
@require_POST
def compare_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: deciding.compare_again(pk, request.user))


@to_write
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(request, pk, lambda: deciding.undo(pk, request.user))


def _act(request: HttpRequest, pk: int, act: Callable[[], StandardImport]) -> HttpResponse:
    get_object_or_404(StandardImport, pk=pk)
    try:
        act()
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("projects:standard_import", pk)


@to_write
@require_safe
def refused_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused rows under the columns of the standard, line and reason first: corrected, it comes back."""
    brought = get_object_or_404(StandardImport, pk=pk)
    standard = STANDARDS[brought.standard]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["ligne", "raison", *standard.fields])
    given = {one["line"]: one["cells"] for one in brought.rows}
    for row in brought.compared.filter(verdict=Verdict.REFUSED):
        cells = [given[row.line].get(name, "") for name in standard.fields]
        writer.writerow([row.line, cell_text(" ; ".join(row.reasons)), *map(cell_text, cells)])
    return as_file(f"refus-{brought.pk}.csv", "\ufeff" + out.getvalue(), "text/csv; charset=utf-8")


@to_write
@require_safe
def whole_csv(request: HttpRequest, code: str) -> HttpResponse:
    """All that we hold of a class, unpublished records included, as it came."""
    if code not in STANDARDS:
        raise Http404("Cette classe n’est pas d’un standard que nous écrivons.")
    standard = STANDARDS[code]
    text = writing.csv_text(standard, writing.rows(standard, public=False))
    return as_file(f"{code}-complet.csv", text, "text/csv; charset=utf-8")
