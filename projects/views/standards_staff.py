"""Staff bring a file of a standard, read what it would change, accept rows of it, take an import back."""

import csv
import io

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from projects.brought import NotNow, Unreadable
from projects.exporting import cell_text
from projects.models import StandardImport
from projects.standards import STANDARDS, cartofriches, importing, writing
from projects.standards.reading import ADDED, CHANGED, REFUSED, compare
from projects.views.standards import as_file

to_write = roles("staff")
PER_PAGE = 100
SHOWN = 30


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
    rows = StandardImport.objects.select_related("brought_by", "decided_by").defer("rows")
    context = {
        "form": form or FileForm(),
        "commune": commune or CommuneForm(found=found),
        "found": found,
        "waiting": rows.filter(state=StandardImport.State.WAITING),
        "past": rows.exclude(state=StandardImport.State.WAITING)[:SHOWN],
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
            brought = importing.bring(
                STANDARDS[form.cleaned_data["classe"]],
                file.name,
                file.read(importing.MOST_BYTES + 1),
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
    """What accepting would change, as things stand now; once decided, what was written."""
    brought = get_object_or_404(StandardImport.objects.select_related("brought_by", "decided_by"), pk=pk)
    context = {"brought": brought, "standard": STANDARDS[brought.standard]}
    if brought.state == StandardImport.State.WAITING:
        compared = compare(brought)
        order = {CHANGED: 0, ADDED: 1, REFUSED: 2}
        rows = sorted(compared.proposals, key=lambda row: (order.get(row.verdict, 3), row.line))
        context |= {
            "counts": dict(compared.counts),
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
            "decides": brought.may_be_accepted_by(request.user),
            "acceptable": len(compared.of(ADDED)) + len(compared.of(CHANGED)),
        }
    else:
        context["written"] = brought.written.select_related("row__site", "row__lot__site")
    return render(request, "projects/staff_standard_import.html", context)


@to_write
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    brought = get_object_or_404(StandardImport, pk=pk)
    keys = None if request.POST.get("act") == "all" else request.POST.getlist("row")
    if keys == []:
        messages.error(request, "Aucune ligne n’était cochée : rien n’a été écrit.")
        return redirect("projects:standard_import", pk)
    try:
        number = importing.accept(brought, keys, request.user, published="published" in request.POST)
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{number} ligne{'s' if number > 1 else ''} dans nos fiches.")
    return redirect("projects:standard_import", pk)


@to_write
@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        importing.abandon(get_object_or_404(StandardImport, pk=pk), request.user)
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("projects:standard_import", pk)
    messages.success(request, "Importation abandonnée : rien n’a été écrit.")
    return redirect("projects:staff_standards")


@to_write
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        back, kept = importing.undo(get_object_or_404(StandardImport, pk=pk), request.user)
    except NotNow as error:
        messages.error(request, str(error))
    else:
        said = f"{back} ligne{'s' if back > 1 else ''} annulée{'s' if back > 1 else ''}."
        if kept:
            said += f" {kept} restent en place : la raison est sur chaque ligne."
        messages.success(request, said)
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
    for row in compare(brought).of(REFUSED):
        cells = [row.cells.get(name, "") for name in standard.fields]
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
