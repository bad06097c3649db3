"""What staff types of an update: date, weather, synthesis, and the milestones that moved."""

from django import forms
from django.utils import timezone

from agglo.charts.french import date_long
from projects.models import Bulletin, Milestone, Project, Site, UpdateStep

LONGEST = 4000
LIMIT = 12_000  # characters kept of all that is typed, whatever a browser sends
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class UpdateForm(forms.Form):
    """`target` gives the milestones; those already reached do not move here."""

    as_of = forms.DateField(label="Situation au", widget=DAY)
    weather = forms.ChoiceField(
        label="Météo", choices=Bulletin.Weather.choices, widget=forms.RadioSelect, required=True
    )
    synthesis = forms.CharField(
        label="En quelques phrases",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Publié tel quel\u00a0: ce qui a avancé, ce qui bloque, la suite. Aucun nom de personne.",
    )

    def __init__(self, data=None, *, target: Project | Site, **more):
        super().__init__(data, **more)
        self.target = target
        if isinstance(target, Site):
            self.fields["weather"].required = False
        self.moving: list[Milestone] = []
        if isinstance(target, Project):
            self.moving = list(target.milestones.filter(actual_on__isnull=True).prefetch_related("dates"))
        for one in self.moving:
            self._add_milestone(one)

    def _add_milestone(self, one: Milestone) -> None:
        kinds = [("", "ne change pas"), *UpdateStep.Kind.choices]
        self.fields[f"m{one.pk}-kind"] = forms.ChoiceField(label=one.name, choices=kinds, required=False)
        self.fields[f"m{one.pk}-on"] = forms.DateField(label="Le", required=False, widget=DAY)
        self.fields[f"m{one.pk}-words"] = forms.CharField(
            label="Preuve, ou raison du changement", max_length=300, required=False
        )

    @property
    def milestones(self) -> list[tuple[Milestone, str, list[forms.BoundField]]]:
        """Each with its last planned date in words and its three fields."""
        return [
            (one, planned_for(one), [self[f"m{one.pk}-{name}"] for name in ("kind", "on", "words")])
            for one in self.moving
        ]

    @property
    def moved(self) -> bool:
        """Whether a milestone holds something to see: an answer, or an error."""
        return any(field.value() or field.errors for _, _, fields in self.milestones for field in fields)

    def clean_as_of(self):
        day = self.cleaned_data["as_of"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: donnez le jour que vous décrivez.")
        return day

    def clean(self):
        said = super().clean()
        for one in self.moving:
            kind, on, words = (said.get(f"m{one.pk}-{name}") for name in ("kind", "on", "words"))
            if not kind:
                if on or words:
                    self.add_error(
                        f"m{one.pk}-kind", "Dites s’il est atteint ou replanifié, ou videz la ligne."
                    )
                continue
            if on is None and f"m{one.pk}-on" not in self.errors:
                self.add_error(f"m{one.pk}-on", "Donnez la date.")
            if not words:
                self.add_error(f"m{one.pk}-words", "Donnez la preuve, ou la raison du changement.")
            if kind == UpdateStep.Kind.REACHED and on and on > timezone.localdate():
                self.add_error(f"m{one.pk}-on", "Un jalon atteint ne l’est pas à une date à venir.")
        return said

    @property
    def steps(self) -> list[dict]:
        """Of a valid form: the milestones that moved."""
        said = self.cleaned_data
        return [
            {"milestone": one, **{name: said[f"m{one.pk}-{name}"] for name in ("kind", "on", "words")}}
            for one in self.moving
            if said.get(f"m{one.pk}-kind")
        ]

    def raw(self) -> dict[str, str]:
        """All that was typed, as it was typed, for a draft to keep: nothing is asked of it."""
        room, kept = LIMIT, {}
        for name in self.fields:
            kept[name] = str(self.data.get(name, ""))[:room]
            room -= len(kept[name])
        return kept


def planned_for(milestone: Milestone) -> str:
    plans = milestone.plans
    return date_long(plans[-1].planned_on) if plans else "sans date prévue"
