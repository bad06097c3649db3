"""The list of cases as one person may read it: what an NDA covers shows its code name only."""

import django_filters
import django_tables2 as tables
from django.utils import timezone
from django.utils.html import format_html

from agglo.charts import french
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.dormancy import dormant_since
from projects.filters import WordsFilter
from projects.models import Prospect, ProspectStage
from projects.tables import LABELLED, NUMBER, linked

COVERED = format_html('<span class="soft">{}</span>', "à ouvrir")


class ProspectFilter(django_filters.FilterSet):
    """Filters read the case, so they leave out the ones that are still shut; a search reads the code name."""

    q = WordsFilter(label="Nom de code")
    etape = django_filters.ChoiceFilter(
        label="Étape",
        method="at_stage",
        empty_label="En cours",
        choices=[("toutes", "Toutes, closes aussi"), *((s.value, s.short) for s in ProspectStage)],
    )
    classe = django_filters.ChoiceFilter(
        label="Confidentialité",
        field_name="confidentiality",
        empty_label="Toutes",
        choices=Prospect.Confidentiality.choices,
    )
    site = django_filters.CharFilter(label="Site", method="on_site")
    origine = django_filters.ChoiceFilter(
        label="Données",
        method="of_origin",
        empty_label="Toutes",
        choices=[("attested", "réelles"), ("demo", "fictives")],
    )

    class Meta:
        model = Prospect
        fields: list[str] = []

    def filter_queryset(self, queryset):
        """Without a stage asked for, the cases that have ended stay out of the way."""
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("etape") else found.under_way()

    def at_stage(self, queryset, name: str, stage: str):
        return queryset if stage == "toutes" else queryset.filter(seen_stage=stage)

    def on_site(self, queryset, name: str, words: str):
        return queryset.filter(is_whole=True, site__search_key__contains=search_key(words[:80]))

    def of_origin(self, queryset, name: str, kind: str):
        return queryset.demo() if kind == "demo" else queryset.exclude(origin=Origin.DEMO)


class ProspectTable(tables.Table):
    stacks = True

    code_name = tables.Column("Dossier", order_by=("search_key",))
    stage = tables.Column("Étape", order_by=("seen_stage", "search_key"), empty_values=())
    jobs = tables.Column("Emplois", orderable=False, empty_values=(), attrs=NUMBER)
    confidentiality = tables.Column("Confidentialité", orderable=False)
    owner = tables.Column("Suivi par", orderable=False, empty_values=())
    last_contact_on = tables.Column("Dernier contact", orderable=False, empty_values=())

    class Meta:
        attrs = {"td": LABELLED}
        orderable = True
        order_by = "code_name"
        empty_text = "Aucun dossier ne répond à ces filtres."

    def render_code_name(self, record: Prospect) -> str:
        return linked(record)

    def render_stage(self, record: Prospect) -> str:
        if not record.is_whole:
            return COVERED
        if record.stage is None:
            return "pas encore d’étape"
        return f"{ProspectStage(record.stage).short}, depuis le {french.date_short(record.stage_on)}"

    def render_jobs(self, record: Prospect) -> str:
        return record.jobs if record.is_whole else COVERED

    def render_owner(self, record: Prospect) -> str:
        return str(record.owner) if record.owner else "personne"

    def render_last_contact_on(self, record: Prospect) -> str:
        if not record.is_whole:
            return COVERED
        silent = dormant_since(record.stage, record.last_contact_on, timezone.localdate())
        day = french.date_short(record.last_contact_on)
        if silent is None:
            return day
        return format_html('{} <span class="badge badge--late">dormant, {} jours</span>', day, silent)
