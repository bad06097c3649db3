"""Pages of staff for the accounts of operations and for the tenants who left a nursery."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.forms.accounts import DepartureForm, OperationLineForm
from projects.models import Occupancy, OperationLine, Site
from projects.views.writing import form_page

HOME = "/equipe/operations/"
FEW = 12  # sites proposed: those that hold lines first, the others by their name
TRAIL = [(HOME, "Opérations et pépinières")]
to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])


@to_staff
@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    sites = Site.objects.visible_to(request.user)
    words = request.GET.get("q", "")[:80]
    found = sites.search(words).annotate(held=Count("operation_lines")).order_by("-held", "search_key")
    gone = Occupancy.objects.filter(site__in=sites, site__kind=Site.Kind.NURSERY, end__isnull=False)
    shown = {
        "lines": OperationLine.objects.filter(site__in=sites).select_related("site").order_by("-on", "-pk"),
        "words": words,
        "sites": found[:FEW],
        "gone": gone.select_related("site", "occupant", "departure").order_by("-end"),
    }
    return render(request, "projects/staff/accounts.html", shown)


@to_staff
@writing
def operation_line_new(request: HttpRequest, slug: str) -> HttpResponse:
    site = get_object_or_404(Site.objects.visible_to(request.user), slug=slug)
    form = OperationLineForm(request.POST or None, site=site)
    lede = (
        f"{site}. Hors taxes\u202f; le coût net est la dépense moins les recettes et les subventions reçues."
    )
    return form_page(
        request,
        form,
        title="Ajouter une ligne de compte",
        trail=TRAIL,
        done="Ligne ajoutée.",
        lede=lede,
        then=HOME,
    )


@to_staff
@writing
def departure(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of an occupant: a later look replaces the former, which stays in the audit trail."""
    sites = Site.objects.visible_to(request.user).filter(kind=Site.Kind.NURSERY)
    one = get_object_or_404(Occupancy, site__in=sites, end__isnull=False, pk=pk)
    form = DepartureForm(request.POST or None, occupancy=one)
    lede = f"{one.occupant}, sortie de {one.site} ({one.when})."
    return form_page(
        request,
        form,
        title="Qu’est devenu cet occupant\u202f?",
        trail=TRAIL,
        done="Devenir noté.",
        lede=lede,
        then=HOME,
    )
