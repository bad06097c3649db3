"""Addresses of the portal itself."""

from django.urls import path

from . import corrections, data, elected, figure_card, health, home, legal, measuring, sources, staff
from .runs import acting, dataset, listing, moving, one

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
    path("equipe/actualisations/", listing.page, name="runs"),
    path("equipe/actualisations/file/", moving.queue, name="runs_queue"),
    path("equipe/actualisations.csv", listing.download, name="runs_csv"),
    path("equipe/actualisations/<int:run_id>/", one.page, name="run"),
    path("equipe/actualisations/<int:run_id>/etat/", moving.state, name="run_state"),
    path("equipe/actualisations/<int:run_id>/differences.csv", one.changes_csv, name="run_changes_csv"),
    path("equipe/actualisations/<int:run_id>/refus.csv", one.refused_csv, name="run_refused_csv"),
    path("equipe/actualisations/<int:run_id>/a-corriger.csv", one.to_correct_csv, name="run_to_correct_csv"),
    path("equipe/actualisations/<int:run_id>/reponses/<int:rank>/", one.answer, name="run_answer"),
    path(
        "equipe/actualisations/<int:run_id>/reponses/<int:rank>/fichier",
        one.answer_file,
        name="run_answer_file",
    ),
    path("equipe/actualisations/<int:run_id>/liberer/", acting.release, name="run_release"),
    path("equipe/actualisations/<int:run_id>/abandonner/", acting.refuse, name="run_refuse"),
    path("equipe/actualisations/<int:run_id>/retenir/", acting.hold, name="run_hold"),
    path("equipe/actualisations/<int:run_id>/relancer/", acting.retry, name="run_retry"),
    path("equipe/actualisations/jeux/<slug:code>/", dataset.page, name="run_dataset"),
    path("equipe/actualisations/jeux/<slug:code>/fichier/", dataset.upload, name="run_upload"),
    path("equipe/actualisations/jeux/<slug:code>/pause/", acting.pause, name="run_pause"),
    path("equipe/actualisations/jeux/<slug:code>/reprise/", acting.resume, name="run_resume"),
    path("equipe/actualiser/", staff.refresh, name="refresh"),
    path("accessibilite/", legal.accessibility, name="accessibility"),
    path("mentions-legales/", legal.legal, name="legal"),
    path("sante/vif", health.alive, name="alive"),
    path("sante/pret", health.ready, name="ready"),
    path("sante/travaux", health.jobs, name="jobs"),
    path("sante/mesures", measuring.page, name="metrics"),
]
