"""Addresses of redundancy plans, schools and the balance of the territory."""

from django.urls import path

from . import entry_views, staff_views, views

app_name = "employment"
urlpatterns = [
    path("plans/", views.plans, name="plans"),
    path("plans/bridgestone-bethune/", views.plan, name="plan"),
    path("plans/<slug:slug>/", views.any_plan, name="any_plan"),
    path("plans/<slug:slug>/bilan/", views.closure, name="closure"),
    path("plans/<slug:slug>/bilan.csv", views.closure_csv, name="closure_csv"),
    path("plans/<slug:slug>/bilan.json", views.closure_json, name="closure_json"),
    path("plans/<slug:slug>/bilan.pdf", views.closure_pdf, name="closure_pdf"),
    path("plans/<slug:slug>/convention/", views.agreement, name="agreement"),
    path("ecoles/", views.schools, name="schools"),
    path("ecoles/<slug:slug>/", views.school, name="school"),
    path("bilan/", views.balance_of_territory, name="balance"),
    path("equipe/plans/", staff_views.worklist, name="staff_plans"),
    path("equipe/plans/<slug:slug>/suivis/nouveau/", staff_views.new, name="follow_up_new"),
    path("equipe/plans/<slug:slug>/suivis/<int:pk>/", staff_views.follow_up, name="follow_up"),
    path("equipe/plans/<slug:slug>/suivis/<int:pk>/modifier/", staff_views.change, name="follow_up_change"),
    path("equipe/plans/<slug:slug>/suivis/<int:pk>/corriger/", staff_views.correct, name="follow_up_correct"),
    path("equipe/plans/<slug:slug>/suivis/<int:pk>/decider/", staff_views.decide, name="follow_up_decide"),
    path(
        "equipe/plans/<slug:slug>/suivis/<int:pk>/abandonner/", staff_views.abandon, name="follow_up_abandon"
    ),
    path("equipe/saisies/<slug:code>/nouveau/", entry_views.new, name="entry_first"),
    path("equipe/saisies/<slug:code>/<slug:slug>/nouveau/", entry_views.new, name="entry_new"),
    path("equipe/saisies/<slug:code>/<int:pk>/", entry_views.entry, name="entry"),
    path("equipe/saisies/<slug:code>/<int:pk>/modifier/", entry_views.change, name="entry_change"),
    path("equipe/saisies/<slug:code>/<int:pk>/corriger/", entry_views.correct, name="entry_correct"),
    path("equipe/saisies/<slug:code>/<int:pk>/decider/", entry_views.decide, name="entry_decide"),
    path("equipe/saisies/<slug:code>/<int:pk>/abandonner/", entry_views.abandon, name="entry_abandon"),
]
