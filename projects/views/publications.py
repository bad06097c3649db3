"""A record on its way to the public, one page for who asks and who decides."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from agglo.figures.known_on import known_on
from agglo.figures.vocabulary import Review
from projects import publishing
from projects.models import Project, Publication, Site
from projects.project_page import project_page
from projects.publishing import CannotPublish
from projects.site_page import site_page

to_staff = roles("staff")
KINDS: dict[str, type[Project] | type[Site]] = {"projets": Project, "sites": Site}


def _target(request: HttpRequest, kind: str, slug: str) -> Project | Site:
    return get_object_or_404(KINDS[kind].objects.visible_to(request.user).for_list(), slug=slug)


@to_staff
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    target = _target(request, kind, slug)
    if request.method == "POST":
        return _acted(request, kind, target)
    return _page(request, kind, target)


def _page(request: HttpRequest, kind: str, target: Project | Site, **more) -> HttpResponse:
    last, user = publishing.last_of(target), request.user
    waits = last is not None and last.review == Review.SUBMITTED
    context = {
        "kind": kind,
        "target": target,
        "last": last,
        "waits": waits,
        "mine": waits and last.asked_by_id == user.pk,
        "decides": waits and last.may_be_decided_by(user),
        "withdrawable": target.published and user.holds("reviewer"),
        "history": Publication.objects.of(target).with_target(),
        "stamp": publishing.stamp_of(target),
        "sheet": f"/equipe/{kind}/{target.slug}/",
    }
    return render(request, "projects/staff/publication.html", context | more)


def _acted(request: HttpRequest, kind: str, target: Project | Site) -> HttpResponse:
    user, note = request.user, request.POST.get("note", "")
    acts = {
        "ask": (
            lambda: publishing.ask(target, user),
            "Demandé\u00a0: un valideur, autre que vous, décidera.",
        ),
        "take_back": (lambda: publishing.take_back(target, user), "Demande reprise."),
        "publish": (
            lambda: publishing.publish(target, user, stamp=request.POST.get("stamp", "")),
            "Publiée\u00a0: le public peut la lire.",
        ),
        "back": (lambda: publishing.send_back(target, user, note), "Renvoyée avec votre remarque."),
        "withdraw": (
            lambda: publishing.withdraw(target, user, note),
            "Retirée du public. Rien n’est effacé.",
        ),
    }
    act = request.POST.get("act", "")
    if act not in acts:
        messages.error(request, "Rien n’a été demandé\u00a0; rien n’a changé.")
        return redirect("projects:publication", kind, target.slug)
    if act in ("publish", "back", "withdraw") and not user.holds("reviewer"):
        raise PermissionDenied("Seul un valideur décide de ce qui est public. Rien n’a changé.")
    do, done = acts[act]
    try:
        do()
    except CannotPublish as error:
        return _page(request, kind, _target(request, kind, target.slug), refusal=str(error), note=note)
    messages.success(request, done)
    return redirect("projects:publication", kind, target.slug)


@to_staff
@require_safe
def preview(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The public page as it would be."""
    target, known = _target(request, kind, slug), known_on(request)
    more = {"preview": not target.published}
    if isinstance(target, Project):
        return render(request, "projects/project.html", project_page(target, known) | more)
    return render(request, "projects/site.html", site_page(target, known) | more)
