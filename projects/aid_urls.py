"""Addresses of aid, of companies that are helped, of the steering of projects and of promises."""

from django.urls import path

from projects.views import accounts, aid, aid_public, groups, promises, steering, support

CASE = "equipe/accompagnement/<int:pk>"
LINE = "equipe/aides/<int:pk>"
PROJECT = "equipe/projets/<slug:slug>"

urlpatterns = [
    path("aides/", aid_public.register, name="aid"),
    path("aides.csv", aid_public.register_csv, name="aid_csv"),
    path("donnees/subventions.csv", aid_public.subventions, name="subventions"),
    path("equipe/accompagnement/", support.case_list, name="cases"),
    path("equipe/accompagnement/nouveau/", support.case_new, name="case_new"),
    path(f"{CASE}/", support.case, name="case"),
    path(f"{CASE}/modifier/", support.case_change, name="case_change"),
    path(f"{CASE}/actes/", support.act_new, name="act_new"),
    path(f"{CASE}/actes/<int:act>/retirer/", support.act_withdraw, name="act_withdraw"),
    path("equipe/aides/", aid.funding_list, name="funding"),
    path("equipe/aides/nouvelle/", aid.line_new, name="funding_new"),
    path("equipe/aides/de-minimis/", groups.de_minimis, name="de_minimis"),
    path("equipe/aides/groupes/", groups.link_list, name="links"),
    path("equipe/aides/groupes/nouveau/", groups.link_new, name="link_new"),
    path("equipe/aides/groupes/<int:pk>/", groups.link_change, name="link_change"),
    path(f"{LINE}/", aid.line, name="funding_line"),
    path(f"{LINE}/modifier/", aid.line_change, name="funding_change"),
    path(f"{LINE}/parts/", aid.shares, name="shares"),
    path(f"{LINE}/mouvements/", aid.movement_new, name="movement_new"),
    path(f"{LINE}/mouvements/<int:movement>/annuler/", aid.movement_cancel, name="movement_cancel"),
    path(f"{LINE}/contreparties/", aid.counterpart_new, name="counterpart_new"),
    path(f"{LINE}/contreparties/<int:counterpart>/", aid.counterpart_check, name="counterpart_check"),
    path("equipe/engagements/", promises.promise_list, name="promises"),
    path("equipe/engagements/nouveau/", promises.promise_new, name="promise_new"),
    path("equipe/engagements/<slug:slug>/", promises.promise_change, name="promise_change"),
    path("equipe/engagements/<slug:slug>/verdict/", promises.verdict_new, name="verdict_new"),
    path("equipe/operations/", accounts.accounts, name="accounts"),
    path("equipe/operations/sorties/<int:pk>/", accounts.departure, name="departure"),
    path("equipe/operations/<slug:slug>/", accounts.operation_line_new, name="operation_line_new"),
    path("equipe/projets/", steering.project_list, name="steered"),
    path(f"{PROJECT}/", steering.steer, name="steer"),
    path(f"{PROJECT}/modifier/", steering.project_change, name="project_change"),
    path(f"{PROJECT}/etapes/", steering.passage_new, name="passage_new"),
    path(f"{PROJECT}/partenaires/", steering.partner_new, name="partner_new"),
    path(f"{PROJECT}/jalons/", steering.milestone_new, name="milestone_new"),
    path(f"{PROJECT}/jalons/<int:pk>/date/", steering.milestone_replan, name="milestone_replan"),
    path(f"{PROJECT}/jalons/<int:pk>/atteint/", steering.milestone_reached, name="milestone_reached"),
    path(f"{PROJECT}/budget/", steering.budget_new, name="budget_new"),
    path(f"{PROJECT}/risques/", steering.risk_new, name="risk_new"),
    path(f"{PROJECT}/risques/<int:pk>/", steering.risk_change, name="risk_change"),
    path(f"{PROJECT}/decisions/", steering.decision_new, name="decision_new"),
]
