"""Pages of staff about single undertakings: links of control, and the de minimis computation for a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agglo.accounts.gates import roles
from projects.aid_register import ask
from projects.de_minimis import CEILING, Counts
from projects.forms.aid import DeMinimisForm, LinkForm
from projects.models import UndertakingLink
from projects.views.writing import form_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])
TRAIL = [("/equipe/aides/", "Aides")]
LINKS = [*TRAIL, ("/equipe/aides/groupes/", "Liens de groupe")]


@to_staff
@require_safe
def de_minimis(request: HttpRequest) -> HttpResponse:
    """Asked by GET: the address can be kept with the file, and the page printed."""
    form = DeMinimisForm(request.GET if "le" in request.GET else None, initial=request.GET.dict())
    context = {"form": form, "trail": TRAIL, "ceiling": CEILING, "today": timezone.localdate()}
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        found = ask(said["entreprise"], said["montant"], said["le"])
        lines = [(line, *found.rows[line.aid.key]) for line in found.answer.lines]
        context |= {
            "found": found,
            "counted": [row for row in lines if row[0].counts == Counts.YES],
            "aside": [row for row in lines if row[0].counts != Counts.YES],
        }
    return render(request, "projects/staff/de_minimis.html", context)


@to_staff
@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    links = UndertakingLink.objects.select_related("controller", "controlled")
    return render(request, "projects/staff/links.html", {"links": links, "trail": TRAIL})


@to_staff
@writing
def link_new(request: HttpRequest) -> HttpResponse:
    form = LinkForm(request.POST or None)
    return _page(request, form, "Ajouter un lien de groupe", "Lien ajouté.")


@to_staff
@writing
def link_change(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(UndertakingLink, pk=pk)
    form = LinkForm(request.POST or None, instance=found)
    return _page(request, form, "Modifier ou clore un lien", "Lien enregistré.")


def _page(request: HttpRequest, form: LinkForm, title: str, done: str) -> HttpResponse:
    lede = (
        "Majorité des votes, droit de nommer les dirigeants, influence dominante, accord d’associés, fusion."
        " Des clients ou des fournisseurs communs ne font pas un groupe."
    )
    return form_page(request, form, title=title, trail=LINKS, done=done, lede=lede)
