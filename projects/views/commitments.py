"""The register of promises, and its file."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from projects.commitment_page import standing_of, with_standing
from projects.exporting import csv_file
from projects.filters import CommitmentFilter, filters_in_words
from projects.models import Commitment

DEFINITION = (
    "Une promesse faite en public, avec les mots de sa source. Sans verdict, elle n’est pas"
    " vérifiée\u00a0: elle"
    " n’est ni tenue ni rompue. Un conditionnel n’est pas une promesse."
)
COLUMNS = ("repere", "promesse", "qui", "promis", "unite", "cible", "precision", "echeance", "etat", "preuve")
COLUMNS += ("classe", "source", "mots", "atteint")


def _chosen(request: HttpRequest) -> CommitmentFilter:
    return CommitmentFilter(request.GET, Commitment.objects.published().for_list())


@public
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    found = with_standing(chosen.qs)
    context = {
        "filter": chosen,
        "commitments": found,
        "demo": any(one.is_demo for one in found),
        "export": f"/engagements.csv?{request.GET.urlencode()}",
    }
    return render(request, "projects/commitments.html", context)


@public
@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    chosen, today = _chosen(request), timezone.localdate()
    return csv_file(
        "engagements",
        "Registre des engagements",
        DEFINITION,
        filters_in_words(chosen),
        COLUMNS,
        (
            (
                one.slug,
                one.promise,
                one.promiser,
                one.made,
                one.counted_unit,
                one.target,
                one.get_qualifier_display(),
                one.due_on,
                standing_of(one, today).words,
                " | ".join(verdict.evidence for verdict in one.verdicts.all()),
                one.get_origin_display(),
                one.source,
                one.wording,
                _reached(one),
            )
            for one in chosen.qs
        ),
    )


def _reached(one: Commitment) -> Decimal | None:
    """What the last verdict counted, the one that `etat` tells."""
    verdicts = list(one.verdicts.all())
    return verdicts[-1].reached if verdicts else None
