"""Pages of staff: the list of cases, one case, its form, and the acts of two taps."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import roles
from projects import prospecting
from projects.counting import counted
from projects.implantation_page import books, unstaged
from projects.models import Prospect, ProspectStage
from projects.prospect_forms import PassageForm, ProspectForm
from projects.prospect_tables import ProspectFilter, ProspectTable

to_staff = roles("staff")


@to_staff
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    known = Prospect.objects.known_to(request.user).for_list().for_reader(request.user)
    chosen = ProspectFilter(request.GET, known)
    table = ProspectTable(chosen.qs)
    attested, demo, table.caption = counted(chosen.qs, "dossier", "dossiers")
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    context = {
        "table": table,
        "filter": chosen,
        "count": attested + demo,
        "books": books(request.user),
        "unstaged": unstaged(request.user),
    }
    return render(request, "projects/prospects/list.html", context)


@to_staff
@require_safe
def case(request: HttpRequest, slug: str) -> HttpResponse:
    """Reading writes nothing: a case under NDA shows a cover until its opening was logged by POST."""
    found = get_object_or_404(Prospect.objects.known_to(request.user).for_list(), slug=slug)
    if not Prospect.objects.visible_to(request.user).filter(pk=found.pk).exists():
        return render(request, "projects/prospects/cover.html", {"case": found})
    return _case(request, found, PassageForm(case=found))


def _case(request: HttpRequest, found: Prospect, form: PassageForm, status: int = 200) -> HttpResponse:
    context = {
        "case": found,
        "stage": ProspectStage(found.stage) if found.stage else None,
        "next": prospecting.next_stage(found.stage if found.stage != ProspectStage.PAUSED else None),
        "passages": found.passages.select_related("by").reverse(),
        "readers": found.readers.all(),
        "accesses": found.accesses.select_related("user")[:20] if found.is_nda else (),
        "form": form,
    }
    return render(request, "projects/prospects/case.html", context, status=status)


@to_staff
@require_POST
def open_case(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Prospect.objects.known_to(request.user), slug=slug)
    prospecting.open_case(found, request.user)
    return redirect("projects:prospect", slug)


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    return _form(request, ProspectForm(request.POST or None, user=request.user))


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def change_case(request: HttpRequest, slug: str) -> HttpResponse:
    return _form(
        request, ProspectForm(request.POST or None, instance=_whole(request, slug), user=request.user)
    )


def _form(request: HttpRequest, form: ProspectForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        kept = form.save()
        messages.success(request, f"Gardé\u00a0: «\u202f{kept.code_name}\u202f».")
        mine = Prospect.objects.known_to(request.user).filter(pk=kept.pk).exists()
        return redirect("projects:prospect", kept.slug) if mine else redirect("projects:prospects")
    return render(request, "projects/prospects/form.html", {"form": form, "case": form.instance})


@to_staff
@require_POST
def pass_stage(request: HttpRequest, slug: str) -> HttpResponse:
    found = _whole(request, slug)
    form = PassageForm(request.POST, case=found)
    if not form.is_valid():
        return _case(request, found, form, status=200)
    passage = prospecting.bring(found, form.save(commit=False), request.user)
    messages.success(request, f"Noté\u00a0: {ProspectStage(passage.stage).short}.")
    return redirect("projects:prospect", slug)


@to_staff
@require_POST
def note_contact(request: HttpRequest, slug: str) -> HttpResponse:
    prospecting.note_contact(_whole(request, slug))
    messages.success(request, "Contact noté aujourd’hui.")
    return redirect("projects:prospect", slug)


def _whole(request: HttpRequest, slug: str) -> Prospect:
    """Raises Http404 for a case this person may not know of, PermissionDenied for one that is still shut."""
    found = Prospect.objects.known_to(request.user).for_list().filter(slug=slug).first()
    if found is None:
        raise Http404
    if not Prospect.objects.visible_to(request.user).filter(pk=found.pk).exists():
        raise PermissionDenied(
            "Ouvrez d’abord ce dossier\u00a0: son ouverture est notée. Rien n’a été changé."
        )
    return found
