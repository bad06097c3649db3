"""Fields of what staff enters: numbers, codes and communes as people write them, refused in a sentence."""

import re
from decimal import Decimal, InvalidOperation

from django import forms

from agglo.figures.models import Subject
from agglo.figures.text import search_key
from agglo.figures.vocabulary import Qualifier

from .pasting import people

MOST = 1_000_000
MOST_EUROS = Decimal("100000000000")


class NumberField(forms.CharField):
    """A whole number; empty means not known, which is not zero."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 8})

    def clean(self, value):
        said = super().clean(value)
        if not said:
            return None
        try:
            count, qualifier = people(said, "nombre")
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if qualifier != Qualifier.EXACT:
            raise forms.ValidationError("Écrivez ici un nombre exact, ou laissez vide si on ne le sait pas.")
        if count > MOST:
            raise forms.ValidationError("Ce nombre est trop grand\u00a0: vérifiez-le.")
        return count


class AmountField(forms.CharField):
    """Euros: « 1 250 000,50 », « 16 M€ », « 400 k€ » are understood."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 14})
    TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "md": 1_000_000_000}

    def clean(self, value):
        said = super().clean(value)
        if not said:
            return None
        plain = re.sub(r"[\s\u00a0\u202f]", "", said).lower().removesuffix("€").removesuffix("euros")
        found = re.fullmatch(r"(-?\d+(?:[.,]\d+)?)(k|md|m)?", plain)
        if found is None:
            raise forms.ValidationError(
                f"«\u202f{said}\u202f» n’est pas un montant\u00a0: écrivez des euros, comme 1\u202f250."
            )
        try:
            amount = Decimal(found[1].replace(",", ".")) * self.TIMES[found[2] or ""]
        except InvalidOperation as error:
            raise forms.ValidationError("Ce montant n’est pas lisible.") from error
        if amount < 0:
            raise forms.ValidationError(
                f"«\u202f{said}\u202f» est négatif\u00a0: un montant ne peut pas l’être."
            )
        if amount > MOST_EUROS:
            raise forms.ValidationError("Ce montant est trop grand\u00a0: est-il bien en euros\u202f?")
        return amount.quantize(Decimal("0.01"))


class SirenField(forms.CharField):
    """Nine digits whose check digit holds."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 11})

    def clean(self, value):
        said = re.sub(r"[\s\u00a0\u202f.]", "", super().clean(value))
        if not said and not self.required:
            return ""
        if not re.fullmatch(r"\d{9}", said):
            raise forms.ValidationError("Un SIREN a neuf chiffres\u00a0: recopiez-le du répertoire.")
        if sum(sum(divmod(int(d) * (1 + i % 2), 10)) for i, d in enumerate(said)) % 10:
            raise forms.ValidationError("La clé de ce SIREN est fausse\u00a0: un chiffre a été mal recopié.")
        return said


class CommuneField(forms.CharField):
    """A commune by its name or its Insee code; gives the code."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "size": 24})

    def clean(self, value):
        said = super().clean(value).strip()
        if not said or re.fullmatch(r"\d[0-9AB]\d{3}", said):
            return said
        names = dict(Subject.objects.filter(scheme="COM").values_list("code", "name"))
        found = [code for code, name in names.items() if search_key(name) == search_key(said)]
        if len(found) != 1:
            raise forms.ValidationError(
                f"Aucune commune suivie ne s’appelle «\u202f{said}\u202f»\u00a0: écrivez son nom exact, ou "
                "son code Insee, qui a cinq caractères, par exemple 62119."
            )
        return found[0]


class CommunesField(forms.CharField):
    """Several communes, separated by commas or lines; gives a list of codes, none twice."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value):
        one = CommuneField(required=False)
        said = [one.clean(part) for part in re.split(r"[,;\n]", super().clean(value)) if part.strip()]
        return list(dict.fromkeys(said))

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value


class RncpField(forms.CharField):
    """A number of the national register, as « RNCP35380 » or « 35380 »: its form is checked, no more."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "size": 11})

    def clean(self, value):
        said = re.sub(r"[\s\u00a0\u202f.]", "", super().clean(value)).upper()
        number = said.removeprefix("RNCP")
        if said and not re.fullmatch(r"[1-9]\d{0,4}", number):
            raise forms.ValidationError(
                "Un numéro du répertoire s’écrit «\u202fRNCP\u202f» puis un à cinq chiffres\u00a0: recopiez-"
                "le de France compétences, ou laissez vide."
            )
        return f"RNCP{number}" if said else ""


class UaiField(forms.CharField):
    """Seven digits and a letter, as the directory of education writes them."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "size": 10})

    def clean(self, value):
        said = re.sub(r"\s", "", super().clean(value)).upper()
        if said and not re.fullmatch(r"\d{7}[A-Z]", said):
            raise forms.ValidationError(
                "Un code UAI a sept chiffres et une lettre\u00a0: recopiez-le de l’annuaire de l’éducation, "
                "ou laissez vide."
            )
        return said
