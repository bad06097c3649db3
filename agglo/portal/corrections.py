"""The public log of corrections: every figure that was closed, what took its place, when and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import django_filters
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agglo.accounts.gates import public
from agglo.figures.models import Dataset, MeasureVersion, Observation
from agglo.figures.picking import pick, successors
from agglo.figures.reading import Figure
from agglo.figures.vocabulary import Reason
from agglo.opendata.tallies import of_registers

from .export import csv_answer
from .reasons import why

PER_PAGE = 25
BATCH = 500


@dataclass(frozen=True, slots=True)
class Correction:
    """`new` is None when the figure was withdrawn without replacement."""

    old: Figure
    new: Figure | None

    @property
    def reason(self) -> str:
        return why(self.old.series.dataset, self.new.reason if self.new else Reason.WITHDRAWN)


def closed() -> QuerySet[Observation]:
    """Public figures no longer held true, newest correction first."""
    return Observation.objects.visible_to(None).filter(known_to__isnull=False).order_by("-known_to", "-id")


def corrected() -> QuerySet[Observation]:
    """Without the counts of our own records: one that moved with them corrects nothing."""
    ours = Dataset.objects.filter(code__in=of_registers()).values_list("pk", flat=True)
    return closed().exclude(series__dataset__in=list(ours))


def corrections_of(ids: Iterable[int]) -> list[Correction]:
    """In the order of the ids; three queries."""
    ids = list(ids)
    followed = successors(ids)
    figures = pick([*ids, *followed.values()])
    return [Correction(figures[i], figures.get(followed.get(i))) for i in ids if i in figures]


def _measures() -> list[tuple[str, str]]:
    """Measures with at least one correction."""
    latest = MeasureVersion.objects.filter(measure=OuterRef("series__measure_version__measure"))
    rows = closed().order_by().values_list("series__measure_version__measure__code").distinct()
    return sorted(
        rows.annotate(name=Subquery(latest.order_by("-number").values("name")[:1])), key=lambda row: row[1]
    )


class CorrectionFilter(django_filters.FilterSet):
    mesure = django_filters.ChoiceFilter(
        field_name="series__measure_version__measure__code",
        label="Mesure",
        choices=_measures,
        empty_label="Toutes",
    )

    class Meta:
        model = Observation
        fields: list[str] = []


@public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    chosen = CorrectionFilter(request.GET, queryset=closed())
    page_obj = Paginator(chosen.qs, PER_PAGE).get_page(request.GET.get("page"))
    measure = request.GET.get("mesure", "") if chosen.form.is_valid() else ""
    return render(
        request,
        "portal/corrections.html",
        {
            "filter": chosen,
            "page_obj": page_obj,
            "corrections": corrections_of([row.pk for row in page_obj.object_list]),
            "query": f"&mesure={measure}" if measure else "",
            "downloads": [(f"/corrections.csv{f'?mesure={measure}' if measure else ''}", "CSV")],
        },
    )


@public
@require_safe
def download(request: HttpRequest) -> HttpResponse:
    chosen = CorrectionFilter(request.GET, queryset=closed())
    return csv_answer(_rows(list(chosen.qs.values_list("pk", flat=True))), "corrections")


def _rows(ids: list[int]) -> Iterator[dict[str, object]]:
    for start in range(0, len(ids), BATCH):
        for correction in corrections_of(ids[start : start + BATCH]):
            old, new = correction.old, correction.new
            yield {
                "corrige_le": old.known_to,
                "mesure": old.series.measure,
                "intitule": old.series.name,
                "nomenclature": old.series.scheme,
                "code_sujet": old.series.code,
                "sujet": old.series.subject,
                "periode_debut": old.start,
                "periode_fin": old.end,
                "ancienne_valeur": old.value,
                "nouvelle_valeur": new.value if new else None,
                "unite": old.series.counted_unit,
                "denominateur": old.series.denominator or "",
                "raison": correction.reason,
                "source": old.series.source,
                "document": old.series.dataset_title,
                "ancien_identifiant": old.id,
                "nouvel_identifiant": new.id if new else None,
            }
