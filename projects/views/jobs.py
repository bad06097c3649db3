"""Announced jobs and what became of them, by year of announcement: the page, and its file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.vocabulary import Qualifier
from projects.exporting import csv_file
from projects.horizon_page import HorizonBook, horizon_books

DEFINITION = (
    "Emplois comptés une fois par gisement, sans transferts\u202f; seuls comptent ceux que l’entreprise a"
    " confirmés. Une case vide n’est pas zéro\u00a0: personne n’a confirmé, ou l’échéance n’est pas venue."
)
COLUMNS = ("classe", "annee_d_annonce", "emplois_annonces", "horizon_mois", "annonces_echus")
COLUMNS += ("annonces_au_sort_connu", "emplois_confirmes", "etat", "precision_des_annonces")


@public
@require_safe
def by_cohort(request: HttpRequest) -> HttpResponse:
    return render(request, "projects/jobs_by_cohort.html", {"books": horizon_books()})


@public
@require_safe
def by_cohort_csv(request: HttpRequest) -> HttpResponse:
    rows = [row for book in horizon_books() for row in _rows(book)]
    title = "Emplois annoncés, puis confirmés, par année d’annonce"
    return csv_file("emplois-par-cohorte", title, DEFINITION, "aucun", COLUMNS, rows)


def _rows(book: HorizonBook):
    kind = "fictif – démonstration" if book.demo else "attesté"
    for cohort, _, _ in book.rows:
        said = Qualifier(cohort.qualifier).label
        for at in cohort.horizons:
            known = bool(at.pools_known)
            state = "connu" if known else "non connu" if at.pools else "pas encore échu"
            seen = (at.known, at.seen) if known else (None, None)
            due = at.due if at.pools else None
            yield kind, cohort.year, cohort.announced, at.months, due, *seen, state, said
