"""The list of aid lines, its filters and its columns: kinds of movement stand side by side."""

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html_join

from agglo.figures.text import search_key
from projects.aid_amounts import total
from projects.models import Beneficiary, FundingLine, Regime
from projects.tables import LABELLED, NUMBER, linked


class FundingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Bénéficiaire ou financeur", method="search")
    regime = django_filters.ChoiceFilter(label="Régime", empty_label="Tous", choices=Regime.choices)
    etat = django_filters.ChoiceFilter(
        label="Au public",
        method="state",
        empty_label="Toutes",
        choices=[("publiee", "publiée"), ("interne", "non publiée")],
    )

    class Meta:
        model = FundingLine
        fields: list[str] = []

    def search(self, queryset, name: str, words: str) -> QuerySet:
        for word in search_key(words[:80]).split():
            helped = Beneficiary.objects.filter(organisation__search_key__contains=word)
            queryset = queryset.filter(Q(pk__in=helped.values("line")) | Q(funder__search_key__contains=word))
        return queryset

    def state(self, queryset, name: str, said: str) -> QuerySet:
        return queryset.filter(published=said == "publiee")


class FundingTable(tables.Table):
    stacks = True

    about = tables.Column("Objet", orderable=False, attrs={"td": {"class": "aid-name"}})
    beneficiaries = tables.Column("Bénéficiaires", orderable=False, empty_values=())
    funder = tables.Column("Financeur", order_by=("funder__search_key",))
    regime = tables.Column("Régime", order_by=("regime",))
    granted = tables.Column("Accordé", orderable=False, empty_values=(), attrs=NUMBER)
    paid = tables.Column("Versé", orderable=False, empty_values=(), attrs=NUMBER)
    reclaimed = tables.Column("Réclamé", orderable=False, empty_values=(), attrs=NUMBER)

    class Meta:
        attrs = {"td": LABELLED}
        orderable = True
        empty_text = "Aucune aide ne répond à ces filtres."

    def render_about(self, record: FundingLine) -> str:
        return linked(record)

    def render_regime(self, record: FundingLine) -> str:
        """« de minimis », « exempté »: the regulation itself is on the page of the line."""
        return record.get_regime_display().partition(",")[0]

    def render_beneficiaries(self, record: FundingLine) -> str:
        return format_html_join(", ", "{}", ((one.organisation,) for one in record.beneficiaries.all()))

    def render_granted(self, record: FundingLine) -> str:
        return total(record.movements.all(), "granted").words

    def render_paid(self, record: FundingLine) -> str:
        return total(record.movements.all(), "paid").words

    def render_reclaimed(self, record: FundingLine) -> str:
        return total(record.movements.all(), "reclaimed").words
