"""The staff's worklist: what is late, what failed, what was refused, what waits for a decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.figures.models import Contradiction, Observation, RetainedChoice
from agglo.figures.vocabulary import Review
from agglo.opendata.freshness import Standing, freshness_of
from agglo.opendata.models import Run
from agglo.opendata.queueing import queue

from .runs.listing import title_of, to_staff

OPEN_REVIEWS = (Review.DRAFT, Review.SUBMITTED, Review.SENT_BACK)
SHOWN = 20


@to_staff
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    standing, held = freshness_of(), Observation.objects.filter(known_to__isnull=True)
    waiting = held.filter(review__in=OPEN_REVIEWS).order_by("known_from")
    decided = RetainedChoice.objects.filter(superseded_at__isnull=True).values("contradiction")
    undecided = Contradiction.objects.exclude(pk__in=decided)
    return render(
        request,
        "portal/staff.html",
        {
            "held": [(run, title_of(run.code)) for run in Run.objects.held().order_by("id")],
            "still": [row for row in standing if row.state in (Standing.SUSPENDED, Standing.PAUSED)],
            "failed": [row for row in standing if row.state == Standing.FAILED],
            "late": [row for row in standing if row.state == Standing.SOURCE_LATE],
            "never": [row for row in standing if row.state == Standing.NEVER],
            "refused": Run.objects.filter(refused__gt=0, pk__in=Run.objects.last_ids())[:SHOWN],
            "waiting": waiting.select_related("series__measure_version", "series__subject")[:SHOWN],
            "undecided": undecided.select_related("subject"),
        },
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
            request, f"L’actualisation n°\u00a0{run.pk} de «\u202f{run.code}\u202f» est demandée."
        )
        return redirect("portal:run", run.pk)
    return redirect("portal:runs")
