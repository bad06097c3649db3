"""What was granted, to which legal persons, against what, and what became of it; and the statutory file."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects import scdl
from projects.aid_amounts import totals
from projects.aid_page import shown
from projects.exporting import csv_file
from projects.models import FundingLine

DEFINITION = (
    "Une aide décidée en public, à une personne morale. Demandé, accordé, versé, réclamé et remboursé se"
    " lisent côte à côte et ne s’additionnent pas. Une contrepartie sans constat n’est ni tenue ni rompue."
)
COLUMNS = ("objet", "financeur", "beneficiaires", "siren", "regime", "base_juridique", "octroi", "emplois")
COLUMNS += ("demande", "accorde", "verse", "reclame", "rembourse", "contreparties", "constats")
COLUMNS += ("classe", "source", "mots")


def _lines():
    return FundingLine.objects.published().granted().for_list()


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    found = shown(_lines())
    left = scdl.split(scdl.own_grants(settings.EPCI_CODE), settings.EPCI_SIRET)[1]
    context = {
        "attested": [one for one in found if not one.line.is_demo],
        "invented": [one for one in found if one.line.is_demo],
        "left": left,
        "authority_siret": settings.EPCI_SIRET,
    }
    return render(request, "projects/aid.html", context)


@public
@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    rows = (_row(one) for one in shown(_lines()))
    return csv_file("aides", "Aides accordées", DEFINITION, "aucun", COLUMNS, rows)


def _row(one) -> tuple:
    line, sums = one.line, totals(one.line.movements.all())
    helped = [row.organisation for row in line.beneficiaries.all()]
    return (
        line.about,
        line.funder,
        one.names,
        " | ".join(row.siren for row in helped),
        line.get_regime_display(),
        line.legal_basis,
        one.granted_on,
        line.jobs,
        *(sums[kind].words for kind in ("asked", "granted", "paid", "reclaimed", "recovered")),
        " | ".join(promise.counterpart.words for promise in one.promises),
        " | ".join(
            f"{check.get_found_display()}, {check.when} : {check.evidence}"
            for promise in one.promises
            for check in promise.counterpart.checks.all()
        ),
        line.get_origin_display(),
        line.source,
        line.wording,
    )


@public
@require_safe
def subventions(request: HttpRequest) -> HttpResponse:
    """SCDL Subventions 2.1.1: only grants of the authority that the file can hold whole."""
    rows, _ = scdl.split(scdl.own_grants(settings.EPCI_CODE), settings.EPCI_SIRET)
    response = HttpResponse(scdl.as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="subventions.csv"'
    return response
