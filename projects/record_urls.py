"""Addresses where staff add sites and projects to the register, and keep the sheets of sites."""

from django.urls import path

from projects.views import registering

# Before those of one project: « nouveau » is no project.
urlpatterns = [
    path("equipe/projets/nouveau/", registering.project_new, name="project_new"),
    path("equipe/sites/nouveau/", registering.site_new, name="site_new"),
    path("equipe/sites/<slug:slug>/", registering.site_sheet, name="site_sheet"),
    path("equipe/sites/<slug:slug>/modifier/", registering.site_change, name="site_change"),
]
