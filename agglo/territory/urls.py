"""Addresses of the communes."""

from django.urls import path

from agglo.territory import views

app_name = "territory"
urlpatterns = [
    path("communes/", views.commune_list, name="communes"),
    path("communes.csv", views.commune_csv, name="communes-csv"),
    path("communes/<slug:code>/", views.commune, name="commune"),
]
