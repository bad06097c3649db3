"""Pages of staff about the companies that are helped: the list, a case, its acts in two taps."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import roles
from projects.forms.support import ActForm, CaseForm, WithdrawForm
from projects.ledger import figures_quoted
from projects.models import SupportAct, SupportCase
from projects.support_tables import CaseFilter, CaseTable
from projects.views.writing import form_page

to_staff = roles("staff")
TRAIL = [("/equipe/accompagnement/", "Accompagnement")]
LAUREATES = "F09"  # the 64 files of the article: a figure of its own, beside what is counted here


@to_staff
@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    chosen = CaseFilter(request.GET, SupportCase.objects.visible_to(request.user).for_list())
    table = CaseTable(chosen.qs)
    table.caption = "Un dossier par ligne"
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    shown = SupportCase.objects.filter(pk__in=chosen.qs.order_by().values("pk"))
    context = {
        "filter": chosen,
        "table": table,
        "counted": shown.attested().counted(),
        "demo": shown.exclude(pk__in=shown.attested()).counted(),
        "laureates": figures_quoted([LAUREATES]).get(LAUREATES),
    }
    return render(request, "projects/staff/cases.html", context)


@to_staff
@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return _case(request, pk, ActForm())


def _case(request: HttpRequest, pk: int, form: ActForm) -> HttpResponse:
    found = get_object_or_404(
        SupportCase.objects.visible_to(request.user).for_list().select_related("project"), pk=pk
    )
    context = {
        "case": found,
        "form": form,
        "kinds": SupportAct.Kind.choices,
        "acts": found.acts.select_related("by"),
        "funding": found.funding.for_list(),
        "trail": TRAIL,
    }
    return render(request, "projects/staff/case.html", context)


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: HttpRequest) -> HttpResponse:
    return form_page(
        request,
        CaseForm(request.POST or None, by=request.user),
        title="Ouvrir un dossier",
        trail=TRAIL,
        done="Dossier ouvert.",
    )


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def case_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SupportCase.objects.visible_to(request.user), pk=pk)
    return form_page(
        request,
        CaseForm(request.POST or None, instance=found, by=request.user),
        title="Modifier le dossier",
        trail=[*TRAIL, (found.get_absolute_url(), str(found))],
        done="Dossier enregistré.",
    )


@to_staff
@require_POST
def act_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SupportCase.objects.visible_to(request.user), pk=pk)
    form = ActForm(request.POST)
    if not form.is_valid():
        return _case(request, pk, form)
    form.instance.case, form.instance.by = found, request.user
    kept = form.save()
    messages.success(request, f"Acte noté\u00a0: {kept}.")
    return redirect(found)


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def act_withdraw(request: HttpRequest, pk: int, act: int) -> HttpResponse:
    found = get_object_or_404(SupportAct.objects.in_force().select_related("case"), case_id=pk, pk=act)
    return form_page(
        request,
        WithdrawForm(request.POST or None, act=found),
        title=f"Retirer l’acte «\u202f{found}\u202f»",
        lede="Il reste lisible, avec votre raison, et ne compte plus.",
        trail=[*TRAIL, (found.case.get_absolute_url(), str(found.case))],
        done="Acte retiré.",
        act="Retirer",
    )
