"""The staff's worklist: what is late, what waits for me, what can be closed in two minutes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.opendata.queueing import queue

from .runs.listing import title_of, to_staff
from .worklist import piles


@to_staff
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    found = piles(request.user)
    return render(
        request, "portal/staff.html", {"piles": found, "waits": sum(len(items) for _, items in found)}
    )


@to_staff
@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Queues a run; asking twice leads to the one on its way."""
    try:
        run = queue(request.POST.get("code", ""), user=request.user)
    except KeyError:
        messages.error(request, "Ce jeu de données n’est pas déclaré\u00a0; rien n’a été demandé.")
    else:
        messages.success(
            request, f"L’actualisation n°\u00a0{run.pk} de «\u202f{title_of(run.code)}\u202f» est demandée."
        )
        return redirect("portal:run", run.pk)
    return redirect("portal:runs")
