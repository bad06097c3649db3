"""What staff type of a site besides its sheet: its life, lots, occupants, owners, surfaces; all dated."""

from django import forms
from django.utils.text import slugify

from projects.forms.fields import AreaField, SiretField
from projects.forms.legal_person import NamesLegalPerson, legal_person
from projects.forms.record import RecordForm
from projects.models import LifeStage, Lot, LotState, Occupancy, Ownership, Site, Surface

SPAN = ("start", "start_words", "end")


class _OfSite(RecordForm):
    """`ahead` says why a start that is still to come is refused."""

    ahead = ""

    def __init__(self, data=None, *, site: Site, instance=None, **more) -> None:
        super().__init__(data, instance=instance, site=site, **more)
        if "lot" in self.fields:
            self.fields["lot"].queryset = site.lots.all()
            self.fields["lot"].empty_label = "le site entier"
            if not site.lots.exists():
                del self.fields["lot"]
        if "start_words" in self.fields:
            self.fields["end"].help_text = "Le premier jour où ce n’est plus vrai. Vide si cela dure."

    def clean(self):
        said = super().clean()
        self.refuse_ahead("start", self.ahead)
        if "start_words" in self.fields and not said.get("start") and not said.get("start_words"):
            self.add_error("start", "Donnez le premier jour, ou dites en mots depuis quand.")
        return said


class StageForm(_OfSite):
    ahead = "une étape se note une fois commencée."

    class Meta:
        model = LifeStage
        fields = ("stage", "lot", *SPAN, "reason", "source", "wording")


class OccupancyForm(_OfSite, NamesLegalPerson):
    person = legal_person("occupant", "Occupant", required=True)
    ahead = "un occupant se note une fois arrivé."
    siret = SiretField(label="SIRET")

    class Meta:
        model = Occupancy
        fields = ("siret", "activity", "lot", *SPAN, "source", "wording")


class OwnershipForm(_OfSite, NamesLegalPerson):
    person = legal_person(
        "owner", "Propriétaire", help_text="Vide pour un particulier, ou si on ne sait pas."
    )
    ahead = "une vente se note une fois faite."

    class Meta:
        model = Ownership
        fields = ("nature", "lot", *SPAN, "source", "wording")

    def clean(self):
        said = super().clean()
        named = bool(said.get("owner"))
        if "owner" not in self.errors and (said.get("nature") == Ownership.Nature.LEGAL) != named:
            self.add_error(
                "nature" if named else "owner",
                "Un nom va avec «\u202fpersonne morale\u202f», et elle seule\u00a0: jamais un particulier.",
            )
        return said


class SurfaceForm(_OfSite):
    ahead = "c’est le jour du relevé."
    area = AreaField(label="Surface")

    class Meta:
        model = Surface
        fields = ("kind", "qualifier", "about", "as_of", "source", "wording")

    field_order = ("kind", "area", "qualifier", "about", "as_of", "source", "wording")

    def __init__(self, data=None, *, instance=None, **more) -> None:
        super().__init__(data, instance=instance, **more)
        if instance is not None:
            self.initial["area"] = f"{instance.square_metres.normalize():f} m²"

    def clean(self):
        said = super().clean()
        self.refuse_ahead("as_of", self.ahead)
        # Without an area, which its field has said already, the rule of the database has nothing to add.
        self.instance.square_metres = said.get("area") or 1
        return said


class LotForm(_OfSite):
    """A lot and its first state come one after the other: what a lot is does not depend on a day."""

    area = AreaField(label="Surface", required=False)

    class Meta:
        model = Lot
        fields = ("name", "source", "wording")

    field_order = ("name", "area", "source", "wording")

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        self.instance.code = slugify(name)[:40]
        if not self.instance.code:
            raise forms.ValidationError("Écrivez un nom en lettres ou en chiffres.")
        if Lot.objects.filter(site=self.instance.site, code=self.instance.code).exists():
            raise forms.ValidationError("Ce site a déjà un lot de ce nom\u00a0: précisez-le.")
        return name

    def clean(self):
        said = super().clean()
        self.instance.square_metres = said.get("area")
        return said


class LotStateForm(RecordForm):
    """Where a lot stands from a day on: the states before stay readable."""

    class Meta:
        model = LotState
        fields = ("since", "works", "sale", "use", "reason", "source", "wording")

    def __init__(self, data=None, *, lot: Lot) -> None:
        super().__init__(data, lot=lot)

    def clean(self):
        said = super().clean()
        self.refuse_ahead("since", "un état se note une fois constaté.")
        if said.get("since") and LotState.objects.filter(lot=self.instance.lot, since=said["since"]).exists():
            self.add_error("since", "Un état est déjà noté ce jour-là\u00a0: donnez le jour du nouveau.")
        return said
