"""The page of one run: what it does now, what it did step by step, what it changed, what it refused."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.charts.french import number
from agglo.figures.models import MeasureVersion, Observation
from agglo.figures.periods import sdmx_period
from agglo.figures.vocabulary import State
from agglo.opendata import correcting
from agglo.opendata.declaration import declared
from agglo.opendata.gathering import kept_answer
from agglo.opendata.models import RawAnswer, Run

from ..export import csv_answer
from .listing import to_staff
from .moving import state_of

PAGE = 50
PREVIEW = 4000  # bytes of a raw answer shown
KINDS = {"added": "ajouté", "revised": "révisé", "withdrawn": "retiré"}


@to_staff
@require_safe
def page(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run(run_id)
    changes = Paginator(_changes(run), PAGE).get_page(request.GET.get("changements"))
    refused = Paginator(run.refused_rows.all(), PAGE).get_page(request.GET.get("refus"))
    context = state_of(run) | {
        "changes": changes,
        "lines": [shown(said) for said in (map(line, changes) if run.release_id else _samples(run))],
        "nothing": run.is_finished and not run.read and not run.answers.exists(),
        "by_hand": run.options.get("replay") == run.pk,
        "refused": refused,
        "answers": [(row, kept_answer(row) is not None) for row in run.answers.all()],
        "replays": run.replayed_by.order_by("id"),
        "declaration": declared().get(run.code),
        "to_correct": refused.paginator.count and correcting.table_of(run) and correcting.has_answers(run),
    }
    return render(request, "portal/run.html", context)


@to_staff
@require_safe
def answer(request: HttpRequest, run_id: int, rank: int) -> HttpResponse:
    """The first bytes of a raw answer, as text."""
    row = get_object_or_404(RawAnswer.objects.select_related("run"), run_id=run_id, rank=rank)
    found = kept_answer(row)
    start = b""
    if found is not None:
        with found.open() as stream:
            start = stream.read(PREVIEW)
    readable = b"\x00" not in start and not start.startswith(b"PK")
    context = {
        "row": row,
        "run": row.run,
        "here": f"Réponse {rank + 1}",
        "kept": found is not None,
        "by_hand": row.run.options.get("replay") == row.run_id,
        "start": start.decode("utf-8-sig", "replace") if readable else "",
        "whole": len(start) < PREVIEW,
    }
    return render(request, "portal/run_answer.html", context)


@to_staff
@require_safe
def answer_file(request: HttpRequest, run_id: int, rank: int) -> HttpResponse:
    """The bytes as received, never shown in the browser."""
    found = kept_answer(get_object_or_404(RawAnswer, run_id=run_id, rank=rank))
    if found is None:
        raise Http404("Cette réponse n’est plus dans l’archive.")
    return FileResponse(
        found.open(), as_attachment=True, filename=f"reponse-{run_id}-{rank}.bin",
        content_type="application/octet-stream",
    )  # fmt: skip


@to_staff
@require_safe
def refused_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    rows = _run(run_id).refused_rows.order_by("line")
    lines = ({"ligne": r.line, "raison": r.reason, "contenu": r.content} for r in rows.iterator())
    return csv_answer(lines, f"lignes-refusees-{run_id}")


@to_staff
@require_safe
def to_correct_csv(request: HttpRequest, run_id: int) -> StreamingHttpResponse:
    """The refused rows with the source's own header, to correct and load by hand."""
    run = _run(run_id)
    if correcting.table_of(run) is None or not correcting.has_answers(run):
        raise Http404("Ces lignes ne peuvent pas être reprises d’un fichier de la source.")
    name = f"a-corriger-{run.code}-{run.pk}.csv"
    return StreamingHttpResponse(
        correcting.rows_to_correct(run), content_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


@to_staff
@require_safe
def changes_csv(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run(run_id)
    lines = (line(one) for one in _changes(run).iterator(chunk_size=2000)) if run.release_id else (
        _samples(run)
    )  # fmt: skip
    return csv_answer(lines, f"differences-{run_id}")


def _run(run_id: int) -> Run:
    return get_object_or_404(Run.objects.select_related("asked_by", "decided_by", "replays"), pk=run_id)


def _changes(run: Run) -> QuerySet[Observation]:
    """What this run wrote: figures of its release, opened while it ran, with the value each one closed."""
    if run.release_id is None or run.started_at is None:
        return Observation.objects.none()
    before = Observation.objects.filter(
        series=OuterRef("series"),
        period_start=OuterRef("period_start"),
        period_end=OuterRef("period_end"),
        known_to=OuterRef("known_from"),
    )
    written = Observation.objects.filter(
        release=run.release_id, series__dataset=run.dataset_id,
        known_from__gte=run.started_at, known_from__lte=run.finished_at,
    )  # fmt: skip
    return (
        written.annotate(was=Subquery(before.values("value")[:1]), had=Subquery(before.values("pk")[:1]))
        .select_related("series__measure_version__measure", "series__subject", "series__breakdown")
        .order_by("-had", "id")
    )


def line(one: Observation) -> dict[str, object]:
    kind = "ajouté" if one.had is None else "retiré" if one.state == State.MISSING else "révisé"
    return {
        "nature": kind,
        "mesure": one.series.measure_version.name,
        "territoire": one.series.subject.name,
        "code": f"{one.series.subject.scheme} {one.series.subject.code}",
        "ventilation": one.series.breakdown.key,
        "periode": sdmx_period(one.period_start, one.period_end),
        "avant": _plain(one.was),
        "apres": _plain(one.value) or State(one.state).label,
        "chiffre": one.pk,
    }


def shown(said: dict[str, object]) -> dict[str, object]:
    """The same line as a page writes it: « 9 540 »."""
    return said | {name: _grouped(str(said[name])) for name in ("avant", "apres")}


def _grouped(said: str) -> str:
    try:
        return number(Decimal(said.replace(",", ".")), None)
    except InvalidOperation:
        return said


def _samples(run: Run) -> list[dict[str, object]]:
    codes = {said["measure"] for said in run.sample}
    versions = MeasureVersion.objects.filter(measure__code__in=codes).order_by("number")
    names = dict(versions.values_list("measure__code", "name"))
    return [_sampled(said, names) for said in run.sample]


def _sampled(said: dict, names: dict[str, str]) -> dict[str, object]:
    """A difference kept with a held run: there is no figure to open."""
    first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
    return {
        "nature": KINDS[said["kind"]],
        "mesure": names.get(said["measure"], said["measure"]),
        "territoire": said["subject"],
        "code": f"{said['scheme']} {said['code']}",
        "ventilation": said["breakdown"],
        "periode": sdmx_period(first, last),
        "avant": (said["old"] or "").replace(".", ","),
        "apres": (said["new"] or "aucune valeur").replace(".", ","),
        "chiffre": "",
    }


def _plain(value) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")
