"""Pages of staff where jobs are declared: the pools, one more pool, one more number in it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from agglo.accounts.gates import roles
from projects.forms.jobs import AboutForm
from projects.job_parts import POOLS
from projects.models import JobPool, Project
from projects.publishable import kind_of
from projects.views.part_entry import part_page
from projects.views.writing import form_page

to_staff = roles("staff")
writing = require_http_methods(["GET", "HEAD", "POST"])
HOME = "/equipe/emplois/"
SHOWN = 30
DONE = {
    "gisement": "Gisement ajouté. Ajoutez-lui maintenant un nombre.",
    "gisement-change": "Gisement enregistré.",
    "gisement-nombre": "Nombre ajouté.",
}


def pools_shown(words: str = "") -> dict[str, object]:
    """Pools by a few letters of their name, each with its claims and the address of its pages."""
    found = JobPool.objects.filter(name__icontains=words).exclude(project=None, site=None)
    rows = list(found.select_related("project", "site").prefetch_related("claims__organisation")[: SHOWN + 1])
    for pool in rows:
        pool.home = f"{kind_of(pool.about).sheet(pool.about)}{POOLS}{pool.pk}/"
    return {"pools": rows[:SHOWN], "more_pools": len(rows) > SHOWN, "words": words}


@to_staff
@writing
def pool_new(request: HttpRequest) -> HttpResponse:
    """Which project or site it is about; the form of the pool comes next, on its address."""
    form = AboutForm(request.POST or None)
    return form_page(
        request,
        form,
        title="Ajouter un gisement d’emplois",
        trail=[(HOME, "Emplois")],
        act="Continuer",
        lede="Les mêmes emplois, qui que ce soit qui les compte. D’abord, de quoi s’agit-il\u202f?",
        done="Dites maintenant lesquels.",
        keep=lambda: form.record,
        then=lambda record, form: f"{kind_of(record).sheet(record)}{POOLS}",
    )


@to_staff
@writing
def project_pool(request: HttpRequest, slug: str, code: str, pk: int | None = None) -> HttpResponse:
    found = get_object_or_404(Project.objects.visible_to(request.user).for_list(), slug=slug)
    trail = [(HOME, "Emplois"), (f"/equipe/projets/{found.slug}/", found.name)]
    return part_page(request, found, code, pk, trail=trail, done=DONE[code], then=HOME)
