"""What staff writes once of a school, of what one learns there, or of an offer that is only announced."""

from django import forms

from .entry_fields import CommuneField, NumberField, RncpField, UaiField
from .entry_forms import day_field
from .models import PlannedOffer, Profile, Programme, School
from .profile_forms import ProfileForm, address, lines, words


class SchoolProfileForm(ProfileForm):
    """A school that exists, and the first thing one learns there."""

    kind = Profile.Kind.SCHOOL
    texts = ("name", "about_words", "source")
    communes = ("commune",)
    name = words("Nom de l’école")
    commune = CommuneField(label="Commune", help_text="Son nom, ou son code Insee.")
    uai = UaiField(
        label="Code UAI",
        required=False,
        help_text="De l’annuaire de l’éducation, si l’école y est.",
    )
    about_words = lines("En quelques mots", help_text="Sans nom de personne.")
    programme = words(
        "Première formation",
        required=False,
        help_text="Son diplôme. Vous pourrez en ajouter d’autres une fois l’école validée.",
    )
    months = NumberField(label="Durée, en mois", required=False)
    capacity = NumberField(
        label="Capacité", required=False, help_text="En élèves. Vide si on ne la connaît pas."
    )

    def titled(self):
        found = [("L’école", ["name", "commune", "uai", "about_words", "source"])]
        first = self.corrects is None
        return [*found, ("Ce qu’on y apprend", ["programme", "months", "capacity"])] if first else found

    def build(self):
        if self.corrects is not None:
            for name in ("programme", "months", "capacity"):
                del self.fields[name]

    @property
    def slug(self):
        return address(self.cleaned_data["name"])

    def _taken(self):
        return School.objects.filter(slug=self.slug).exists()

    def clean(self):
        said = super().clean()
        if (said.get("months") or said.get("capacity")) and not said.get("programme"):
            self.add_error("programme", "De quelle formation sont la durée et la capacité\u202f?")
        return said


class ProgrammeProfileForm(ProfileForm):
    """`parent` is the school."""

    kind = Profile.Kind.PROGRAMME
    texts = ("name", "source")
    name = words("Diplôme préparé", help_text="Comme il est écrit dans le répertoire ou par l’école.")
    level = forms.TypedChoiceField(
        label="Niveau",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "non précisé"), *((n, str(n)) for n in range(3, 9))],
        help_text="3 pour un CAP, 4 pour un bac professionnel.",
    )
    months = NumberField(label="Durée, en mois", required=False)
    capacity = NumberField(
        label="Capacité", required=False, help_text="En élèves. Vide si on ne la connaît pas."
    )
    rncp = RncpField(
        label="Numéro RNCP",
        required=False,
        help_text="Seulement s’il a été lu dans le répertoire de France compétences.",
    )
    opened_on = day_field(
        "Ouverte le", required=False, help_text="Avant cette date, ses élèves ne manquent pas aux totaux."
    )

    def titled(self):
        return [
            ("La formation", ["name", "level", "months", "capacity"]),
            ("D’où on le sait", ["opened_on", "rncp", "source"]),
        ]

    @property
    def about(self):
        return self.parent.slug

    @property
    def slug(self):
        return address(self.cleaned_data["name"])

    def _taken(self):
        return Programme.objects.filter(school=self.parent, name=self.cleaned_data["name"]).exists()


class OfferProfileForm(ProfileForm):
    """Announced by somebody; it is not a school."""

    kind = Profile.Kind.OFFER
    texts = ("name", "holder", "status", "quotation", "source")
    name = words("Ce qui est annoncé", help_text="Par exemple\u00a0: une école d’ingénieurs.")
    holder = words("Qui le porte", required=False, help_text="Un organisme, pas une personne.")
    status = words("Où cela en est", 120, help_text="Par exemple\u00a0: projet, à l’étude, financé.")
    quotation = words("Mots de la source", 300, help_text="Recopiés tels quels, sans guillemets.")

    def titled(self):
        return [("L’offre", ["name", "holder", "status"]), ("Qui le dit", ["quotation", "source"])]

    @property
    def slug(self):
        return address(self.cleaned_data["name"])

    def _taken(self):
        return PlannedOffer.objects.filter(slug=self.slug).exists()
