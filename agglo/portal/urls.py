"""Addresses of the portal itself."""

from django.urls import path

from . import health

app_name = "portal"
urlpatterns = [
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
]
