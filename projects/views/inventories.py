"""Staff keep the inventory of business parks: units, occupations, rounds, the act that adopts them."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agglo.accounts.gates import roles
from projects.inventory import park_page
from projects.inventory.adopting import CannotAdopt, adopt
from projects.inventory.entry import ActForm, LandUnitForm, RoundForm, StayForm
from projects.models import InventoryRound, LandUnit, Site, UnitStay

to_write = roles("staff")
to_adopt = roles("reviewer")
both = require_http_methods(["GET", "HEAD", "POST"])


@to_write
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    parks = [park_page.read(site, day) for site in park_page.parks(published=False)]
    parks.sort(key=lambda park: (park.site.is_demo, park.due.on))
    rounds = InventoryRound.objects.prefetch_related("parks")
    told = [(one, one.step(day)) for one in rounds]
    return render(request, "projects/inventories.html", {"parks": parks, "rounds": told})


def _park(slug: str) -> Site:
    return get_object_or_404(park_page.parks(published=False), slug=slug)


@to_write
@require_safe
def park(request: HttpRequest, slug: str) -> HttpResponse:
    site, day = _park(slug), timezone.localdate()
    units = LandUnit.objects.visible_to(request.user).filter(park=site).whole()
    lines = [(unit, unit.standing(day), _now(unit, day)) for unit in units]
    context = {"site_": site, "park": park_page.read(site, day), "lines": lines, "day": day}
    return render(request, "projects/inventory_park.html", context)


def _now(unit: LandUnit, day) -> list[UnitStay]:
    stays = unit.stays.all()
    return [one for one in stays if (not one.start or one.start <= day) and (not one.end or one.end > day)]


@to_write
@both
def new_unit(request: HttpRequest, slug: str) -> HttpResponse:
    site = _park(slug)
    form = LandUnitForm(request.POST if request.method == "POST" else None, park=site)
    if form.is_bound and form.is_valid():
        unit = form.save()
        messages.success(request, f"Unité {unit} gardée. Dites maintenant qui l’a occupée.")
        return redirect("projects:land_unit", slug, unit.pk)
    return _unit_page(request, site, form, None, None)


@to_write
@both
def unit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Two forms on one page: the unit, and one more stretch of its occupation; `act` says which was sent."""
    site = _park(slug)
    found = get_object_or_404(LandUnit.objects.visible_to(request.user).whole(), park=site, pk=pk)
    act = request.POST.get("act", "")
    form = LandUnitForm(request.POST if act == "unit" else None, instance=found, park=site)
    stay = StayForm(request.POST if act == "stay" else None, unit=found)
    for one, said in ((form, "Unité mise à jour."), (stay, "Occupation notée.")):
        if one.is_bound and one.is_valid():
            one.save()
            messages.success(request, said)
            return redirect("projects:land_unit", slug, pk)
    return _unit_page(request, site, form, stay, found)


def _unit_page(request: HttpRequest, site: Site, form, stay, found: LandUnit | None) -> HttpResponse:
    context = {"site_": site, "form": form, "stay": stay, "unit": found}
    if found is not None:
        context["unit"] = LandUnit.objects.whole().get(pk=found.pk)
        context["standing"] = context["unit"].standing(timezone.localdate())
    wrong = form.errors or (stay is not None and stay.errors)
    return render(request, "projects/inventory_unit.html", context, status=400 if wrong else 200)


@to_write
@require_POST
def remove_stay(request: HttpRequest, slug: str, pk: int, stay: int) -> HttpResponse:
    """A stretch typed by mistake; the audit trail keeps it."""
    get_object_or_404(UnitStay, unit__park__slug=slug, unit_id=pk, pk=stay).delete()
    messages.success(request, "Occupation retirée.")
    return redirect("projects:land_unit", slug, pk)


@to_write
@require_POST
def remove_unit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A unit that is wrong or there twice; the audit trail keeps it, adopted numbers do not move."""
    found = get_object_or_404(LandUnit.objects.visible_to(request.user), park__slug=slug, pk=pk)
    found.delete()
    messages.success(request, f"Unité {found} retirée\u202f: elle n’est plus comptée.")
    return redirect("projects:inventory_park", slug)


@to_write
@both
def new_round(request: HttpRequest) -> HttpResponse:
    form = RoundForm(
        request.POST if request.method == "POST" else None, initial={"opened_on": timezone.localdate()}
    )
    return _round(request, form, None)


@to_write
@both
def one_round(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(InventoryRound.objects.prefetch_related("counted__park"), pk=pk)
    if found.adopted_on is not None and request.method == "POST":
        messages.error(request, "Un inventaire adopté ne se change plus : ouvrez le suivant.")
        return redirect("projects:inventory_round", pk)
    return _round(
        request, RoundForm(request.POST if request.method == "POST" else None, instance=found), found
    )


def _round(request: HttpRequest, form: RoundForm, found: InventoryRound | None) -> HttpResponse:
    with transaction.atomic():
        kept = form.save() if form.is_bound and form.is_valid() else None
    if kept is not None:
        messages.success(request, "Inventaire gardé.")
        return redirect("projects:inventory_round", kept.pk)
    context = {
        "form": form,
        "round": found,
        "step": found.step(timezone.localdate()) if found else None,
        "act": ActForm(),
        "adopts": request.user.holds("reviewer"),
    }
    return render(request, "projects/inventory_round.html", context, status=400 if form.errors else 200)


@to_adopt
@require_POST
def adopt_round(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(InventoryRound.objects.prefetch_related("counted__park"), pk=pk)
    act = ActForm(request.POST)
    if act.is_valid():
        try:
            adopt(found, act.cleaned_data["adopted_on"], act.cleaned_data["act"])
        except CannotAdopt as error:
            act.add_error("adopted_on", str(error))
        else:
            messages.success(request, "Inventaire adopté : ses nombres sont fixés.")
            return redirect("projects:inventory_round", pk)
    context = {"form": RoundForm(instance=found), "round": found, "act": act, "adopts": True}
    context["step"] = found.step(timezone.localdate())
    return render(request, "projects/inventory_round.html", context, status=400)
