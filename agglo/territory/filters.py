"""The filters of the list of communes: a name or a code, an employment zone."""

import django_filters

from agglo.territory.models import Territory


class CommuneFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Nom, code ou code postal", method="search")
    zone = django_filters.ChoiceFilter(
        label="Zone d’emploi", empty_label="Toutes", method="of_zone", choices=lambda: _zones()
    )

    class Meta:
        model = Territory
        fields: list[str] = []

    def search(self, queryset, name: str, words: str):
        return queryset.search(words[:80])

    def of_zone(self, queryset, name: str, code: str):
        return queryset.in_zone(code)

    @property
    def words(self) -> str:
        """The filters in force, for the head of a file."""
        if not self.form.is_valid():
            return "aucun"
        said = self.form.cleaned_data
        zones = dict(_zones())
        parts = []
        if said.get("q"):
            parts.append(f"recherche = {said['q']}")
        if said.get("zone"):
            parts.append(f"zone d’emploi = {zones.get(said['zone'], said['zone'])}")
        return " ; ".join(parts) or "aucun"


def _zones() -> list[tuple[str, str]]:
    return [(t.code, t.name) for t in Territory.objects.zones_of().named().without_contour()]
