"""Addresses of what a second person publishes (updates, records), and of reminders."""

from django.urls import path, register_converter

from projects.views import decisions, files, publications, reminders, updates


class Target:
    """What news is about, in an address: « projets » or « sites »."""

    regex = "projets|sites"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Publishable(Target):
    """What becomes public on the word of two."""

    regex = "projets|sites|aides|engagements"


register_converter(Target, "target")
register_converter(Publishable, "publishable")

PUBLICATION = "equipe/publication/<publishable:kind>/<slug:slug>"

urlpatterns = [
    path("equipe/mises-a-jour/", updates.listing, name="updates"),
    path("equipe/mises-a-jour/<int:pk>/", decisions.update, name="update"),
    path("equipe/mises-a-jour/<int:pk>/decider/", decisions.decide, name="update_decide"),
    path("equipe/mises-a-jour/<int:pk>/reprendre/", decisions.take_back, name="update_take_back"),
    path("equipe/mises-a-jour/<int:pk>/abandonner/", decisions.give_up, name="update_give_up"),
    path("equipe/mises-a-jour/<int:pk>/commenter/", decisions.comment, name="update_comment"),
    path("equipe/mises-a-jour/<int:pk>/vu/", decisions.seen, name="update_seen"),
    path("equipe/mises-a-jour/<target:kind>/<slug:slug>/", updates.entry, name="update_entry"),
    path(
        "equipe/mises-a-jour/<target:kind>/<slug:slug>/brouillon/", updates.autosave, name="update_autosave"
    ),
    path("equipe/fichiers/<int:pk>/", files.of_staff, name="staff_file"),
    path("equipe/fichiers/<int:pk>/vignette/", files.of_staff, {"small": True}, name="staff_thumb"),
    path("fichiers/<int:pk>/", files.published, name="file"),
    path("fichiers/<int:pk>/vignette/", files.published, {"small": True}, name="thumb"),
    path("equipe/publication/<publishable:kind>/<slug:slug>/", publications.publication, name="publication"),
    path(
        "equipe/publication/<publishable:kind>/<slug:slug>/<int:pk>/",
        publications.part,
        name="publication_part",
    ),
    path("equipe/publication/<target:kind>/<slug:slug>/apercu/", publications.preview, name="preview"),
    path("equipe/rappels/", reminders.reminders, name="reminders"),
    path("equipe/rappels/<target:kind>/<slug:slug>/", reminders.follow_one, name="follow"),
]
