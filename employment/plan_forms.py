"""What staff enters about a plan besides its follow-ups: a date, a measure, a company born of it."""

from django import forms

from .entry_fields import SirenField
from .entry_forms import EntryForm, day_field
from .models import HelpedCompany, PlanEvent, PlanMeasure, RedundancyPlan


class DateForm(EntryForm):
    """A dated step: a meeting of the commission, a signature."""

    model = PlanEvent
    texts = ("source", "words")
    kind = forms.ChoiceField(label="Étape", choices=PlanEvent.Kind, initial=PlanEvent.Kind.COMMISSION)
    on = day_field("Date")
    until = day_field("Jusqu’au", required=False, help_text="Vide\u00a0: le même jour.")
    words = forms.CharField(
        label="Ce qui s’est passé", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def titled(self):
        return [("La date", ["kind", "on", "until"]), ("En mots", ["words", "source"])]

    @classmethod
    def read(cls, row):
        return {name: getattr(row, name) for name in ("kind", "on", "until", "words", "source")}

    def fill(self, row):
        said = self.cleaned_data
        row.plan, row.kind, row.on = self.parent, said["kind"], said["on"]
        row.until, row.words, row.source = said["until"] or said["on"], said["words"], said["source"]

    def clean(self):
        said = super().clean()
        self.not_to_come("on")
        if said.get("on") and said.get("until") and said["until"] < said["on"]:
            self.add_error("until", "La fin est avant le début\u00a0: vérifiez les deux dates.")
        return said

    def rivals(self):
        said = self.cleaned_data
        return self.parent.events.in_force().filter(kind=said["kind"], on=said["on"]).exists()

    def odd(self):
        first = self.parent.events.in_force().filter(kind="announced").first()
        early = first is not None and self.cleaned_data["on"] < first.on
        return ["Cette date est d’avant l’annonce du plan\u00a0: vérifiez l’année."] if early else []


class MeasureForm(EntryForm):
    """What the plan offers those who leave."""

    model = PlanMeasure
    texts = ("source", "words")
    fixed = ("kind",)
    kind = forms.ChoiceField(label="Mesure", choices=PlanMeasure.Kind)
    words = forms.CharField(
        label="Ce qu’elle prévoit", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def titled(self):
        return [("La mesure", ["kind", "words", "source"])]

    @classmethod
    def read(cls, row):
        return {name: getattr(row, name) for name in ("kind", "words", "source")}

    def fill(self, row):
        said = self.cleaned_data
        row.plan, row.kind, row.words, row.source = self.parent, said["kind"], said["words"], said["source"]

    def rivals(self):
        said = self.cleaned_data
        return self.parent.measures.in_force().filter(kind=said["kind"], source=said["source"]).exists()


class CompanyForm(EntryForm):
    """A company born of the plan or helped by an action: by SIREN, never through a person."""

    model = HelpedCompany
    texts = ("name",)
    fixed = ("siren",)
    source = None
    siren = SirenField(label="SIREN")
    name = forms.CharField(
        label="Raison sociale",
        max_length=200,
        help_text="D’une personne morale. Sinon, écrivez «\u202fentreprise individuelle\u202f», sans nom.",
    )
    commune = forms.RegexField(
        r"^[0-9AB]{5}$",
        label="Code de la commune",
        required=False,
        error_messages={"invalid": "Un code Insee de commune a cinq caractères, par exemple 62119."},
    )
    action = forms.ModelChoiceField(
        None, label="Action de la convention", required=False, empty_label="aucune"
    )
    registered_on = day_field("Immatriculée le", required=False, help_text="Vide tant que c’est un projet.")
    closed_on = day_field("Cessée le", required=False)
    checked_on = day_field("Vérifiée au répertoire le", required=False)

    def build(self):
        agreement = getattr(self.parent, "agreement", None)
        actions = (
            agreement.actions.all() if agreement else HelpedCompany.action.field.related_model.objects.none()
        )
        self.fields["action"].queryset = actions

    def titled(self):
        return [
            ("L’entreprise", ["siren", "name", "commune", "action"]),
            ("Sa vie", ["registered_on", "closed_on", "checked_on"]),
        ]

    @classmethod
    def read(cls, row):
        names = ("siren", "name", "commune", "action", "registered_on", "closed_on", "checked_on")
        return {name: getattr(row, name) for name in names}

    def fill(self, row):
        row.plan = self.parent
        for name in ("siren", "name", "commune", "action", "registered_on", "closed_on", "checked_on"):
            setattr(row, name, self.cleaned_data[name])

    def clean(self):
        said = super().clean()
        self.not_to_come("registered_on", "closed_on", "checked_on")
        born, closed = said.get("registered_on"), said.get("closed_on")
        if closed and (born is None or closed < born):
            self.add_error(
                "closed_on", "Une entreprise cesse après son immatriculation\u00a0: vérifiez les dates."
            )
        return said

    def rivals(self):
        return self.parent.companies.in_force().filter(siren=self.cleaned_data["siren"]).exists()

    def odd(self):
        plan: RedundancyPlan = self.parent
        first, born = (
            plan.events.in_force().filter(kind="announced").first(),
            self.cleaned_data["registered_on"],
        )
        if first and born and born < first.on:
            return ["Cette entreprise est née avant l’annonce du plan\u00a0: en vient-elle vraiment\u202f?"]
        return []
