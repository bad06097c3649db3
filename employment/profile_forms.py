"""What staff writes once of a plan or of its agreement; most of it optional."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.text import slugify

from agglo.charts import french
from agglo.figures.models import Subject

from .entry_fields import (
    AmountField,
    CommuneField,
    CommunesField,
    NumberField,
    SirenField,
)
from .entry_forms import EntryForm, day_field
from .models import Agreement, Profile, RedundancyPlan

SMALLEST_PLAN = 10
SLUG = 64


def words(label: str, length: int = 200, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, **more)


def lines(label: str, length: int = 1000, **more) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **more)


class ProfileForm(EntryForm):
    """`parent` is the plan or school it belongs to, or a title. The record is made when it is approved."""

    model = Profile
    kind: str
    communes: tuple[str, ...] = ()
    opening = "Une fois validée, la fiche a sa page\u00a0; les nombres se saisissent ensuite."

    @classmethod
    def rows(cls):
        return Profile.objects.filter(kind=cls.kind)

    @classmethod
    def read(cls, row):
        days = [name for name, field in cls.base_fields.items() if isinstance(field, forms.DateField)]
        amounts = [name for name, field in cls.base_fields.items() if isinstance(field, AmountField)]
        said = {name: value for name, value in row.said.items() if name in cls.base_fields}
        said |= {name: row.day(name) for name in days}
        for name in amounts:
            if said.get(name):
                value = Decimal(said[name])
                said[name] = int(value) if value == int(value) else value
        return said

    def shown(self, name, value):
        if name in self.communes:
            codes = value if isinstance(value, list) else [value]
            names = dict(Subject.objects.filter(scheme="COM", code__in=codes).values_list("code", "name"))
            return ", ".join(f"{names[code]} ({code})" if code in names else code for code in codes)
        if isinstance(value, date):
            return french.date_long(value)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return french.number(value, None)
        return super().shown(name, value)

    def fill(self, row):
        given = {name for name in self.base_fields if name not in ("reason", "reason_words", "nobody")}
        said = {name: self.cleaned_data.get(name) for name in given}
        row.kind, row.about = self.kind, self.about
        row.slug = self.corrects.slug if self.corrects is not None else self.slug
        row.said = {
            name: _plain(value) for name, value in sorted(said.items()) if value not in (None, "", [])
        }

    @property
    def about(self) -> str:
        return ""

    @property
    def slug(self) -> str:
        """The address of the record to be made, from its name."""
        raise NotImplementedError

    def rivals(self):
        return self._taken() or self.rows().in_force().filter(about=self.about, slug=self.slug).exists()

    def _taken(self) -> bool:
        return False


def _plain(value):
    return (
        value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
    )


def address(*names: str) -> str:
    return slugify(" ".join(names))[:SLUG].strip("-")


class PlanProfileForm(ProfileForm):
    """Whose plan, where, its legal dates; perimeters and situations come with it."""

    kind = Profile.Kind.PLAN
    texts = ("company", "site", "adviser", "counting_rule", "source")
    communes = ("commune",)
    company = words("Entreprise", help_text="La raison sociale, comme la presse ou la préfecture l’écrit.")
    site = words("Site", help_text="Son nom ou sa commune. Exemple\u00a0: Béthune.")
    commune = CommuneField(label="Commune du site", help_text="Son nom, ou son code Insee.")
    siren = SirenField(label="SIREN de l’entreprise", required=False)
    announced_on = day_field("Suppression d’emplois annoncée le")
    signed_on = day_field("Accord signé le", required=False)
    validated_on = day_field("Plan validé par l’administration le", required=False)
    last_day_on = day_field("Dernier jour travaillé le", required=False)
    posts = NumberField(
        label="Postes supprimés, à l’annonce",
        required=False,
        help_text="Vide si la source ne le dit pas\u00a0: ce n’est pas zéro.",
    )
    adviser = words("Cabinet de reclassement", required=False)
    counting_rule = lines(
        "Règle de comptage",
        help_text="Par exemple\u00a0: un CDI compte à la signature. Vide si le plan ne le dit pas.",
    )

    def titled(self):
        return [
            ("Qui, où", ["company", "site", "commune", "siren"]),
            ("Ses dates", ["announced_on", "signed_on", "validated_on", "last_day_on"]),
            ("Ce qu’on en sait", ["posts", "adviser", "counting_rule", "source"]),
        ]

    @property
    def slug(self):
        return address(self.cleaned_data["company"], self.cleaned_data["site"])

    def _taken(self):
        return RedundancyPlan.objects.filter(slug=self.slug).exists()

    def clean(self):
        said = super().clean()
        self.not_to_come("announced_on", "signed_on", "validated_on")
        if not self.errors and not self.slug:
            self.add_error("company", "Ce nom ne fait pas une adresse\u00a0: écrivez-le en lettres.")
        first = said.get("announced_on")
        for name in ("signed_on", "validated_on", "last_day_on"):
            if first and said.get(name) and said[name] < first:
                self.add_error(name, "Cette date est d’avant l’annonce\u00a0: vérifiez les deux.")
        return said

    def odd(self):
        posts = self.cleaned_data["posts"]
        if posts is not None and posts < SMALLEST_PLAN:
            return [
                f"{posts} postes\u00a0: un plan concerne au moins {SMALLEST_PLAN} licenciements. "
                "Est-ce bien un plan\u202f?"
            ]
        return []


class AgreementProfileForm(ProfileForm):
    """`parent` is the plan. What the convention says: amount, jobs aimed at, territory."""

    kind = Profile.Kind.AGREEMENT
    texts = ("area", "jobs_cut_words", "source")
    communes = ("places",)
    signed_on = day_field("Signée le")
    due_on = day_field("Échéance", required=False)
    amount = AmountField(
        label="Montant de la contribution",
        required=False,
        help_text="En euros. «\u202f16 M€\u202f» est compris.",
    )
    job_objective = NumberField(
        label="Objectif d’emplois",
        required=False,
        help_text="Vide si la convention ne le dit pas\u00a0: la page dira «\u202finconnu\u202f».",
    )
    area = lines("Territoire, en mots", help_text="Par exemple\u00a0: l’arrondissement de Béthune.")
    places = CommunesField(
        label="Communes",
        required=False,
        help_text="Noms ou codes Insee, séparés par une virgule. Vide si aucune n’est nommée.",
    )
    jobs_cut = NumberField(
        label="Emplois supprimés retenus",
        required=False,
        help_text="Le nombre qui sert à calculer l’obligation, net des reclassements internes.",
    )
    jobs_cut_words = words("D’où vient ce nombre", required=False)
    notified_on = day_field(
        "Licenciements notifiés le", required=False, help_text="Le Smic en vigueur ce jour s’applique."
    )

    def titled(self):
        return [
            ("La convention", ["signed_on", "due_on", "amount", "source"]),
            ("Ce qu’elle vise", ["job_objective", "area", "places"]),
            ("L’obligation légale", ["jobs_cut", "jobs_cut_words", "notified_on"]),
        ]

    @property
    def about(self):
        return self.parent.slug

    @property
    def slug(self):
        return self.parent.slug

    def _taken(self):
        return Agreement.objects.filter(plan=self.parent).exists()

    def clean(self):
        said = super().clean()
        self.not_to_come("signed_on", "notified_on")
        if said.get("due_on") and said.get("signed_on") and said["due_on"] < said["signed_on"]:
            self.add_error("due_on", "L’échéance est avant la signature\u00a0: vérifiez les deux dates.")
        if (
            said.get("jobs_cut") is not None
            and not said.get("notified_on")
            and "notified_on" not in self.errors
        ):
            self.add_error(
                "notified_on",
                "Il faut cette date pour calculer l’obligation\u00a0: le Smic change.",
            )
        return said

    def fill(self, row):
        """A date that was inferred stays so as long as nobody wrote another one."""
        super().fill(row)
        before = self.corrects.said if self.corrects is not None else {}
        if before.get("notified_inferred") and row.said.get("notified_on") == before.get("notified_on"):
            row.said["notified_inferred"] = True

    def odd(self):
        posts = self.cleaned_data["jobs_cut"]
        aimed = self.cleaned_data["job_objective"]
        if None not in (posts, aimed) and aimed > 2 * posts:
            return [f"L’objectif ({french.number(aimed)}) dépasse deux fois les emplois supprimés."]
        return []
