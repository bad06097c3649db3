"""Public pages of the indicators: the catalogue, one indicator, its files, the dashboard of an axis."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from agglo.accounts.gates import public
from agglo.figures.known_on import KnownOn, known_on
from agglo.indicators import downloads, prepared
from agglo.indicators.answer import answer
from agglo.indicators.axis_page import Figures, axis_page, compared_territories, figures_of
from agglo.indicators.listing import catalogue_page
from agglo.indicators.models import Axis, Indicator
from agglo.indicators.page import indicator_page
from agglo.indicators.picture import picture
from agglo.indicators.tables import LEVELS


@public
@require_safe
def catalogue(request):
    return render(request, "indicators/catalogue.html", catalogue_page(request.GET))


@public
@require_safe
def indicator(request, code: str):
    known = known_on(request)
    found = answer(_indicator(code), known.day)
    return render(request, "indicators/indicator.html", indicator_page(found, known))


@public
@require_safe
def figure(request, code: str):
    known = known_on(request)
    found = answer(_indicator(code), known.day)
    chart = picture(found, found.indicator.get_absolute_url(), known.query)
    return JsonResponse(chart.figure() if chart else {"data": [], "layout": {}, "config": {}})


@public
@require_safe
def csv_file(request, code: str):
    known = known_on(request)
    if known.error:
        return HttpResponse(known.error, status=400, content_type="text/plain; charset=utf-8")
    found = answer(_indicator(code), known.day)
    response = HttpResponse(
        downloads.as_csv(found, known, settings.SITE_URL), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_file_name(code, known)}.csv"'
    return response


@public
@require_safe
def json_file(request, code: str):
    known = known_on(request)
    if known.error:
        return JsonResponse({"erreur": known.error}, status=400, json_dumps_params={"ensure_ascii": False})
    found = answer(_indicator(code), known.day)
    response = JsonResponse(
        downloads.as_json(found, known, settings.SITE_URL),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )
    response["Content-Disposition"] = f'inline; filename="{_file_name(code, known)}.json"'
    return response


@public
@require_safe
def axis(request, slug: str):
    chapter = get_object_or_404(Axis, slug=slug)
    asked = request.GET.dict()
    body = prepared.body_of(chapter, asked)
    if body:
        return render(request, "indicators/axis.html", {"axis": chapter, "body": body})
    known = known_on(request)
    # A plain address without body has no figures ready either: it does not ask for them.
    plain = prepared.is_plain(chapter, asked)
    figures = figures_of(chapter, known) if plain else _figures(chapter, known)
    return render(request, "indicators/axis.html", axis_page(request, chapter, figures))


@public
@require_safe
def axis_csv(request, slug: str):
    """The rows that are filtered, all of them, in the order shown."""
    chapter = get_object_or_404(Axis, slug=slug)
    known = known_on(request)
    figures = _figures(chapter, known)
    table, level, _ = compared_territories(request, chapter, figures, known)
    RequestConfig(request, paginate=False).configure(table)
    head = {"axe": chapter.name, "territoires": LEVELS[level], "connu_le": known.day or "aujourd’hui"}
    head |= downloads.under(chapter)
    if known.day is None:
        head |= downloads.late(figures.columns)
    text = downloads.table_csv(head, table.as_values())
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{level}.csv"'
    return response


def _figures(axis: Axis, known: KnownOn) -> Figures:
    return prepared.ready_figures(axis, known) or figures_of(axis, known)


def _indicator(code: str) -> Indicator:
    return get_object_or_404(Indicator.objects.select_related("axis"), code=code)


def _file_name(code: str, known) -> str:
    return f"{code}-connu-le-{known.day.isoformat()}" if known.day else code
