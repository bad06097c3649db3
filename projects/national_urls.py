"""Addresses of the national files on the staff's side, and of business parks with their inventories."""

from django.urls import path

from projects.views import inventories, parks, standards_staff

inventories_and_standards = [
    path("equipe/standards/", standards_staff.worklist, name="staff_standards"),
    path("equipe/standards/apporter/", standards_staff.bring, name="standard_bring"),
    path("equipe/standards/cartofriches/", standards_staff.bring_cartofriches, name="standard_cartofriches"),
    path("equipe/standards/<slug:code>.csv", standards_staff.whole_csv, name="standard_whole_csv"),
    path("equipe/standards/<int:pk>/", standards_staff.one, name="standard_import"),
    path("equipe/standards/<int:pk>/etat/", standards_staff.state, name="standard_state"),
    path("equipe/standards/<int:pk>/comparer/", standards_staff.compare_again, name="standard_compare"),
    path("equipe/standards/<int:pk>/refus.csv", standards_staff.refused_csv, name="standard_refused_csv"),
    path("equipe/standards/<int:pk>/accepter/", standards_staff.accept, name="standard_accept"),
    path("equipe/standards/<int:pk>/abandonner/", standards_staff.abandon, name="standard_abandon"),
    path("equipe/standards/<int:pk>/annuler/", standards_staff.undo, name="standard_undo"),
    # Business parks and their inventories.
    path("zones-activite/", parks.park_list, name="parks"),
    path("zones-activite.csv", parks.park_csv, name="parks_csv"),
    path("zones-activite/<slug:slug>/", parks.park, name="park"),
    path("equipe/inventaires/", inventories.worklist, name="inventories"),
    path("equipe/inventaires/nouveau/", inventories.new_round, name="inventory_round_new"),
    path("equipe/inventaires/<int:pk>/", inventories.one_round, name="inventory_round"),
    path("equipe/inventaires/<int:pk>/adopter/", inventories.adopt_round, name="inventory_adopt"),
    path("equipe/inventaires/zones/<slug:slug>/", inventories.park, name="inventory_park"),
    path("equipe/inventaires/zones/<slug:slug>/unites/nouvelle/", inventories.new_unit, name="land_unit_new"),
    path("equipe/inventaires/zones/<slug:slug>/unites/<int:pk>/", inventories.unit, name="land_unit"),
    path(
        "equipe/inventaires/zones/<slug:slug>/unites/<int:pk>/retirer/",
        inventories.remove_unit,
        name="land_unit_remove",
    ),
    path(
        "equipe/inventaires/zones/<slug:slug>/unites/<int:pk>/occupations/<int:stay>/retirer/",
        inventories.remove_stay,
        name="unit_stay_remove",
    ),
]
