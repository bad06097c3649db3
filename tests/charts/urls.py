"""A page of sample charts and their figures, served to the browser tests only."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template import engines
from django.urls import path

from tests.charts import gallery

PAGE = """{% load charts %}<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Galerie</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{% include "components/styles.html" %}</head><body><main class="wrap"><h1>Galerie</h1>
{% for c in charts %}{% chart c level=2 %}{% endfor %}</main>
{% include "charts/scripts.html" %}</body></html>"""


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    charts = gallery.everything()
    for chart in charts:
        chart.figure_url = f"/figures/{chart.key}.json"
    return HttpResponse(engines["django"].from_string(PAGE).render({"charts": charts}, request))


@login_not_required
def figure(request: HttpRequest, key: str) -> JsonResponse:
    chart = next((c for c in gallery.everything() if c.key == key), None)
    if chart is None or "panne" in request.COOKIES:
        raise Http404(key)
    return JsonResponse(chart.figure())


urlpatterns = [path("", page), path("figures/<str:key>.json", figure)]
