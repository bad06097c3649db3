"""Pages of staff: follow-ups to type, to change, to read before approval."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.disclosure import Unprotectable
from agglo.figures.vocabulary import Review
from agglo.figures.wording import sign_of

from . import drafting, entry_list, personal_data
from .approving import CannotApprove, approve
from .entry import FollowUpForm, written
from .masking import betrayed, preview
from .models import FollowUp, Profile, RedundancyPlan, School
from .models.entry import OPEN

to_write = roles("staff")
to_decide = roles("reviewer")


@dataclass(frozen=True, slots=True)
class Line:
    """One situation of the form or of the sheet, beside what was said before."""

    name: str
    meaning: str
    field: forms.BoundField | None
    count: int | None
    sign: str
    before: int | None
    masked: bool = False


def _meaning(flags) -> str:
    return "solution durable" if flags.is_durable else "solution" if flags.is_solution else "pas une solution"


def _lines(plan: RedundancyPlan, before: FollowUp | None, form=None, row=None, mask=()) -> list[Line]:
    then = {line.category_id: line.count for line in before.lines.all()} if before else {}
    now = {line.category_id: line for line in row.lines.all()} if row else {}
    return [
        Line(
            flags.category.name,
            _meaning(flags),
            form[form.name_of(flags.category)] if form else None,
            now[flags.category_id].count if flags.category_id in now else None,
            sign_of(now[flags.category_id].qualifier) if flags.category_id in now else "",
            then.get(flags.category_id),
            flags.category.code in mask,
        )
        for flags in plan.categories.select_related("category")
        if form or flags.category_id in now or flags.category_id in then
    ]


@to_write
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    rows = FollowUp.objects.select_related("plan", "author", "perimeter")
    return render(
        request,
        "employment/staff_plans.html",
        {
            "plans": RedundancyPlan.objects.visible_to(request.user).select_related("agreement"),
            "submitted": rows.filter(review=Review.SUBMITTED),
            "mine": rows.filter(review__in=OPEN, author=request.user),
            "others": rows.filter(review__in=OPEN).exclude(author=request.user),
            "approved": rows.in_force().filter(attested=False).order_by("-end"),
            "schools": School.objects.visible_to(request.user),
            "profiles": Profile.objects.in_force(),
            "entries": entry_list.entries(request.user),
        },
    )


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    plan = get_object_or_404(RedundancyPlan.objects.visible_to(request.user), slug=slug)
    last = plan.follow_ups.filter(attested=False).exclude(review=Review.WITHDRAWN).last()
    start = {"perimeter": plan.perimeters.first()}
    if last:
        start = {"perimeter": last.perimeter, "source": last.source, "base": last.base}
    return _form(request, FollowUpForm(request.POST or None, plan=plan, initial=start))


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(FollowUp.objects.select_related("plan", "corrects"), plan__slug=slug, pk=pk)
    if row.author_id != request.user.pk or not row.editable:
        raise PermissionDenied(
            "Ce point de suivi ne peut être changé que par son auteur, avant d’être soumis."
        )
    form = FollowUpForm(request.POST or None, plan=row.plan, corrects=row.corrects, initial=written(row))
    return _form(request, form, row)


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    held = FollowUp.objects.in_force().filter(attested=False).select_related("plan", "perimeter")
    row = get_object_or_404(held, plan__slug=slug, pk=pk)
    start = written(row) | {"reason": None, "reason_words": ""}
    return _form(request, FollowUpForm(request.POST or None, plan=row.plan, corrects=row, initial=start))


def _form(request: HttpRequest, form: FollowUpForm, row: FollowUp | None = None) -> HttpResponse:
    """« Vérifier » writes nothing; the other two buttons keep a draft or submit it."""
    plan, act = form.plan, request.POST.get("act", "check")
    valid = form.is_bound and form.is_valid()
    end = form.cleaned_data.get("end") if form.is_bound else None
    before = form.corrects or drafting.previous(plan, row, end)
    about, unread = form.about_somebody if form.is_bound else "", False
    if valid and act in ("save", "submit"):
        unread = bool(about) and act == "submit" and not form.cleaned_data["nobody"]
        if not unread:
            return _kept(request, form, row, act == "submit")
    said = form.counts if form.is_bound else {}
    odd = []
    if valid:
        numbers = {one.name: count for one, (count, _) in said.items()}
        told = drafting.Told(
            form.cleaned_data["end"],
            numbers,
            drafting.solutions(plan),
            *((form.cleaned_data[name] or (None,))[0] for name in ("base", "total")),
        )
        odd = drafting.odd(plan, told, before, form.cleaned_data["perimeter"].pk, form.dataset)
    shown = {
        "plan": plan,
        "form": form,
        "row": row,
        "before": before,
        "lines": _lines(plan, before, form),
        "checked": valid,
        "odd": odd,
        "about": about,
        "unread": unread,
        "placed": sum(count for count, _ in said.values()),
    }
    return render(request, "employment/follow_up_form.html", shown)


def _kept(request: HttpRequest, form: FollowUpForm, row: FollowUp | None, submit: bool) -> HttpResponse:
    try:
        row = drafting.keep(form, request.user, row, submit=submit)
    except drafting.NotYours as error:
        raise PermissionDenied(str(error)) from error
    messages.success(
        request,
        "Soumis\u00a0: une autre personne doit valider."
        if submit
        else "Brouillon gardé\u00a0: il n’est pas public.",
    )
    return redirect("employment:follow_up", row.plan.slug, row.pk)


@to_write
@require_safe
def follow_up(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(
        FollowUp.objects.select_related("plan", "perimeter", "author", "reviewer", "corrects"),
        plan__slug=slug,
        pk=pk,
    )
    before = drafting.previous(row.plan, row)
    known = drafting.solutions(row.plan)
    try:
        mask, masking = preview(row), ""
        if row.review != Review.APPROVED and (said := betrayed(row, mask)):
            numbers = ", ".join(map(str, said))
            masking = f"Les mots à publier citent un nombre masqué ({numbers})\u00a0: retirez-le du texte."
    except Unprotectable:
        mask, masking = (
            {},
            "Ces nombres ne peuvent pas être publiés sans risque\u00a0: prévenez l’administrateur.",
        )
    shown = {
        "row": row,
        "before": before,
        "lines": _lines(row.plan, before, None, row, mask),
        "mask": mask,
        "masking": masking,
        "odd": drafting.odd(row.plan, drafting.told(row, known), before, row.perimeter_id, row.dataset),
        "about": personal_data.warning(f"{row.wording} {row.reason_words}"),
        "waits": row.review == Review.SUBMITTED,
        "editable": row.editable and row.author_id == request.user.pk,
        "decides": request.user.holds("reviewer") and row.author_id != request.user.pk,
        "correctable": row.correctable and not row.attested,
    }
    return render(request, "employment/follow_up.html", shown)


@to_decide
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(FollowUp, plan__slug=slug, pk=pk)
    try:
        if request.POST.get("act") == "approve":
            approve(row, request.user)
            messages.success(request, "Validé et publié.")
        else:
            drafting.send_back(row, request.user, request.POST.get("note", ""))
            messages.success(request, "Renvoyé à son auteur avec votre remarque.")
    except (CannotApprove, drafting.NotYours) as error:
        messages.error(request, str(error))
    except Unprotectable:
        messages.error(request, "Ces nombres ne peuvent pas être publiés sans risque. Rien n’a été changé.")
    return redirect("employment:follow_up", slug, pk)


@to_write
@require_POST
def abandon(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    row = get_object_or_404(FollowUp, plan__slug=slug, pk=pk)
    try:
        drafting.give_up(row, request.user)
        messages.success(request, "Brouillon abandonné.")
    except drafting.NotYours as error:
        messages.error(request, str(error))
    return redirect("employment:staff_plans")
