"""What anyone may take away: the catalogue of downloads, and the downloads no other room owns."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.licences import ODBL, ODBL_NOTICE
from agglo.figures.models import Observation, Subject
from agglo.figures.vocabulary import Origin
from agglo.indicators.models import Indicator

from .export import RELATED, csv_answer, row_of

TERRITORIES = ("COM", "EPCI", "ZE2020", "DEP", "REG", "FRANCE")


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/data.html", {"indicators": Indicator.objects.order_by("code")})


@public
@require_safe
def attested(request: HttpRequest) -> HttpResponse:
    """Every fact with its wording: those of the press and of the article, closed ones included."""
    return csv_answer(_attested(), "faits-attestes")


def _attested() -> Iterator[dict[str, object]]:
    facts = Observation.objects.visible_to(None).filter(quotation__isnull=False).exclude(origin=Origin.DEMO)
    facts = facts.exclude(series__dataset__licence__startswith=ODBL)
    for row in facts.select_related(*RELATED).order_by("id").iterator(chunk_size=500):
        yield row_of(row)


@public
@require_safe
def odbl(request: HttpRequest) -> HttpResponse:
    """Figures under the Open Database Licence (Urssaf), apart, with their notice in each row."""
    return csv_answer(_odbl(), "urssaf-odbl")


def _odbl() -> Iterator[dict[str, object]]:
    held = Observation.objects.visible_to(None).exclude(origin=Origin.DEMO)
    kept = held.filter(series__dataset__licence__startswith=ODBL).select_related(*RELATED).order_by("id")
    for row in kept.iterator(chunk_size=500):
        yield {**row_of(row), "notice": ODBL_NOTICE}


@public
@require_safe
def territories(request: HttpRequest) -> HttpResponse:
    rows = Subject.objects.filter(scheme__in=TERRITORIES).order_by("scheme", "code")
    columns = rows.values("scheme", "code", "name", "kind_label")
    names = {"scheme": "nomenclature", "name": "nom", "kind_label": "nature"}
    return csv_answer(
        ({names.get(key, key): value for key, value in row.items()} for row in columns.iterator()),
        "territoires",
    )
