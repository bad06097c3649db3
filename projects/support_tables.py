"""The list of cases, its filters and its columns."""

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet

from projects.filters import WordsFilter
from projects.models import Scheme, SupportCase
from projects.tables import LABELLED, NUMBER, linked


class CaseFilter(django_filters.FilterSet):
    q = WordsFilter(label="Entreprise, SIREN, objet")
    dispositif = django_filters.ModelChoiceFilter(
        label="Dispositif",
        field_name="scheme",
        to_field_name="slug",
        empty_label="Tous",
        queryset=Scheme.objects.all(),
    )
    resultat = django_filters.ChoiceFilter(
        label="Résultat", field_name="result", empty_label="Tous", choices=SupportCase.Result.choices
    )
    etat = django_filters.ChoiceFilter(
        label="État", method="state", empty_label="Tous", choices=[("ouvert", "ouvert"), ("clos", "clos")]
    )

    class Meta:
        model = SupportCase
        fields: list[str] = []

    def state(self, queryset, name: str, said: str) -> QuerySet:
        return queryset.filter(closed_on__isnull=said == "ouvert")


class CaseTable(tables.Table):
    stacks = True

    company = tables.Column("Entreprise", order_by=("company__search_key",))
    scheme = tables.Column("Dispositif", order_by=("scheme__name",))
    about = tables.Column("Objet", orderable=False)
    result = tables.Column("Résultat", empty_values=())
    act_count = tables.Column("Actes", attrs=NUMBER)
    last_act = tables.DateColumn(verbose_name="Dernier acte", format="j F Y", default="aucun")

    class Meta:
        attrs = {"td": LABELLED}
        orderable = True
        empty_text = "Aucun dossier ne répond à ces filtres."

    def render_company(self, record: SupportCase) -> str:
        return linked(record, record.company)

    def render_result(self, record: SupportCase) -> str:
        if record.result:
            return record.get_result_display()
        return "clos" if record.closed_on else "en cours"
