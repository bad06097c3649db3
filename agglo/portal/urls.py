"""Addresses of the portal itself."""

from django.urls import path

from . import health, home, legal

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("mentions-legales/", legal.legal, name="legal"),
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
]
