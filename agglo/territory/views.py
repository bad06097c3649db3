"""The pages of the communes: their list with a map, one page each, and the file of what is filtered."""

import csv
import io

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import public
from agglo.figures import reading
from agglo.figures.known_on import known_on
from agglo.opendata.lateness import lateness_of
from agglo.territory import communes as about
from agglo.territory.filters import CommuneFilter
from agglo.territory.map import map_of_communes
from agglo.territory.models import Kind, Overlap, Territory
from agglo.territory.population import DEFINITIONS, MUNICIPALE
from agglo.territory.tables import CommuneTable


def _communes():
    return Territory.objects.communes_of().with_zone().named().without_contour()


@public
@require_safe
def commune_list(request):
    known = known_on(request)
    day = known.day
    everywhere = about.rows(_communes(), day)
    chosen = CommuneFilter(request.GET, _communes().only("pk", "subject__code", "subject__search_key"))
    kept = set(chosen.qs.values_list("subject__code", flat=True))
    rows = [row for row in everywhere if row.code in kept]
    table = CommuneTable(rows)
    table.caption = f"{len(rows)} commune{'s' if len(rows) > 1 else ''}"
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    years = sorted({row.year for row in rows if row.year})
    epci = ("EPCI", settings.EPCI_CODE)
    keep = {name: request.GET[name] for name in ("q", "zone", "sort") if request.GET.get(name)}
    context = {
        "table": table,
        "filter": chosen,
        "known_on": day,
        "refusal": known.error,
        "keep": keep,
        "total": reading.latest([MUNICIPALE], [epci], known_on=day).get((MUNICIPALE, *epci)),
        "count": len(everywhere),
        "overlaps": Overlap.objects.filter(epci__subject__code=settings.EPCI_CODE).select_related(
            "zone__subject"
        ),
        "definition": DEFINITIONS[MUNICIPALE],
        "years": years,
        "picture": map_of_communes(
            {row.code: row.value for row in rows},
            measure=f"Population municipale {'–'.join(map(str, years))}, habitants",
            unit="habitants",
            title="Carte des communes selon leur population",
        ),
        "export": f"/communes.csv?{request.GET.urlencode()}",
    }
    return render(request, "territory/communes.html", context)


@public
@require_safe
def commune_csv(request):
    """All the communes that are filtered, in the order shown, with what the file says written above."""
    day = known_on(request).day
    chosen = CommuneFilter(request.GET, _communes())
    table = CommuneTable(about.rows(chosen.qs, day))
    RequestConfig(request, paginate=False).configure(table)
    name, definition, traps = DEFINITIONS[MUNICIPALE]
    out = io.StringIO()
    out.write("\ufeff")
    for label, said in (
        ("mesure", f"{name}, habitants"),
        ("definition", definition),
        ("piege", traps),
        ("filtres", chosen.words),
        ("connu_le", (day or timezone.localdate()).isoformat()),
        ("licence", "Licence Ouverte 2.0"),
    ):
        out.write(f"# {label}\u00a0: {' '.join(said.split())}\n")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(
        ("code", "commune", "zone_emploi", "codes_postaux", "annee", "population_municipale", "source")
    )
    for row in table.rows:
        record = row.record
        source = record.figure.series.source if record.figure else ""
        value = record.population if record.population is not None else "n.d."
        writer.writerow(
            (record.code, record.name, record.zone, record.postcodes, record.year or "", value, source)
        )
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="communes.csv"'
    return response


@public
@require_safe
def commune(request, code: str):
    known = known_on(request)
    day = known.day
    place = get_object_or_404(_communes().coded(Kind.COMMUNE, code))
    everyone = list(_communes())
    rows = about.rows(everyone, day)
    held = about.figures_of(code, day)
    neighbours = list(place.neighbours.named().without_contour())
    context = {
        "place": place,
        "lateness": None if day else lateness_of(figures[-1] for figures in held),
        "known_on": day,
        "refusal": known.error,
        "population": next((row.figure for row in rows if row.code == code), None),
        "standing": about.standing(code, rows),
        "neighbours": neighbours,
        "nearest": [] if neighbours else about.nearest(place, everyone),
        "cards": [{"figure": figures[-1], "trend": _trend(figures)} for figures in held],
        "to_come": about.yet_to_come(held),
        "picture": map_of_communes(highlight=code, around=True, title=f"{place.name} et ses environs"),
        "overlap": Overlap.objects.filter(
            zone__subject__code=place.zone_code, epci__subject__code=settings.EPCI_CODE
        ).first(),
    }
    return render(request, "territory/commune.html", context)


def _trend(figures) -> list:
    """Two points draw a line that says nothing: a trend starts at three."""
    return [f.value for f in figures] if len(figures) >= 3 else []
