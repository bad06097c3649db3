"""The beneficiaries of a line all at once: their parts make the whole."""

from decimal import Decimal

from django import forms
from django.db import transaction
from django.forms.models import model_to_dict

from agglo.charts import french
from projects.forms.fields import Amount, Day, SiretField
from projects.models import Beneficiary, FundingLine, Organisation

SPARE = 2  # empty rows offered


class ShareForm(forms.Form):
    """One row; emptied of its percent, it goes."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label="Bénéficiaire", required=False, empty_label="personne"
    )
    percent = Amount(
        label="Part, en %", required=False, min_value=Decimal("0.01"), max_value=100, decimal_places=2
    )
    siret = SiretField(label="SIRET")
    rna = forms.RegexField(
        r"^W\d{9}$",
        label="Numéro RNA",
        required=False,
        error_messages={"invalid": "Un numéro RNA commence par W, puis neuf chiffres."},
    )
    taken_over_by = forms.ModelChoiceField(
        Organisation.objects.all(), label="Activité reprise par", required=False, empty_label="personne"
    )
    taken_over_on = Day(label="Reprise le", required=False)
    taken_over_why = forms.CharField(label="Preuve de la reprise", required=False, max_length=300)

    def clean(self):
        said = super().clean()
        if said.get("percent") and not said.get("organisation"):
            self.add_error("organisation", "Dites qui reçoit cette part.")
        over = [bool(said.get(name)) for name in ("taken_over_by", "taken_over_on", "taken_over_why")]
        if any(over) and not all(over):
            self.add_error(
                "taken_over_by", "Une reprise a son entreprise, sa date et sa preuve\u00a0: donnez les trois."
            )
        return said

    @property
    def kept(self) -> bool:
        return bool(self.cleaned_data.get("percent"))


class _Shares(forms.BaseFormSet):
    def clean(self):
        if any(form.errors for form in self.forms):
            return
        rows = [form.cleaned_data for form in self.forms if form.kept]
        whole = sum(row["percent"] for row in rows)
        if whole != 100:
            said = french.quantity(whole, "%", None)
            raise forms.ValidationError(f"Les parts font {said}, et non 100\u00a0%\u00a0: ajustez-les.")
        if len({row["organisation"].pk for row in rows}) < len(rows):
            raise forms.ValidationError("Une entreprise apparaît deux fois\u00a0: réunissez ses parts.")


def shares_form(data=None, *, line: FundingLine) -> _Shares:
    """The rows of a line, ready to be typed over; `save()` replaces them together."""
    rows = list(line.beneficiaries.all())
    names = [name for name in ShareForm.base_fields if name != "percent"]
    start = [model_to_dict(one, names) | {"percent": french.number(one.share * 100, None)} for one in rows]
    factory = forms.formset_factory(ShareForm, formset=_Shares, extra=SPARE, max_num=20)
    found = factory(data, initial=start)

    def save() -> FundingLine:
        with transaction.atomic():
            line.beneficiaries.all().delete()
            for form in found.forms:
                if form.kept:
                    said = {name: form.cleaned_data[name] for name in names}
                    Beneficiary.objects.create(
                        line=line,
                        share=form.cleaned_data["percent"] / 100,
                        source=line.source,
                        origin=line.origin,
                        **said,
                    )
        return line

    found.save = save
    return found
