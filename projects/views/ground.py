"""Pages of staff where the ground of a site is written down: its life, lots, occupants, owners, surfaces."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from agglo.accounts.gates import roles
from projects.models import Site
from projects.views.part_entry import part_page

DONE = {
    "vie": "Étape gardée, avec ses dates.",
    "occupant": "Occupant gardé.",
    "proprio": "Propriétaire gardé.",
    "surface": "Surface gardée\u00a0: celles d’autres sources restent à côté.",
    "lot": "Lot gardé. Dites maintenant où il en est.",
    "emplois": "Gisement ajouté. Ajoutez-lui maintenant un nombre.",
    "emplois-nombre": "Nombre ajouté.",
    "etat": "État gardé\u00a0: les précédents restent lisibles.",
}
CHANGED = "Modification enregistrée."


@roles("staff")
@require_http_methods(["GET", "HEAD", "POST"])
def site_part(request: HttpRequest, slug: str, code: str, pk: int | None = None) -> HttpResponse:
    """`code` is that of the part (projects.parts)."""
    found = get_object_or_404(Site.objects.visible_to(request.user).for_list(), slug=slug)
    home = f"/equipe/sites/{found.slug}/"
    trail = [("/equipe/listes/sites/", "Sites"), (home, found.name)]
    return part_page(request, found, code, pk, trail=trail, done=DONE.get(code, CHANGED), then=home)
