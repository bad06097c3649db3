"""The lists as staff see them: what is not published too, views kept under a name, files to edit."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from agglo.accounts.gates import roles
from agglo.charts.french import SPACE
from projects.listing import STAFF, shown
from projects.models import Project, SavedView, Site

ROWS = {"sites": Site, "projets": Project}
LONGEST = SavedView._meta.get_field("query").max_length
to_staff = roles("staff")


@to_staff
@require_safe
def page(request: HttpRequest, of: str) -> HttpResponse:
    if of not in ROWS:
        raise Http404("Cette liste n’existe pas.")
    context = shown(request, STAFF[of], ROWS[of].objects.visible_to(request.user).for_list())
    views = SavedView.objects.visible_to(request.user).filter(of=of)
    return render(request, "projects/staff_list.html", context | {"of": of, "views": views})


@to_staff
@require_POST
def keep(request: HttpRequest, of: str) -> HttpResponse:
    """Under a name that one has already, the new view takes the place of the old one."""
    if of not in ROWS:
        raise Http404("Cette liste n’existe pas.")
    name, query = request.POST.get("nom", "").strip()[:80], request.POST.get("query", "")
    back = f"{reverse('projects:staff_list', args=[of])}?{query}"
    if not name:
        messages.error(request, f"Donnez un nom à cette vue{SPACE}: rien n’a été gardé.")
    elif len(query) > LONGEST:
        messages.error(request, f"Ces filtres sont trop longs pour être gardés{SPACE}: retirez-en un.")
    else:
        SavedView.objects.update_or_create(owner=request.user, of=of, name=name, defaults={"query": query})
        messages.success(request, f"La vue «\u202f{name}\u202f» est gardée.")
    return redirect(back)


@to_staff
@require_POST
def forget(request: HttpRequest, of: str, pk: int) -> HttpResponse:
    view = get_object_or_404(SavedView.objects.visible_to(request.user), of=of, pk=pk)
    view.delete()
    messages.success(request, f"La vue «\u202f{view.name}\u202f» est oubliée.")
    return redirect("projects:staff_list", of)
