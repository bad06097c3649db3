"""The author's pages of updates: the list, the form of a phone, its autosave."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.figures.vocabulary import Review
from projects.files.cleaned import Refused
from projects.files.recognising import OFFERED, WORDS
from projects.models import Following, Project, Site, Update
from projects.models.update import OPEN
from projects.updates import drafting
from projects.updates.attaching import attach, detach
from projects.updates.comparing import before, compare_form
from projects.updates.entry import UpdateForm

to_write = roles("staff")
KINDS: dict[str, type[Project] | type[Site]] = {"projets": Project, "sites": Site}
FOUND = 20


@to_write
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is under way, what was published lately, and a search for what to write about."""
    rows = Update.objects.select_related("project", "site", "author")
    words = request.GET.get("q", "")
    found = [(kind, one) for kind, model in KINDS.items() for one in _found(model, words)] if words else []
    return render(
        request,
        "projects/updates/list.html",
        {
            "words": words,
            "found": found,
            "tracked": Following.objects.filter(person=request.user).select_related("project", "site"),
            "submitted": rows.filter(review=Review.SUBMITTED).order_by("changed_at"),
            "mine": rows.filter(review__in=OPEN, author=request.user),
            "published": rows.filter(review=Review.APPROVED).order_by("-published_at")[:FOUND],
        },
    )


def _found(model: type[Project] | type[Site], words: str) -> list:
    return list(model.objects.search(words)[:FOUND])


@to_write
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    target = get_object_or_404(KINDS[kind], slug=slug)
    row = drafting.under_way(target, request.user)
    if row and row.review == Review.SUBMITTED:
        messages.info(request, "Votre mise à jour attend une décision. Reprenez-la pour la changer.")
        return redirect("projects:update", row.pk)
    if request.method == "POST":
        return _acted(request, UpdateForm(request.POST, target=target), row)
    return _page(request, UpdateForm(target=target, initial=_start(target, row)), row)


def _start(target: Project | Site, row: Update | None) -> dict:
    """The draft, else today with what was said last: most often only a few words change."""
    if row and row.typed:
        return row.typed
    then = before(target)
    said = {"weather": then.weather, "synthesis": then.synthesis} if then else {}
    return {"as_of": timezone.localdate(), **said}


def _page(request: HttpRequest, form: UpdateForm, row: Update | None, **more) -> HttpResponse:
    then = before(form.target)
    typed = form if form.is_bound else UpdateForm(row.typed, target=form.target) if row else None
    shown = {
        "form": form,
        "row": row,
        "target": form.target,
        "before": then,
        "files": list(row.attachments.all()) if row else [],
        "comparison": compare_form(typed, then) if typed else None,
        "offered": OFFERED,
        "accepted": WORDS,
        "version": str(row.version) if row else "",
        "credit": "Communauté d’agglomération",
    }
    return render(request, "projects/updates/entry.html", shown | more)


def _acted(request: HttpRequest, form: UpdateForm, row: Update | None) -> HttpResponse:
    """Whatever was asked, what is typed is kept first."""
    act = request.POST.get("act", "keep")
    try:
        row = drafting.keep(form, request.user, version=_version(request))
    except drafting.ChangedElsewhere as error:
        held = drafting.under_way(form.target, request.user)
        return _page(request, _asked_nothing(form), held, refusal=str(error))
    except drafting.NotNow as error:
        messages.error(request, str(error))
        return redirect("projects:updates")
    refused = _filed(request, row)
    if refused:
        return _page(request, _asked_nothing(form), row, refusal=refused, words=request.POST.get("words", ""))
    if act == "submit":
        if not form.is_valid():
            return _page(request, form, row, invalid=True)
        drafting.submit(form, request.user)
        messages.success(
            request, "Enregistrée et soumise\u00a0: une autre personne la relit avant le public."
        )
        return redirect("projects:update", row.pk)
    if act == "keep":
        return _page(request, _asked_nothing(form), row, kept=True)
    return redirect(f"{request.path}#fichiers")


def _asked_nothing(form: UpdateForm) -> UpdateForm:
    """The same words without what is still missing: a draft may be unfinished."""
    return UpdateForm(target=form.target, initial=form.raw())


def _version(request: HttpRequest) -> int | None:
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() else None


def _filed(request: HttpRequest, row: Update) -> str:
    """Takes the file that came, or takes one away; why not, in French."""
    leaving, file = request.POST.get("detach", ""), request.FILES.get("file")
    try:
        if leaving.isdecimal():
            detach(row, request.user, int(leaving))
        if file:
            attach(row, request.user, file, request.POST.get("words", ""), request.POST.get("credit", ""))
        elif request.POST.get("act") == "attach":
            raise Refused("Choisissez d’abord un fichier.")
    except (Refused, drafting.NotNow) as error:
        return f"{error} Le texte est gardé."
    return ""


@to_write
@require_POST
def autosave(request: HttpRequest, kind: str, slug: str) -> JsonResponse:
    """What the page sends by itself while one types; says when it was kept and what it changes."""
    form = UpdateForm(request.POST, target=get_object_or_404(KINDS[kind], slug=slug))
    try:
        row = drafting.keep(form, request.user, version=_version(request))
    except drafting.NotNow as error:
        return JsonResponse({"refusal": str(error)}, status=409)
    now = timezone.localtime()
    then = before(form.target)
    changes = render_to_string("projects/updates/changes.html", {"comparison": compare_form(form, then)})
    return JsonResponse(
        {
            "kept": f"Brouillon gardé à {now:%H}\u00a0h\u00a0{now:%M}",
            "version": row.version,
            "changes": changes,
        }
    )
