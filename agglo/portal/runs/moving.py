"""The parts of the console that move while runs are on their way: one run's state, and the queue."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_safe

from agglo.charts.french import number
from agglo.opendata.models import Run, Status

from .listing import title_of, to_staff, waiting

BADGES = {
    Status.SUCCEEDED: "badge--ok", Status.UNCHANGED: "badge--ok", Status.FAILED: "badge--late",
    Status.IMPLAUSIBLE: "badge--wait", Status.RUNNING: "badge--run",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the step under way is. `total` is None when nothing says how much there will be."""

    done: int
    total: int | None
    words: str


@to_staff
@require_safe
def state(request: HttpRequest, run_id: int) -> HttpResponse:
    """Asked again by the page every two seconds; somebody who comes here is led to the page."""
    if "HX-Request" not in request.headers:
        return redirect("portal:run", get_object_or_404(Run, pk=run_id).pk)
    run = get_object_or_404(Run.objects.select_related("asked_by", "decided_by"), pk=run_id)
    return render(request, "portal/run_state.html", state_of(run) | {"over": run.is_finished})


@to_staff
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The runs on their way; `over` once one of those the page showed (`vues`) has ended."""
    if "HX-Request" not in request.headers:
        return redirect("portal:runs")
    active = waiting()
    shown = set(filter(None, request.GET.get("vues", "").split(",")))
    over = bool(shown - {str(run.pk) for run, _ in active})
    return render(request, "portal/runs_queue.html", {"active": active, "over": over})


def state_of(run: Run) -> dict[str, object]:
    steps = timeline(run)
    queued = run.status == Status.QUEUED
    return {
        "run": run,
        "title": title_of(run.code),
        "badge": BADGES.get(run.status, ""),
        "steps": steps,
        "now": steps[-1]["name"] if steps and run.status == Status.RUNNING else "",
        "progress": progress_of(run),
        "ahead": Run.objects.active().filter(pk__lt=run.pk).count() if queued else 0,
    }


def timeline(run: Run) -> list[dict[str, object]]:
    """Each step with its moment and how long it took, the last one until now or the end."""
    began = [(step["step"], datetime.fromisoformat(step["at"])) for step in run.steps]
    ends = [at for _, at in [*began, ("", run.finished_at or timezone.now())][1:]]
    return [
        {"name": name, "at": at, "seconds": max(0.0, (end - at).total_seconds())}
        for (name, at), end in zip(began, ends, strict=True)
    ]


def progress_of(run: Run) -> Progress | None:
    """None while nothing is counted."""
    said = run.steps[-1] if run.steps else {}
    if run.status != Status.RUNNING or "done" not in said:
        return None
    done, total = said["done"], said["total"]
    if not total or done > total:
        total = None
    if said["unit"] == "bytes":
        rank = f"Réponse n°\u00a0{said['rank']}\u00a0: " if said["rank"] > 1 else ""
        words = f"{rank}{filesizeformat(done)} reçus"
        return Progress(done, total, f"{words} sur {filesizeformat(total)}" if total else words)
    words = f"{number(done)} ligne{'s' if done > 1 else ''} lue{'s' if done > 1 else ''}"
    return Progress(done, total, f"{words} sur environ {number(total)}" if total else words)
