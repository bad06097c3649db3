"""Addresses of redundancy plans, schools and the balance of the territory."""

from django.urls import path

from . import views

app_name = "employment"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/bridgestone-bethune/", views.plan, name="plan"),
    path("plans/<slug:slug>/bilan/", views.closure, name="closure"),
    path("plans/<slug:slug>/bilan.csv", views.closure_csv, name="closure_csv"),
    path("plans/<slug:slug>/convention/", views.agreement, name="agreement"),
    path("ecoles/", views.schools, name="schools"),
    path("ecoles/<slug:slug>/", views.school, name="school"),
    path("bilan/", views.balance_of_territory, name="balance"),
]
