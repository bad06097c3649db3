"""Every public address, mounted once."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("compte/", include("agglo.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("agglo.territory.urls")),
    path("", include("agglo.indicators.urls")),
    path("", include("projects.urls")),
    path("", include("employment.urls")),
    path("", include("agglo.portal.urls")),
]
