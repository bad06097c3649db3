"""A record on its way to the public, one page for who asks and who decides."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from agglo.figures.known_on import known_on
from agglo.figures.vocabulary import Review
from projects import part_proposing, proposing, publishing
from projects.aid_page import shown
from projects.commitment_page import with_standing
from projects.forms.typed import differences, told
from projects.models import Commitment, FundingLine, Project, Publication
from projects.models.publication import Target
from projects.project_page import project_page
from projects.publishable import (
    KINDS,
    CannotPublish,
    form_page_of,
    kind_of,
    last_of,
    page_of,
    stamp_of,
    title_of,
)
from projects.site_page import site_page
from projects.undone import undone

to_staff = roles("staff")
DECIDING = ("publish", "back", "withdraw")
OF_RECORDS = ("ask", "withdraw")


def _target(request: HttpRequest, kind: str, slug: str) -> Target:
    found = KINDS[kind]
    if found.by == "pk" and not slug.isdigit():
        raise Http404
    return get_object_or_404(found.records(request.user), **{found.by: slug})


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    target = _target(request, kind, slug)
    if request.method == "POST":
        return _acted(request, target)
    return _page(request, target)


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, kind: str, slug: str, pk: int) -> HttpResponse:
    """The same for something that hangs under the record."""
    target = _target(request, kind, slug)
    row = get_object_or_404(Publication.objects.of(target).exclude(part="").with_target(), pk=pk)
    if request.method == "POST":
        return _acted(request, target, row)
    return _part_page(request, row)


def _part_page(request: HttpRequest, row: Publication, **more) -> HttpResponse:
    target, user = row.target, request.user
    kind, waits = kind_of(target), row.review == Review.SUBMITTED
    context = {
        "kind": kind,
        "target": target,
        "row": row,
        "title": title_of(row),
        "waits": waits,
        "open": waits or row.review == Review.SENT_BACK,
        "mine": waits and row.asked_by_id == user.pk,
        "decides": row.may_be_decided_by(user),
        "differences": part_proposing.shown(row),
        "stamp": part_proposing.stamp_of(row),
        "form_page": form_page_of(row),
        "record_page": kind.request_page(target),
        "sheet": kind.sheet(target),
    }
    if not context["open"]:
        return render(request, "projects/staff/part.html", context | more)
    with undone():
        try:
            part_proposing.make_part(row)
            context |= _read(_target(request, kind.code, str(getattr(target, kind.by))))
        except CannotPublish as error:
            context["cannot"] = str(error)
        return render(request, "projects/staff/part.html", context | more)


def _page(request: HttpRequest, target: Target, **more) -> HttpResponse:
    kind, last, user = kind_of(target), last_of(target), request.user
    waits = last is not None and last.review == Review.SUBMITTED
    context = {
        "kind": kind,
        "target": target,
        "last": last,
        "waits": waits,
        "mine": waits and last.asked_by_id == user.pk,
        "decides": waits and last.may_be_decided_by(user),
        "change": _change(target, last),
        "form_page": kind.form(target),
        "withdrawable": target.published and user.holds("reviewer"),
        "history": _history(target, last),
        "stamp": stamp_of(target, last),
        "sheet": kind.sheet(target),
        **_read(target),
    }
    return render(request, "projects/staff/publication.html", context | more)


def _read(target: Target) -> dict[str, object]:
    """What is read of a record that has no public page of its own: its place in the register."""
    if isinstance(target, FundingLine):
        return {"one": shown([target])[0]}
    return {"one": with_standing([target])[0]} if isinstance(target, Commitment) else {}


def _change(target: Target, last: Publication | None) -> dict[str, object]:
    """What is proposed, against the record as it is now; nothing when nothing is."""
    if last is None or not last.changes or last.review not in (Review.SUBMITTED, Review.SENT_BACK):
        return {}
    then = proposing.replayed(proposing.fresh(target), last)
    now = proposing.form_of(proposing.fresh(target))
    return {
        "differences": differences(now, then, last.changes),
        "errors": [error for every in then.errors.values() for error in every],
    }


def _history(target: Target, last: Publication | None) -> list[Publication]:
    """Each request with what it would have changed; the one that is read above does not say it twice."""
    found = list(Publication.objects.of(target).with_target())
    own = any(row.changes and not row.part for row in found)
    form = proposing.form_of(proposing.fresh(target)) if own else None
    for row in found:
        above = row == last and row.review in (Review.SUBMITTED, Review.SENT_BACK)
        row.told = told(form, row.changes) if row.changes and not row.part and not above else []
        if row.part:
            row.title, row.page = title_of(row), page_of(row)
    return found


def _acted(request: HttpRequest, target: Target, row: Publication | None = None) -> HttpResponse:
    """`row` is the request for something that hangs under the record."""
    user, note, kind = request.user, request.POST.get("note", ""), kind_of(target)
    part = row.pk if row else None
    here = kind.request_page(target, part)
    acts = {
        "ask": (
            lambda: publishing.ask(target, user),
            "Demandé\u00a0: un valideur, autre que vous, décidera.",
        ),
        "take_back": (lambda: publishing.take_back(target, user, part), "Demande reprise."),
        "give_up": (
            lambda: publishing.give_up(target, user, part),
            "Modification abandonnée\u00a0: l’historique la garde.",
        ),
        "publish": (
            lambda: publishing.publish(target, user, stamp=request.POST.get("stamp", ""), part=part),
            "Publiée\u00a0: le public peut la lire.",
        ),
        "back": (lambda: publishing.send_back(target, user, note, part), "Renvoyée avec votre remarque."),
        "withdraw": (
            lambda: publishing.withdraw(target, user, note),
            "Retirée du public. Rien n’est effacé.",
        ),
    }
    act = request.POST.get("act", "")
    if act not in acts or (row and act in OF_RECORDS):
        messages.error(request, "Rien n’a été demandé\u00a0; rien n’a changé.")
        return redirect(here)
    if act in DECIDING and not user.holds("reviewer"):
        raise PermissionDenied("Seul un valideur décide de ce qui est public. Rien n’a changé.")
    do, done = acts[act]
    try:
        do()
    except CannotPublish as error:
        if row:
            row.refresh_from_db()
            return _part_page(request, row, refusal=str(error), note=note)
        fresh = _target(request, kind.code, str(getattr(target, kind.by)))
        return _page(request, fresh, refusal=str(error), note=note)
    messages.success(request, done)
    return redirect(here)


@to_staff
@require_safe
def preview(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The public page as it would be, with the change that is proposed, or with that of `?partie=` alone."""
    target = _target(request, kind, slug)
    if "partie" in request.GET:
        return _preview_of_part(request, target, request.GET["partie"])
    row = proposing.open_of(target)
    more = {"preview": row is not None or not target.published}
    return _public_page(request, proposing.replayed(target, row).instance if row else target, more)


def _preview_of_part(request: HttpRequest, target: Target, pk: str) -> HttpResponse:
    if not pk.isdecimal():
        raise Http404
    row = get_object_or_404(Publication.objects.of(target).of_parts().with_target(), pk=pk)
    with undone():
        with suppress(CannotPublish):  # its own page says why
            part_proposing.make_part(row)
        return _public_page(request, _target(request, kind_of(target).code, target.slug), {"preview": True})


def _public_page(request: HttpRequest, target: Target, more: dict[str, object]) -> HttpResponse:
    known = known_on(request)
    if isinstance(target, Project):
        return render(request, "projects/project.html", project_page(target, known) | more)
    return render(request, "projects/site.html", site_page(target, known) | more)
