"""What staff enters about a plan besides its follow-ups: a date, a measure, a company born of it."""

from datetime import date

from django import forms

from agglo.charts import french

from .entry_fields import CommuneField, SirenField
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


KEPT = (
    "siren",
    "name",
    "commune",
    "action",
    "registered_on",
    "closed_on",
    "checked_on",
    "checked_state",
    "checked_source",
)


class CompanyForm(EntryForm):
    """A company born of the plan or helped by an action: by SIREN, never through a person."""

    model = HelpedCompany
    texts = ("name", "checked_source")
    fixed = ("siren",)
    source = None
    siren = SirenField(label="SIREN")
    name = forms.CharField(
        label="Raison sociale",
        max_length=200,
        help_text="D’une personne morale. Sinon, écrivez «\u202fentreprise individuelle\u202f», sans nom.",
    )
    commune = CommuneField(label="Commune", required=False, help_text="Son nom, ou son code Insee.")
    action = forms.ModelChoiceField(
        None, label="Action de la convention", required=False, empty_label="aucune"
    )
    registered_on = day_field("Immatriculée le", required=False, help_text="Vide tant que c’est un projet.")
    closed_on = day_field("Cessée le", required=False)
    checked_on = day_field(
        "Vérifiée au répertoire le",
        required=False,
        help_text="À partir de ses trois ans, cette lecture dit si elle vit encore.",
    )
    checked_state = forms.ChoiceField(
        label="Ce que dit le répertoire",
        choices=[("", "pas encore lu"), *HelpedCompany.State.choices],
        required=False,
    )
    checked_source = forms.CharField(
        label="Répertoire lu",
        max_length=200,
        required=False,
        help_text="Par exemple\u00a0: Annuaire des entreprises, Sirene, Bodacc.",
    )

    def build(self):
        agreement = getattr(self.parent, "agreement", None)
        actions = (
            agreement.actions.all() if agreement else HelpedCompany.action.field.related_model.objects.none()
        )
        self.fields["action"].queryset = actions

    def titled(self):
        return [
            ("L’entreprise", ["siren", "name", "commune", "action"]),
            ("Sa vie", ["registered_on", "closed_on"]),
            ("La vérification", ["checked_on", "checked_state", "checked_source"]),
        ]

    @classmethod
    def read(cls, row):
        return {name: getattr(row, name) for name in KEPT}

    def fill(self, row):
        row.plan = self.parent
        for name in KEPT:
            setattr(row, name, self.cleaned_data[name])

    def clean(self):
        said = super().clean()
        self.not_to_come("registered_on", "closed_on", "checked_on")
        born, closed = said.get("registered_on"), said.get("closed_on")
        if closed and (born is None or closed < born):
            self.add_error(
                "closed_on", "Une entreprise cesse après son immatriculation\u00a0: vérifiez les dates."
            )
        if said.get("checked_on"):
            for name, words in (
                ("checked_state", "Que disait le répertoire ce jour-là\u202f?"),
                ("checked_source", "Dans quel répertoire l’avez-vous lu\u202f?"),
            ):
                if not said.get(name):
                    self.add_error(name, words)
        elif said.get("checked_state") or said.get("checked_source"):
            self.add_error("checked_on", "Quel jour l’avez-vous lu\u202f?")
        alive = said.get("checked_state") == HelpedCompany.State.ACTIVE
        if alive and closed and said.get("checked_on") and closed <= said["checked_on"]:
            self.add_error(
                "checked_state",
                "Le répertoire la dit active après sa cessation\u00a0: vérifiez l’un et l’autre.",
            )
        return said

    def rivals(self):
        return self.parent.companies.in_force().filter(siren=self.cleaned_data["siren"]).exists()

    def computed(self, row):
        """What follows from the dates and from what was read: nobody types it."""
        row = row or HelpedCompany(**{name: self.cleaned_data[name] for name in KEPT if name != "action"})
        if row.third_year is None:
            return [("Trois ans", "sans date d’immatriculation, on ne peut pas les compter")]
        day, state = french.date_long(row.third_year), row.active_at_three
        said = {True: "oui", False: "non, elle avait cessé"}.get(state, "")
        if state is None:
            late = row.reached_three(date.today())
            said = "à vérifier au répertoire" if late else "pas encore atteints"
        return [("Ses trois ans, calculés", day), ("Active à trois ans", said)]

    def odd(self):
        plan: RedundancyPlan = self.parent
        first, born = (
            plan.events.in_force().filter(kind="announced").first(),
            self.cleaned_data["registered_on"],
        )
        if first and born and born < first.on:
            return ["Cette entreprise est née avant l’annonce du plan\u00a0: en vient-elle vraiment\u202f?"]
        return []
