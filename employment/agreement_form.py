"""Where every action of an agreement stands at a date: euros and jobs, each stage apart."""

from datetime import date

from django import forms
from django.utils.text import slugify

from agglo.charts import french

from .entry_fields import AmountField, CommunesField, NumberField
from .entry_forms import EntryForm, day_field
from .models import Action, ActionState, AgreementReport

AMOUNTS = {"budgeted": "Budgété", "engaged": "Engagé", "paid": "Payé", "fees": "Dont frais de prestataire"}
COUNTS = {
    "jobs_objective": "Emplois, objectif",
    "jobs_programmed": "Emplois programmés",
    "jobs_observed": "Emplois constatés",
    "jobs_kept": "Emplois maintenus à 12 mois",
    "companies": "Entreprises aidées",
}
NAMES = (*AMOUNTS, *COUNTS)
# A stage that cannot go past the one before it, and how a warning says both.
ORDER = (
    ("engaged", "budgeted", "engagé", "budgété"),
    ("paid", "engaged", "payé", "engagé"),
    ("fees", "budgeted", "frais de prestataire", "budgété"),
    ("jobs_kept", "jobs_observed", "emplois maintenus", "emplois constatés"),
)


class AgreementForm(EntryForm):
    """`parent` is the agreement. An empty cell is unknown, and stays so."""

    model = AgreementReport
    texts = ("source", "action_name", "action_provider")
    fixed = ("as_of", "source")
    as_of = day_field("Situation au")
    action_name = forms.CharField(label="Ajouter une action", max_length=200, required=False)
    action_provider = forms.CharField(label="Son prestataire", max_length=200, required=False)
    action_communes = CommunesField(
        label="Communes",
        required=False,
        help_text="Noms ou codes Insee, séparés par une virgule. Vide\u00a0: toute la convention.",
    )

    def build(self):
        self.actions = list(self.parent.actions.all())
        for action in [*self.actions, None]:
            for name, label in {**AMOUNTS, **COUNTS}.items():
                field = AmountField if name in AMOUNTS else NumberField
                self.fields[self.name_of(action, name)] = field(label=label, required=False)

    @staticmethod
    def name_of(action: Action | None, name: str) -> str:
        return f"a-{action.pk if action else 'new'}-{name}"

    def titled(self):
        each = [(one.name, [self.name_of(one, name) for name in NAMES]) for one in self.actions]
        new = ["action_name", "action_provider", "action_communes"]
        new += [self.name_of(None, name) for name in NAMES]
        return [("Qui le dit, quand", ["as_of", "source"]), *each, ("Une action de plus", new)]

    @classmethod
    def read(cls, row):
        said: dict[str, object] = {"as_of": row.as_of, "source": row.source}
        for state in row.states.select_related("action"):
            for name in NAMES:
                value = getattr(state, name)
                whole = value is not None and value == int(value)
                said[cls.name_of(state.action, name)] = int(value) if whole else value
        return said

    def shown(self, name, value):
        if isinstance(value, date):
            return french.date_long(value)
        return french.number(value) if not isinstance(value, str) else value

    def fill(self, row):
        row.agreement, row.as_of = self.parent, self.cleaned_data["as_of"]
        row.source = self.cleaned_data["source"]

    def after(self, row):
        row.states.all().delete()
        actions: list[Action | None] = [*self.actions]
        if self.cleaned_data["action_name"]:
            actions.append(None)
        for action in actions:
            said = {name: self.cleaned_data[self.name_of(action, name)] for name in NAMES}
            if action is None:
                ActionState.objects.create(report=row, action=self._new(), **said)
            elif any(value is not None for value in said.values()):
                ActionState.objects.create(report=row, action=action, **said)

    def _new(self) -> Action:
        said = self.cleaned_data
        code = slugify(said["action_name"])[:36].strip("-") or "action"
        taken = self.parent.actions.filter(code__startswith=code).count()
        return Action.objects.create(
            agreement=self.parent,
            code=f"{code}-{taken + 1}" if taken else code,
            name=said["action_name"],
            provider=said["action_provider"],
            communes=said["action_communes"],
        )

    def clean(self):
        said = super().clean()
        self.not_to_come("as_of")
        numbers = [self.name_of(action, name) for action in [*self.actions, None] for name in NAMES]
        if not self.errors and all(said.get(name) is None for name in numbers):
            self.add_error(None, "Aucun nombre n’est donné\u00a0: remplissez au moins une case.")
        new = any(said.get(self.name_of(None, name)) is not None for name in NAMES)
        if new and not said.get("action_name"):
            self.add_error("action_name", "Nommez l’action dont vous donnez les nombres.")
        if said.get("as_of") and self.parent.signed_on and said["as_of"] < self.parent.signed_on:
            self.add_error("as_of", "Cette date est d’avant la signature\u00a0: vérifiez-la.")
        return said

    def rivals(self):
        said = self.cleaned_data
        held = self.parent.reports.in_force()
        return held.filter(as_of=said["as_of"], source=said["source"]).exists()

    def odd(self):
        found, before = [], self.read(self.before) if self.before else {}
        for action in [*self.actions, None]:
            title = action.name if action else self.cleaned_data["action_name"]
            said = {name: self.cleaned_data[self.name_of(action, name)] for name in NAMES}
            for more, less, one, other in ORDER:
                if None not in (said[more], said[less]) and said[more] > said[less]:
                    found.append(f"{title}\u00a0: «\u202f{one}\u202f» dépasse «\u202f{other}\u202f».")
            for name in ("engaged", "paid", "jobs_observed"):
                then = before.get(self.name_of(action, name))
                if None not in (then, said[name]) and said[name] < then:
                    words = {**AMOUNTS, **COUNTS}[name].lower()
                    found.append(
                        f"{title}\u00a0: {words}, {french.number(said[name])} après {french.number(then)}. "
                        "Correction ou changement de définition\u202f?"
                    )
        return found
