"""What staff type of a project besides its sheet: its gates, milestones, money, risks and decisions."""

from django import forms
from django.utils import timezone

from agglo.charts.french import date_long
from projects.forms.fields import Day
from projects.forms.legal_person import NamesLegalPerson, legal_person
from projects.forms.record import RecordForm
from projects.gates import known, missing
from projects.models import (
    BudgetLine,
    Decision,
    Gate,
    Milestone,
    Partner,
    Passage,
    PlannedDate,
    Project,
    Risk,
)

DECIDED = "une date se note une fois décidée."


def _reached(milestone: Milestone) -> str:
    return f"Ce jalon est atteint depuis le {date_long(milestone.actual_on)}\u00a0:"


class PartnerForm(NamesLegalPerson):
    person = legal_person("organisation", "Partenaire", required=True)

    class Meta:
        model = Partner
        fields = ("role", "words", "source")


class PassageForm(RecordForm):
    """A gate is passed only when what it asks for is in the register; a pause or an end says why."""

    class Meta:
        model = Passage
        fields = ("gate", "on", "until", "words", "reason", "source", "wording")

    def __init__(self, data=None, *, project: Project, by=None, initial=None):
        start = {"on": timezone.localdate()} | (initial or {})
        super().__init__(data, project=project, by=by, initial=start)
        self.project = project
        self.fields["until"].required = False
        self.fields["until"].help_text = "Seulement quand le jour n’est pas connu."
        self.fields["reason"].help_text = "Obligatoire pour suspendre ou abandonner."

    def clean(self):
        said = super().clean()
        if said.get("on") and not said.get("until"):
            said["until"] = said["on"]
        for name in ("on", "until"):
            self.refuse_ahead(name, "une étape se note une fois franchie.")
        gate = said.get("gate")
        lacking = missing(known(self.project), gate) if gate is not None else []
        if lacking:
            self.add_error(
                "gate",
                f"Pour passer à «\u202f{Gate(gate).label}\u202f», il manque au registre\u00a0: "
                f"{', '.join(lacking)}. Ajoutez-le, puis revenez.",
            )
        return said


class MilestoneForm(RecordForm):
    """A milestone with its first planned date."""

    planned_on = Day(label="Prévu le")
    decided_on = Day(label="Décidé le", initial=timezone.localdate)
    source = forms.CharField(label="Source", max_length=200, initial="Services de l’agglomération")

    class Meta:
        model = Milestone
        fields = ("name", "order")

    def clean(self):
        said = super().clean()
        self.refuse_ahead("decided_on", DECIDED)
        return said

    def save(self, commit: bool = True) -> Milestone:
        milestone = super().save(commit)
        said = {name: self.cleaned_data[name] for name in ("planned_on", "decided_on", "source")}
        PlannedDate.objects.create(milestone=milestone, **said)
        return milestone


class ReplanForm(RecordForm):
    """Another planned date: the former ones stay, so a reason is asked for."""

    class Meta:
        model = PlannedDate
        fields = ("planned_on", "decided_on", "reason", "source")

    def __init__(self, data=None, *, milestone: Milestone):
        super().__init__(data, milestone=milestone, initial={"decided_on": timezone.localdate()})
        self.milestone = milestone
        self.fields["reason"].required = milestone.dates.exists()

    def clean(self):
        said = super().clean()
        plans, day = self.milestone.plans, said.get("decided_on")
        self.refuse_ahead("decided_on", DECIDED)
        if self.milestone.actual_on:
            self.add_error(None, f"{_reached(self.milestone)} il ne se replanifie plus.")
        if plans and said.get("planned_on") == plans[-1].planned_on:
            self.add_error("planned_on", "C’est déjà la date prévue\u00a0: rien ne changerait.")
        if plans and day and day < plans[-1].decided_on:
            self.add_error(
                "decided_on",
                "Une date décidée plus tard est déjà au registre.",
            )
        return said


class ReachedForm(RecordForm):
    class Meta:
        model = Milestone
        fields = ("actual_on", "evidence")

    def __init__(self, data=None, *, instance: Milestone):
        super().__init__(data, instance=instance, initial={})
        for field in self.fields.values():
            field.required = True

    def clean(self):
        said = super().clean()
        self.refuse_ahead("actual_on", "replanifiez le jalon plutôt.")
        kept = Milestone.objects.get(pk=self.instance.pk)
        if kept.actual_on:
            self.add_error(None, f"{_reached(kept)} sa date et sa preuve ne se récrivent pas.")
        return said


class BudgetForm(NamesLegalPerson):
    person = legal_person("funder", "Financeur", help_text="Vide s’il n’est pas connu.")

    class Meta:
        model = BudgetLine
        fields = ("label", "planned", "actual", "as_of", "source")

    def __init__(self, data=None, *, project: Project):
        super().__init__(data, project=project, initial={"as_of": timezone.localdate()})
        for name in ("planned", "actual"):
            self.fields[name].help_text = "Vide quand personne ne le sait."

    def clean(self):
        said = super().clean()
        self.refuse_ahead("as_of", "c’est le jour où l’on a regardé.")
        if not self.errors and said.get("planned") is None and said.get("actual") is None:
            self.add_error("planned", "Donnez le montant prévu, le montant payé, ou les deux.")
        return said


class RiskForm(RecordForm):
    class Meta:
        model = Risk
        fields = ("words", "likelihood", "impact", "answer", "opened_on", "closed_on", "source")

    def __init__(self, data=None, *, instance=None, **given):
        start = None if instance else {"opened_on": timezone.localdate()}
        super().__init__(data, instance=instance, initial=start, **given)

    def clean(self):
        said = super().clean()
        for name in ("opened_on", "closed_on"):
            self.refuse_ahead(name, "un risque se note une fois vu, et se clôt une fois écarté.")
        return said


class DecisionForm(RecordForm):
    class Meta:
        model = Decision
        fields = ("words", "body", "on", "until", "reference", "source")

    def __init__(self, data=None, *, project: Project):
        super().__init__(data, project=project)
        self.fields["until"].required = False

    def clean(self):
        said = super().clean()
        if said.get("on") and not said.get("until"):
            said["until"] = said["on"]
        for name in ("on", "until"):
            self.refuse_ahead(name, "une décision se note une fois prise.")
        return said
