"""Addresses of staff’s long lists, kept views, and files of many records."""

from django.urls import path

from projects.views import import_acts, imports, lists

urlpatterns = [
    path("equipe/listes/<slug:of>/", lists.page, name="staff_list"),
    path("equipe/listes/<slug:of>/garder/", lists.keep, name="view_keep"),
    path("equipe/listes/<slug:of>/<int:pk>/oublier/", lists.forget, name="view_forget"),
    path("equipe/imports/", imports.imports, name="imports"),
    path("equipe/imports/<int:pk>/", imports.one, name="import"),
    path("equipe/imports/<int:pk>/etat/", imports.state, name="import_state"),
    path("equipe/imports/<int:pk>/a-corriger.<slug:form>", imports.refused, name="import_refused"),
    path("equipe/imports/<int:pk>/ecrire/", import_acts.apply, name="import_apply"),
    path("equipe/imports/<int:pk>/demander/", import_acts.ask, name="import_ask"),
    path("equipe/imports/<int:pk>/reprendre/", import_acts.take_back, name="import_take_back"),
    path("equipe/imports/<int:pk>/renvoyer/", import_acts.send_back, name="import_send_back"),
    path("equipe/imports/<int:pk>/annuler/", import_acts.undo, name="import_undo"),
    path("equipe/imports/<int:pk>/arreter/", import_acts.cancel, name="import_cancel"),
    path("equipe/imports/modele-<slug:sheet>.<slug:form>", imports.template, name="import_template"),
    path("equipe/imports/<slug:sheet>.<slug:form>", imports.export, name="import_export"),
]
