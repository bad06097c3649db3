"""Staff pages of many records at once: files to take, a file to bring, and what it would change."""

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.bulk import deciding
from projects.bulk.exporting import records_file, refused_file, template_file
from projects.bulk.sheets import SHEETS
from projects.bulk.showing import row_of
from projects.exporting import FORMATS
from projects.filters import filters_in_words
from projects.listing import STAFF, ordered
from projects.models import Import
from projects.models.bulk import Change, State

PAGE = 50
BADGES = {
    State.APPLIED: "badge--ok", State.READY: "badge--wait", State.ASKED: "badge--wait",
    State.FAILED: "badge--late",
    State.READING: "badge--run", State.APPLYING: "badge--run", State.UNDOING: "badge--run",
}  # fmt: skip
to_staff = roles("staff")


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: HttpRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        file = request.FILES.get("fichier")
        try:
            if file is None:
                raise ValueError("Choisissez un fichier.")
            row = deciding.receive(file.name, file.read(), request.user)
        except ValueError as refusal:
            error = str(refusal)
        else:
            return redirect("projects:import", row.pk)
    found = Import.objects.visible_to(request.user).select_related("brought_by")
    context = {
        "error": error,
        "limit": deciding.limit_words(),
        "sheets": SHEETS.values(),
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "projects/imports.html", context, status=400 if error else 200)


@to_staff
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    row = _import(request, pk)
    kind = request.GET.get("type", "")
    page = _rows(row, kind, request.GET.get("page"))
    context = state_of(row, request.user) | {
        "kind": kind if kind in Change.values else "",
        "page_obj": page,
        "rows": [row_of(SHEETS[row.sheet], each) for each in page] if row.sheet else [],
        "kinds": [(Change.CHANGED, row.changed), (Change.ADDED, row.added), (Change.REFUSED, row.refused)],
    }
    return render(request, "projects/import.html", context)


@to_staff
@require_safe
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked again by the page every two seconds; somebody who comes here is led to the page."""
    row = _import(request, pk)
    if "HX-Request" not in request.headers:
        return redirect("projects:import", row.pk)
    return render(
        request, "projects/import_state.html", state_of(row, request.user) | {"over": not row.is_busy}
    )


@to_staff
@require_safe
def refused(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    row = _import(request, pk)
    if form not in FORMATS or not row.sheet:
        raise Http404("Ce fichier n’existe pas.")
    return refused_file(SHEETS[row.sheet], form, row)


@to_staff
@require_safe
def export(request: HttpRequest, sheet: str, form: str) -> HttpResponse:
    """Every record that the filters of the list keep, published or not, to edit and bring back."""
    if sheet not in SHEETS or form not in FORMATS:
        raise Http404("Ce fichier n’existe pas.")
    chosen, records = ordered(request, STAFF[sheet], SHEETS[sheet].records())
    return records_file(SHEETS[sheet], form, records, filters_in_words(chosen))


@to_staff
@require_safe
def template(request: HttpRequest, sheet: str, form: str) -> HttpResponse:
    if sheet not in SHEETS or form not in FORMATS:
        raise Http404("Ce fichier n’existe pas.")
    return template_file(SHEETS[sheet], form)


def _import(request: HttpRequest, pk: int) -> Import:
    return get_object_or_404(
        Import.objects.visible_to(request.user).select_related("brought_by", "decided_by"), pk=pk
    )


def _rows(row: Import, kind: str, number: str | None) -> Page:
    found = row.rows.filter(change=kind) if kind in Change.values else row.rows.all()
    return Paginator(found, PAGE).get_page(number)


def state_of(row: Import, user) -> dict[str, object]:
    return {
        "row": row,
        "badge": BADGES.get(State(row.state), ""),
        "mine": row.brought_by_id == user.pk,
        "writable": row.writes and row.may_be_written_by(user),
    }
