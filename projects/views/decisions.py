"""The reader's side of updates: one page each, comments, decisions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.figures.vocabulary import Review
from projects.models import Mention, Update
from projects.updates import drafting
from projects.updates.colleagues import colleagues, handle_of
from projects.updates.comparing import before, compare_row
from projects.updates.drafting import NotNow
from projects.updates.publishing import CannotDecide, publish, send_back, withdraw
from projects.updates.remarks import NothingSaid, mark_seen, remark

to_read = roles("staff")
to_decide = roles("reviewer")


@to_read
@require_safe
def update(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _row(request, pk))


def _row(request: HttpRequest, pk: int) -> Update:
    rows = Update.objects.visible_to(request.user).select_related(
        "project", "site", "author", "reviewer", "bulletin"
    )
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, row: Update, **more) -> HttpResponse:
    user = request.user
    shown = {
        "row": row,
        "comparison": compare_row(row, before(row.target, row)) if row.as_of else None,
        "steps": list(row.steps.select_related("milestone")),
        "files": list(row.attachments.all()),
        "events": list(row.events.select_related("by")),
        "remarks": list(row.remarks.select_related("by").prefetch_related("mentions__person")),
        "people": [(one, handle_of(str(one))) for one in colleagues() if one.pk != user.pk],
        "called": Mention.objects.filter(person=user, remark__update=row, seen_at__isnull=True).exists(),
        "editable": row.may_be_changed_by(user),
        "decides": row.may_be_decided_by(user),
        "waits": row.review == Review.SUBMITTED,
        "mine": row.author_id == user.pk,
        "withdrawable": row.review == Review.APPROVED and user.holds("reviewer"),
    }
    return render(request, "projects/updates/update.html", shown | more)


@to_decide
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row, note = _row(request, pk), request.POST.get("note", "")
    said = request.POST.get("version", "")
    version = int(said) if said.isdecimal() else 0
    acts = {
        "publish": (
            lambda: publish(row, request.user, version=version),
            "Publiée\u00a0: le public peut la lire.",
        ),
        "back": (lambda: send_back(row, request.user, note), "Renvoyée à son auteur avec votre remarque."),
        "withdraw": (lambda: withdraw(row, request.user, note), "Retirée du public. Rien n’est effacé."),
    }
    act, done = acts.get(request.POST.get("act", ""), (None, ""))
    if act is None:
        messages.error(request, "Rien n’a été demandé\u00a0; rien n’a changé.")
        return redirect("projects:update", pk)
    try:
        act()
    except CannotDecide as error:
        return _page(request, row, refusal=str(error), note=note)
    messages.success(request, done)
    return redirect("projects:update", pk)


@to_read
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    try:
        drafting.take_back(row, request.user)
    except NotNow as error:
        messages.error(request, str(error))
        return redirect("projects:update", pk)
    return redirect("projects:update_entry", "projets" if row.project_id else "sites", row.target.slug)


@to_read
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        drafting.give_up(_row(request, pk), request.user)
        messages.success(request, "Brouillon abandonné. L’historique le garde un an.")
    except NotNow as error:
        messages.error(request, str(error))
    return redirect("projects:updates")


@to_read
@require_POST
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    row, words = _row(request, pk), request.POST.get("words", "")
    chosen = [int(one) for one in request.POST.getlist("people") if one.isdecimal()]
    try:
        _, lost = remark(row, request.user, words, chosen)
    except NothingSaid as error:
        return _page(request, row, remark_refusal=str(error), remark_words=words, chosen=chosen)
    if lost:
        names = ", ".join(lost)
        messages.warning(
            request, f"Commentaire gardé, mais {names} n’appelle personne\u00a0: choisissez dans la liste."
        )
    else:
        messages.success(request, "Commentaire gardé.")
    return redirect("projects:update", pk)


@to_read
@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    mark_seen(request.user, _row(request, pk))
    return redirect("projects:update", pk)
