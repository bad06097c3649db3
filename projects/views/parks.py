"""Public pages of business parks: the statutory vacancy in words, counts only."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.areas import area_words
from projects.exporting import csv_file
from projects.inventory import park_page
from projects.inventory.vacancy import Standing

DEFINITION = (
    "Vacante : sans activité soumise à la CFE depuis deux ans au 1er janvier, et inoccupée depuis deux ans"
    " (code de l’urbanisme, L. 318-8-2). Le taux légal compte des unités foncières, pas des surfaces."
)
COLUMNS = (
    "zone", "nom", "code_commune", "situation_au", "unites_foncieres", "en_activite", "inoccupees",
    "vacantes", "non_connues", "taux_vacance_legal_pct", "part_surface_vacante_pct", "friches",
    "inventaire_adopte_le", "prochain_inventaire", "classe",
)  # fmt: skip


WORDS = {
    Standing.ACTIVE: "En activité",
    Standing.UNOCCUPIED: "Inoccupée, pas vacante",
    Standing.VACANT: "Vacante",
    Standing.UNKNOWN: "Non connu",
}


@public
@require_safe
def park_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    found = [park_page.read(site, day, public=True) for site in park_page.parks(published=True)]
    return render(request, "projects/parks.html", {"parks": found, "day": day})


@public
@require_safe
def park_csv(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    found = [park_page.read(site, day, public=True) for site in park_page.parks(published=True)]
    return csv_file("zones-activite", "Zones d’activité", DEFINITION, "aucun", COLUMNS, map(_cells, found))


def _cells(park: park_page.Park) -> tuple:
    counts, site = park.counts, park.site
    units = counts.units if counts else {}
    return (
        site.slug,
        site.name,
        site.commune.code if site.commune else "",
        counts.day.isoformat() if counts else "",
        counts.total if counts else "",
        units.get(Standing.ACTIVE, ""),
        units.get(Standing.UNOCCUPIED, ""),
        units.get(Standing.VACANT, ""),
        units.get(Standing.UNKNOWN, ""),
        counts.rate if counts else "",
        counts.area_rate if counts and counts.area_rate is not None else "",
        counts.brownfields if counts else "",
        park.adopted.round.adopted_on.isoformat() if park.adopted else "",
        park.due.on.isoformat(),
        site.get_origin_display(),
    )


@public
@require_safe
def park(request: HttpRequest, slug: str) -> HttpResponse:
    site = get_object_or_404(park_page.parks(published=True), slug=slug)
    day, refusal = _day(request)
    found = park_page.read(site, day, public=True)
    context = {"park": found, "day": day, "refusal": refusal, "owners": park_page.owners(site)}
    if found.counts is not None:
        context |= {
            "states": [(WORDS[state], number) for state, number in found.counts.units.items()],
            "area": area_words(found.counts.area),
            "vacant_area": area_words(found.counts.vacant_area),
        }
    return render(request, "projects/park.html", context)


def _day(request: HttpRequest) -> tuple[date, str]:
    """The day of `?au=`, today without one; what cannot be read is said and today is shown."""
    today, asked = timezone.localdate(), request.GET.get("au", "")
    if not asked:
        return today, ""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return today, "Cette date ne se lit pas : choisissez-la dans le calendrier. Voici aujourd’hui."
    if not date(1950, 1, 1) <= day <= today:
        return today, "Choisissez un jour passé : la suite n’est pas connue. Voici aujourd’hui."
    return day, ""
