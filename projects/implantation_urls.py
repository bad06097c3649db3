"""Addresses of the pipeline of implantations, and of jobs once announced."""

from django.urls import path

from projects.parts import PARTS
from projects.views import confirmations, jobs, pools, prospects, weights
from projects.views import implantations as shown

implantations = [
    path("implantations/", shown.implantations, name="implantations"),
    path("elus/implantations/", shown.for_elected, name="elected_prospects"),
    path("equipe/implantations/", prospects.case_list, name="prospects"),
    path("equipe/implantations/nouveau/", prospects.new_case, name="prospect_new"),
    path("equipe/implantations/poids/", weights.weights, name="weights"),
    path("equipe/implantations/transformation/", weights.conversion, name="conversion"),
    path("equipe/implantations/calibrage/", weights.calibrated, name="calibration"),
    path("equipe/implantations/<slug:slug>/", prospects.case, name="prospect"),
    path("equipe/implantations/<slug:slug>/ouvrir/", prospects.open_case, name="prospect_open"),
    path("equipe/implantations/<slug:slug>/modifier/", prospects.change_case, name="prospect_change"),
    path("equipe/implantations/<slug:slug>/etape/", prospects.pass_stage, name="prospect_pass"),
    path("equipe/implantations/<slug:slug>/contact/", prospects.note_contact, name="prospect_contact"),
    path("emplois/", jobs.by_cohort, name="jobs_by_cohort"),
    path("emplois.csv", jobs.by_cohort_csv, name="jobs_by_cohort_csv"),
    path("confirmer/<str:token>/", confirmations.confirm, name="confirm"),
    path("equipe/emplois/", confirmations.claims, name="job_claims"),
    path("equipe/emplois/gisement/", pools.pool_new, name="pool_new"),
    *(
        path(
            "equipe/projets/<slug:slug>/" + PARTS[code].path.format(pk="<int:pk>"),
            pools.project_pool,
            {"code": code},
            name=code,
        )
        for code in pools.DONE
    ),
    path("equipe/emplois/<int:pk>/demander/", confirmations.ask, name="confirmation_ask"),
    path("equipe/emplois/liens/<int:pk>/retirer/", confirmations.withdraw, name="confirmation_withdraw"),
    path("equipe/emplois/reponses/<int:pk>/retirer/", confirmations.withdraw_answer, name="answer_withdraw"),
]
