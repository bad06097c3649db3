"""Addresses of the portal itself."""

from django.urls import path

from . import corrections, data, elected, figure_card, health, home, legal, sources, staff

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("chiffres/<int:figure_id>/", figure_card.figure, name="figure"),
    path("chiffres/<int:figure_id>.csv", figure_card.figure_csv, name="figure_csv"),
    path("chiffres/<int:figure_id>.json", figure_card.figure_json, name="figure_json"),
    path("corrections/", corrections.page, name="corrections"),
    path("corrections.csv", corrections.download, name="corrections_csv"),
    path("sources/", sources.page, name="sources"),
    path("donnees/", data.page, name="data"),
    path("donnees/faits-attestes.csv", data.attested, name="attested_csv"),
    path("donnees/urssaf-odbl.csv", data.odbl, name="odbl_csv"),
    path("donnees/territoires.csv", data.territories, name="territories_csv"),
    path("elus/", elected.page, name="elected"),
    path("equipe/", staff.page, name="staff"),
    path("equipe/actualisations/", staff.runs, name="runs"),
    path("equipe/actualiser/", staff.refresh, name="refresh"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("mentions-legales/", legal.legal, name="legal"),
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
]
