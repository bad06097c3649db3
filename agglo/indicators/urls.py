"""Addresses of the indicators; codes are those of the catalogue."""

from django.urls import path, register_converter

from agglo.indicators import views


class Code:
    """EMP-01, LOC-08."""

    regex = r"[A-Z]{3}-\d{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Code, "indicator")
app_name = "indicators"
urlpatterns = [
    path("indicateurs/", views.catalogue, name="catalogue"),
    path("indicateurs/<indicator:code>/", views.indicator, name="indicator"),
    path("indicateurs/<indicator:code>.csv", views.csv_file, name="csv"),
    path("indicateurs/<indicator:code>.json", views.json_file, name="json"),
    path("indicateurs/<indicator:code>/figure.json", views.figure, name="figure"),
    path("axes/<slug:slug>/", views.axis, name="axis"),
    path("axes/<slug:slug>/territoires.csv", views.axis_csv, name="axis_csv"),
]
