"""The filters of the lists: words without accents, nature, commune, stage."""

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from agglo.territory.models import Kind, Territory
from projects.models import Axis, Commitment, Gate, Project, Site, Stage, Status


class WordsFilter(django_filters.CharFilter):
    """Words that the records' own search looks for."""

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return queryset.search(value[:80]) if value else queryset


class SiteFilter(django_filters.FilterSet):
    q = WordsFilter(label="Nom, commune, adresse")
    nature = django_filters.ChoiceFilter(
        label="Nature", field_name="kind", empty_label="Toutes", choices=Site.Kind.choices
    )
    commune = django_filters.ChoiceFilter(
        label="Commune",
        field_name="commune__subject__code",
        empty_label="Toutes",
        choices=lambda: _communes(published=True),
    )
    etape = django_filters.ChoiceFilter(
        label="Étape en cours", method="at_stage", empty_label="Toutes", choices=Stage.choices
    )

    class Meta:
        model = Site
        fields: list[str] = []

    def at_stage(self, queryset, name: str, stage: str) -> QuerySet:
        return queryset.at_stage(int(stage))


class StaffSiteFilter(SiteFilter):
    """The same for those who also see what is not published."""

    commune = django_filters.ChoiceFilter(
        label="Commune",
        field_name="commune__subject__code",
        empty_label="Toutes",
        choices=lambda: _communes(),
    )


class ProjectFilter(django_filters.FilterSet):
    q = WordsFilter(label="Intitulé, porteur, site")
    axe = django_filters.ChoiceFilter(
        label="Axe", field_name="axis", empty_label="Tous", choices=Axis.choices
    )
    nature = django_filters.ChoiceFilter(
        label="Nature", field_name="kind", empty_label="Toutes", choices=Project.Kind.choices
    )
    etape = django_filters.ChoiceFilter(
        label="Étape", field_name="gate", empty_label="Toutes", choices=Gate.choices
    )

    class Meta:
        model = Project
        fields: list[str] = []


class CommitmentFilter(django_filters.FilterSet):
    STATES = [*Status.choices, ("overdue", "échéance passée, sans nouvelle"), ("open", "non vérifié")]

    q = WordsFilter(label="Promesse, qui promet")
    etat = django_filters.ChoiceFilter(label="État", method="standing", empty_label="Tous", choices=STATES)

    class Meta:
        model = Commitment
        fields: list[str] = []

    def standing(self, queryset, name: str, state: str) -> QuerySet:
        if state in Status.values:
            return queryset.filter(status=state)
        unheard = queryset.filter(status__isnull=True)
        gone = {"due_on__lt": timezone.localdate()}
        return unheard.filter(**gone) if state == "overdue" else unheard.exclude(**gone)


def _communes(**seen: bool) -> list[tuple[str, str]]:
    """Communes that have such a site; asked of each commune, not of each site."""
    sites = Site.objects.filter(commune=OuterRef("pk"), **seen)
    found = Territory.objects.filter(Exists(sites), kind=Kind.COMMUNE).named()
    return list(found.values_list("subject__code", "subject__name"))


def filters_in_words(chosen: django_filters.FilterSet) -> str:
    """The filters in force, for the head of a file: « Nature = friche ; Commune = Béthune »."""
    if not chosen.form.is_valid():
        return "aucun"
    said = []
    for name, field in chosen.form.fields.items():
        value = chosen.form.cleaned_data.get(name)
        if value not in (None, ""):
            labels = {str(code): label for code, label in getattr(field, "choices", [])}
            said.append(f"{field.label} = {labels.get(str(value), value)}")
    return " ; ".join(said) or "aucun"
