"""Pages of redundancy plans, agreements, schools and of the balance of the territory."""

import csv
from datetime import date

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.charts import french
from agglo.figures.known_on import KnownOn, known_on
from agglo.figures.reading import latest, moment_of
from projects.job_table import job_table
from projects.models import JobClaim

from . import agreement_page, balance, bridgestone, closure_file, plan_page, rates, school_page, sheet
from .models import Agreement, PlannedOffer, Profile, RedundancyPlan, School


@public
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The plan whose sources are quoted one by one."""
    when = known_on(request)
    said = bridgestone.statements(when.day)
    row = RedundancyPlan.objects.published().filter(slug=bridgestone.SUBJECT[1]).first()
    press = bridgestone.account(said)
    told = plan_page.accounts(row, when.day, press.bases if press else []) if row else []
    chosen = rates.choose([*told, *([press] if press else [])], request.GET, when.day)
    shown = {
        "plan": row,
        "said": list(said.values()),
        "chart": bridgestone.strip(said) if said else None,
        "check": bridgestone.check(said),
        "contradictions": bridgestone.contradictions(when.day),
        **plan_page.shown(row, chosen, when.day),
        **_early(said),
    }
    return render(request, "employment/plan.html", _shown(when, **shown))


@public
@require_safe
def any_plan(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(RedundancyPlan.objects.published(), slug=slug)
    told = plan_page.accounts(row, when.day, plan_page.bases(row, when.day))
    chosen = rates.choose(told, request.GET, when.day)
    shown = {"plan": row, "query": when.query, **plan_page.shown(row, chosen, when.day)}
    return render(request, "employment/any_plan.html", _shown(when, **shown))


def _early(said: dict[str, bridgestone.Said]) -> dict[str, object]:
    """419 solutions for 827 people, and the 43 projects that nobody may add to them."""
    keys = (bridgestone.SOLUTIONS, bridgestone.CONCERNED, bridgestone.PROJECTS)
    if any(key not in said for key in keys):
        return {}
    solutions, concerned, projects = (said[key].figure for key in keys)
    ratio = french.percent(bridgestone.percentage(solutions, concerned), 1)
    return {"solutions": solutions, "concerned": concerned, "projects": projects, "early_ratio": ratio}


def _shown(when: KnownOn, **data: object) -> dict[str, object]:
    return {"known_on": when.day, "date_problem": when.error, **data}


def _known(rows, kind: str, when: KnownOn):
    """Those that were written down by that day; what was loaded at the start always was."""
    if when.day is None:
        return rows
    written = Profile.objects.filter(kind=kind, author__isnull=False, corrects__isnull=True)
    later = written.filter(approved_at__gt=moment_of(when.day))
    return rows.exclude(slug__in=later.values("slug"))


@public
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    when = known_on(request)
    rows = RedundancyPlan.objects.published().select_related("subject", "agreement")
    rows = _known(rows, Profile.Kind.PLAN, when)
    moment = moment_of(when.day)
    entries = [(row, sheet.columns(row, when.day)) for row in rows]
    shown = _shown(when, entries=entries, moment=moment)
    return render(request, "employment/plans.html", shown)


@public
@require_safe
def closure(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(RedundancyPlan.objects.published(), slug=slug)
    shown = _shown(when, plan=row, columns=sheet.columns(row, when.day), query=when.query)
    return render(request, "employment/closure.html", shown)


@public
@require_safe
def closure_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same cells as the page; a masked one says « s »."""
    when = known_on(request)
    row = get_object_or_404(RedundancyPlan.objects.published(), slug=slug)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{row.slug}-bilan.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer, delimiter=";", lineterminator="\r\n")
    head = ["situation_debut", "situation_fin", "source", "perimetre", "base"]
    writer.writerow([*head, "situation", "personnes", "precision"])
    for column in sheet.columns(row, when.day):
        told = column.follow_up
        head = [told.start, told.end, told.source, told.perimeter.name]
        head.append(column.base.value if column.base and column.base.has_value else "non précisée")
        for cell in column.cells:
            writer.writerow([*head, cell.name, "s" if cell.value is None else cell.value, cell.precision])
        writer.writerow(
            [
                *head,
                "sans situation connue",
                "n.d." if column.unknown is None else column.unknown,
                "environ" if column.sign and column.unknown is not None else "",
            ]
        )
    return answer


@public
@require_safe
def closure_json(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(RedundancyPlan.objects.published(), slug=slug)
    said = closure_file.as_data(row, sheet.columns(row, when.day), when.day)
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


@public
@require_safe
def closure_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(RedundancyPlan.objects.published(), slug=slug)
    pdf = closure_file.as_pdf(row, sheet.columns(row, when.day), when.day)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{row.slug}-bilan.pdf"'
    return answer


@public
@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(Agreement.objects.published().select_related("plan", "subject"), plan__slug=slug)
    return render(request, "employment/agreement.html", _shown(when, **agreement_page.shown(row, when.day)))


@public
@require_safe
def schools(request: HttpRequest) -> HttpResponse:
    when = known_on(request)
    national = latest(["ecoles-production"], [("FRANCE", "F")], known_on=when.day)
    rows = School.objects.published().prefetch_related("programmes")
    rows = _known(rows, Profile.Kind.SCHOOL, when)
    offers = _known(PlannedOffer.objects.all(), Profile.Kind.OFFER, when)
    shown = _shown(when, schools=rows, offers=offers, national=[*national.values()])
    return render(request, "employment/schools.html", shown)


@public
@require_safe
def school(request: HttpRequest, slug: str) -> HttpResponse:
    when = known_on(request)
    row = get_object_or_404(School.objects.published().prefetch_related("programmes"), slug=slug)
    asked = bridgestone.contradictions(when.day, ("ECOLE", row.slug))
    shown = _shown(when, school=row, contradictions=asked, **school_page.shown(row, when.day))
    return render(request, "employment/school.html", shown)


@public
@require_safe
def balance_of_territory(request: HttpRequest) -> HttpResponse:
    when = known_on(request)
    claims = JobClaim.objects.attested().public().filter(as_of__lte=when.day or date.today())
    shown = _shown(when, parts=balance.parts(when.day), jobs=job_table(claims))
    return render(request, "employment/balance.html", shown)
