"""Pages of staff about the whole pipeline: declared weights, conversion by cohort, calibration."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.calibration_page import calibration_page
from projects.conversion_page import conversion_page
from projects.models import WeightSet
from projects.prospect_forms import WeightsForm
from projects.weighing import declare

to_staff = roles("staff")


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def weights(request: HttpRequest) -> HttpResponse:
    held = WeightSet.objects.in_force()
    start = {one.stage: one.plain for one in held.weights.all()} if held else {}
    form = WeightsForm(request.POST or None, held=start)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        declare(form.percents, said["decided_by"], said["why"], since=said["since"], by=request.user)
        messages.success(request, "Poids déclarés. Les anciens restent, pour être jugés.")
        return redirect("projects:weights")
    context = {"form": form, "held": held, "past": WeightSet.objects.of_class()}
    return render(request, "projects/prospects/weights.html", context)


@to_staff
@require_safe
def conversion(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/prospects/conversion.html", conversion_page(request.user))


@to_staff
@require_safe
def calibrated(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/prospects/calibration.html", calibration_page(request.user))
