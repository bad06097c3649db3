"""What staff type of an inventory: land units, who occupied them, rounds and the act that adopts them."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agglo.figures.vocabulary import Origin
from projects.forms.fields import AreaField
from projects.models import InventoryRound, LandUnit, Organisation, RoundPark, Site, UnitStay

from . import rounds


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def not_to_come(day: date | None, what: str) -> date | None:
    """Raises ValidationError for a day after today: an inventory tells what is, not what is foreseen."""
    if day is not None and day > timezone.localdate():
        raise ValidationError(f"Cette date est à venir\u202f: {what}")
    return day


class LandUnitForm(forms.ModelForm):
    """One unit; parcels parted by spaces or commas, an area in m² or ha."""

    parcels = forms.CharField(
        label="Références cadastrales",
        required=False,
        help_text="Quatorze caractères chacune, séparées par des espaces : 62119000AB0012 62119000AB0013.",
    )
    area = AreaField(label="Surface", required=False)

    class Meta:
        model = LandUnit
        fields = ("code", "owner_kind", "owner", "built", "brownfield", "cfe", "cfe_ended_on", "source")
        widgets = {"cfe_ended_on": DayInput()}
        help_texts = {"cfe_ended_on": "Premier jour sans activité soumise à la CFE."}

    field_order = ("code", "parcels", "area", *Meta.fields[1:])

    def __init__(self, *args, park: Site, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.park = park
        self.fields["owner"].queryset = Organisation.objects.filter(origin=park.origin)
        self.fields["owner"].help_text = "Une personne morale ; jamais un particulier."
        self.fields["source"].help_text = "Cadastre, visite, service fiscal… et sa date."
        if self.instance.pk:
            self.initial["parcels"] = " ".join(self.instance.parcels)
            metres = self.instance.square_metres
            self.initial["area"] = f"{metres.normalize():f} m²" if metres else ""

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        same = LandUnit.objects.filter(park=self.instance.park, code=code).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError(f"Le repère « {code} » est déjà pris dans cette zone.")
        return code

    def clean_parcels(self) -> list[str]:
        found = self.cleaned_data["parcels"].replace(",", " ").replace("|", " ").upper().split()
        if not found:
            return []
        LandUnit._meta.get_field("parcels").run_validators(found)
        others = LandUnit.objects.filter(park=self.instance.park, parcels__has_any_keys=found)
        if other := others.exclude(pk=self.instance.pk).first():
            twice = ", ".join(sorted(set(found) & set(other.parcels)))
            raise ValidationError(
                f"{twice} : déjà dans l’unité «\u202f{other}\u202f» de cette zone."
                " Une parcelle compte une fois."
            )
        return sorted(set(found))

    def clean_cfe_ended_on(self) -> date | None:
        return not_to_come(
            self.cleaned_data["cfe_ended_on"], "dites l’activité finie une fois qu’elle l’est."
        )

    def clean(self) -> dict:
        said = super().clean()
        if said.get("owner") and said.get("owner_kind") not in (LandUnit.Owner.PUBLIC, LandUnit.Owner.LEGAL):
            self.add_error("owner", "Un nom va avec une personne publique ou une personne morale privée.")
        ended = said.get("cfe") == LandUnit.Cfe.ENDED
        if ended and "cfe_ended_on" not in self.errors and not said.get("cfe_ended_on"):
            self.add_error("cfe_ended_on", "Dites depuis quel jour : la règle des deux ans en dépend.")
        if not ended and said.get("cfe_ended_on"):
            self.add_error("cfe_ended_on", "Une date de fin va avec « plus d’activité soumise à la CFE ».")
        return said

    def save(self, commit: bool = True) -> LandUnit:
        self.instance.parcels = self.cleaned_data["parcels"]
        self.instance.square_metres = self.cleaned_data["area"]
        self.instance.origin = self.instance.park.origin
        return super().save(commit)


class StayForm(forms.ModelForm):
    """From when to when a unit was occupied, or was not. The same, sent twice, is kept once."""

    class Meta:
        model = UnitStay
        fields = ("use", "start", "end", "occupant", "source")
        widgets = {"start": DayInput(), "end": DayInput()}
        help_texts = {"start": "Vide si on ne le sait pas.", "end": "Premier jour après ; vide si cela dure."}

    def __init__(self, *args, unit: LandUnit, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.unit = unit
        self.instance.origin = unit.origin
        self.fields["occupant"].queryset = Organisation.objects.filter(origin=unit.origin)
        self.fields["occupant"].help_text = "Une personne morale ; vide pour un particulier."

    def clean(self) -> dict:
        said = super().clean()
        start, end = said.get("start"), said.get("end")
        if start and end and end <= start:
            self.add_error("end", "La fin vient après le début.")
        if said.get("occupant") and said.get("use") != UnitStay.Use.OCCUPIED:
            self.add_error("occupant", "Un occupant va avec « occupée ».")
        return said

    def clean_start(self) -> date | None:
        return not_to_come(self.cleaned_data["start"], "notez l’occupation une fois commencée.")

    @transaction.atomic
    def save(self, commit: bool = True) -> UnitStay:
        LandUnit.objects.select_for_update().get(pk=self.instance.unit_id)
        said = {name: self.cleaned_data[name] for name in ("use", "start", "end", "occupant")}
        return UnitStay.objects.filter(unit=self.instance.unit_id, **said).first() or super().save(commit)


class RoundForm(forms.ModelForm):
    """An inventory, its parks, its consultation. Checked and kept in one transaction."""

    parks = forms.ModelMultipleChoiceField(
        Site.objects.none(), label="Zones d’activité", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = InventoryRound
        fields = ("name", "opened_on", "consultation_start", "consultation_end", "source")
        widgets = {name: DayInput() for name in ("opened_on", "consultation_start", "consultation_end")}
        help_texts = {"consultation_end": "Trente jours au moins, premier et dernier compris."}
        labels = {"consultation_start": "Consultation du", "consultation_end": "Consultation jusqu’au"}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parks"].queryset = Site.objects.filter(kind=Site.Kind.PARK)
        if self.instance.pk:
            self.initial["parks"] = list(self.instance.parks.values_list("pk", flat=True))

    def clean_opened_on(self) -> date:
        return not_to_come(self.cleaned_data["opened_on"], "un inventaire s’ouvre le jour même, ou avant.")

    def clean_parks(self):
        parks = self.cleaned_data["parks"]
        if len({park.origin == Origin.DEMO for park in parks}) > 1:
            raise ValidationError("Une zone fictive et une zone réelle ne vont pas dans le même inventaire.")
        # Two rounds that are kept at once would each be alone with a park.
        held = Site.objects.select_for_update(no_key=True).filter(pk__in=[park.pk for park in parks])
        list(held.order_by("pk").values_list("pk"))
        there = RoundPark.objects.filter(park__in=parks, round__adopted_on__isnull=True)
        there = there.exclude(round=self.instance.pk).select_related("park", "round")
        if other := there.first():
            raise ValidationError(
                f"«\u202f{other.park}\u202f» est déjà dans «\u202f{other.round}\u202f», qui n’est pas"
                " adopté\u202f: retirez-la de l’un des deux."
            )
        return parks

    def clean(self) -> dict:
        said = super().clean()
        now = InventoryRound.objects.select_for_update().filter(pk=self.instance.pk).first()
        if now is not None and now.adopted_on is not None:
            raise ValidationError("Un inventaire adopté ne se change plus\u202f: ouvrez le suivant.")
        start, end = said.get("consultation_start"), said.get("consultation_end")
        if end and not start and "consultation_start" not in self.errors:
            self.add_error("consultation_start", "Dites quand la consultation commence.")
        if start and said.get("opened_on") and start < said["opened_on"]:
            self.add_error("consultation_start", "La consultation vient après l’ouverture, ou le même jour.")
        if start and end and not rounds.long_enough(start, end):
            days = (end - start).days + 1
            self.add_error(
                "consultation_end",
                f"La consultation dure {days} jour{'s' if days > 1 else ''}\u00a0: la loi en veut trente.",
            )
        return said

    def save(self, commit: bool = True) -> InventoryRound:
        parks = self.cleaned_data["parks"]
        self.instance.origin = parks[0].origin
        found = super().save(commit)
        found.counted.exclude(park__in=parks).delete()
        for park in parks:
            found.counted.get_or_create(park=park)
        return found

    def _save_m2m(self) -> None:
        """Parks are written by `save`, with their counts to come."""


class ActForm(forms.Form):
    """The arrêté or deliberation that adopts an inventory."""

    adopted_on = forms.DateField(label="Adopté le", widget=DayInput())
    act = forms.CharField(
        label="Arrêté ou délibération", max_length=200, help_text="Sa référence : délibération 2026/DEV/014."
    )
