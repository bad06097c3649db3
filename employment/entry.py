"""What staff types of a follow-up: a field a situation, or the commission’s table pasted; nothing is lost."""

from datetime import date

from django import forms
from django.utils.text import slugify

from agglo.figures.vocabulary import Qualifier, Reason

from . import personal_data
from .models import Category, FollowUp, RedundancyPlan
from .pasting import Refused, known_names, people, read

MOST = 1_000_000
BEFORE = {
    Qualifier.ABOUT: "environ ",
    Qualifier.AT_LEAST: "au moins ",
    Qualifier.AT_MOST: "au plus ",
}
REASONS = [(r.value, r.label) for r in Reason if r not in (Reason.FIRST, Reason.WITHDRAWN)]
TEXTS = ("wording", "reason_words")


class PeopleField(forms.CharField):
    """A number of people and how exact it is: « env. 40 » is understood; empty means not given."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "size": 9})

    def clean(self, value):
        said = super().clean(value)
        if not said:
            return None
        try:
            count, qualifier = people(said)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if count > MOST:
            raise forms.ValidationError("Ce nombre est plus grand qu’un plan\u00a0: vérifiez-le.")
        return count, qualifier


class FollowUpForm(forms.Form):
    """`plan` gives the situations; a correction keeps the date and the source of what it corrects."""

    end = forms.DateField(
        label="Situation au", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label="Source", max_length=120, initial="Commission de suivi")
    perimeter = forms.ModelChoiceField(None, label="Périmètre", empty_label=None)
    pasted = forms.CharField(
        label="Coller le tableau de la commission",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Une situation par ligne, puis son nombre. Les pourcentages sont laissés de côté.",
    )
    base = PeopleField(label="Personnes du périmètre", required=False)
    total = PeopleField(label="Avec une solution, selon la source", required=False)
    wording = forms.CharField(
        label="Mots de la source",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Facultatif et publié. Des nombres seulement\u00a0: ni nom, ni santé, ni mandat.",
    )
    reason = forms.TypedChoiceField(label="Pourquoi corriger", choices=REASONS, coerce=int)
    reason_words = forms.CharField(
        label="La raison, en une phrase",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Publiée sur la page des corrections.",
    )
    nobody = forms.BooleanField(label="J’ai relu\u00a0: ces textes ne parlent de personne", required=False)

    def __init__(self, data=None, *, plan: RedundancyPlan, corrects: FollowUp | None = None, **more):
        super().__init__(data, **more)
        self.plan, self.corrects = plan, corrects
        self.fields["perimeter"].queryset = plan.perimeters.all()
        self.categories: list[Category] = [row.category for row in plan.categories.select_related("category")]
        for one in self.categories:
            self.fields[self.name_of(one)] = PeopleField(label=one.name, required=False)
        if corrects is None:
            del self.fields["reason"], self.fields["reason_words"]
        else:
            self.fields["end"].disabled = self.fields["source"].disabled = True
        self.refused: list[Refused] = []
        self._spread()

    @staticmethod
    def name_of(category: Category) -> str:
        return f"n-{category.code}"

    def _spread(self) -> None:
        """Moves what was pasted into the fields; the lines that were not understood stay where they were."""
        pasted = self.data.get("pasted", "") if self.is_bound else ""
        if not pasted.strip():
            return
        found, self.refused = read(pasted[:20_000], known_names(self.categories))
        fields = {one.code: self.name_of(one) for one in self.categories}
        fields |= {"base": "base", "total": "total"}
        data = self.data.copy()
        left = [one.text for one in self.refused]
        for row in found:
            name, said = fields[row.code], f"{BEFORE.get(row.qualifier, '')}{row.count}"
            typed = data.get(name, "").strip()
            if typed and typed != said:
                why = f"Le tableau dit {said}, le champ dit {typed}\u00a0: gardez-en un."
                self.refused.append(Refused(0, f"{row.label}\t{said}", why))
                left.append(f"{row.label}\t{said}")
            else:
                data[name] = said
        data["pasted"] = "\n".join(left)
        self.data = data

    def clean(self):
        said = super().clean()
        if self.refused:
            self.add_error("pasted", "Des lignes n’ont pas été comprises\u00a0: corrigez-les ou effacez-les.")
        for name in ("base", "total"):
            if said.get(name) and said[name][1] != Qualifier.EXACT:
                self.add_error(name, "Écrivez ici un nombre exact, ou laissez vide.")
        if said.get("end") and said["end"] > date.today():
            self.add_error(
                "end", "Cette date est à venir\u00a0: un point de suivi dit ce qui a été constaté."
            )
        if not self.errors and not any(said[self.name_of(one)] for one in self.categories):
            self.add_error(None, "Aucun nombre n’est donné\u00a0: saisissez au moins une situation.")
        if not self.errors and self.corrects is None and self._same():
            self.add_error(
                "end",
                "Cette source a déjà un point validé à cette date\u00a0: corrigez-le depuis la liste.",
            )
        return said

    def _same(self) -> bool:
        end = self.cleaned_data["end"]
        held = self.plan.follow_ups.in_force().filter(dataset=self.dataset, start=end, end=end)
        return held.exists()

    @property
    def dataset(self) -> str:
        """One account of a plan is one dataset: two sources on the same date are both kept."""
        if self.corrects is not None:
            return self.corrects.dataset
        source = slugify(self.cleaned_data["source"])[:24].strip("-") or "source"
        return f"suivi-{self.plan.slug[:32]}-{source}"

    @property
    def about_somebody(self) -> str:
        """The warning on free texts; empty when nothing was seen."""
        return personal_data.warning(" ".join(str(self.data.get(name, "")) for name in TEXTS))

    @property
    def counts(self) -> dict[Category, tuple[int, int]]:
        said = {one: self.cleaned_data.get(self.name_of(one)) for one in self.categories}
        return {one: value for one, value in said.items() if value is not None}


def written(row: FollowUp) -> dict[str, object]:
    """The initial values of the form that changes, or corrects, this follow-up."""
    lines = row.lines.select_related("category")
    said = {
        FollowUpForm.name_of(line.category): f"{BEFORE.get(line.qualifier, '')}{line.count}" for line in lines
    }
    names = ("end", "source", "perimeter", "base", "total", "wording", "reason", "reason_words")
    return said | {name: getattr(row, name) for name in names}
