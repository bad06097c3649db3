"""Addresses where staff add sites and projects to the register, and keep the sheets of sites."""

from django.urls import path

from projects.parts import PARTS
from projects.views import ground, registering

SITE = "equipe/sites/<slug:slug>/"

# Before those of one project: « nouveau » is no project.
urlpatterns = [
    path("equipe/projets/nouveau/", registering.project_new, name="project_new"),
    path("equipe/sites/nouveau/", registering.site_new, name="site_new"),
    path("equipe/sites/<slug:slug>/", registering.site_sheet, name="site_sheet"),
    path("equipe/sites/<slug:slug>/modifier/", registering.site_change, name="site_change"),
    *(
        path(
            SITE + part.path.format(pk="<int:pk>"),
            ground.site_part,
            {"code": part.code},
            name=f"site_{part.code}",
        )
        for part in PARTS.values()
        if part.kind == "sites"
    ),
]
