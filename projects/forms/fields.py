"""Fields that read what people type: amounts with spaces and commas, days, a company by name or SIREN."""

from decimal import Decimal

from django import forms
from django.utils.text import slugify

from agglo.figures.text import search_key
from agglo.figures.vocabulary import Origin
from projects.areas import read_area
from projects.identifiers import check_siren, check_siret, tidy
from projects.models import Organisation
from projects.registering import numbered

BARE = 100  # an area smaller than this, without its unit, may as well be hectares
SPACES = str.maketrans("", "", " \u00a0\u202f€")


# Instead of the largest number that a column can hold.
TOO_LARGE = "Ce nombre est trop grand\u00a0: vérifiez ses chiffres."


class Amount(forms.DecimalField):
    """« 1 250 000,50 € » as people write it."""

    # Without `autocomplete="off"`: with it the back button gives back a form without its amount.
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": "Écrivez un nombre en chiffres, par exemple 12,5."}

    def to_python(self, value) -> Decimal | None:
        if isinstance(value, str):
            value = value.translate(SPACES).replace(",", ".")
        return super().to_python(value)


class Day(forms.DateField):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AreaField(forms.CharField):
    """« 1,7 ha » or « 16 750 m² », as square metres; None when left empty."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"max_length": 30, "help_text": "16\u00a0750\u00a0m² ou 1,7\u00a0ha."} | kwargs)

    def clean(self, value) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            metres = read_area(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if metres < BARE and text[-1].isdecimal():
            raise forms.ValidationError(
                f"Dites l’unité\u202f: {text.strip()} ha, ou {text.strip()} m²\u202f?"
            )
        if metres <= 0:
            raise forms.ValidationError(
                "Une surface est plus grande que zéro ; laissez vide si elle n’est pas connue."
            )
        return metres


class SiretField(forms.CharField):
    """Fourteen digits with a right key, however they are spaced."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**{"required": False, "max_length": 20} | kwargs)

    def clean(self, value) -> str:
        siret = tidy(super().clean(value))
        check_siret(siret)
        return siret


class CompanyFields(forms.Form):
    """A legal person by its name or SIREN; one that nobody knows yet is added with what was typed."""

    company_name = forms.CharField(
        label="Entreprise, ou son SIREN",
        max_length=200,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
        help_text="Une personne morale. Si elle n’est pas encore connue, elle est ajoutée.",
    )
    company_siren = forms.CharField(
        label="SIREN, pour une nouvelle entreprise",
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    @property
    def organisations(self) -> list[tuple[str, str]]:
        """(name, SIREN) for the list beside the field."""
        return list(Organisation.objects.values_list("name", "siren"))

    def clean_company_name(self) -> str:
        return " ".join(self.cleaned_data["company_name"].split())

    def clean_company_siren(self) -> str:
        siren = tidy(self.cleaned_data["company_siren"])
        check_siren(siren)
        return siren

    def found_company(self) -> Organisation | None:
        """The one that is known under this SIREN or name; None when it is new. Errors go to the field."""
        name, siren = self.cleaned_data.get("company_name", ""), self.cleaned_data.get("company_siren", "")
        digits = tidy(name)
        if digits.isdigit():
            known = Organisation.objects.filter(siren=digits).first()
            if known is None:
                self.add_error(
                    "company_name",
                    "Personne de connu n’a ce SIREN\u00a0: écrivez son nom ici, et le SIREN dessous.",
                )
            return known
        by_name = Organisation.objects.filter(search_key=search_key(name)).first()
        by_siren = Organisation.objects.filter(siren=siren).first() if siren else None
        if by_siren and by_siren != by_name:
            self.add_error(
                "company_siren",
                f"Ce SIREN est celui de «\u202f{by_siren}\u202f»\u00a0: choisissez-la par son nom.",
            )
        return by_name

    def new_company(self, source: str) -> Organisation:
        name, siren = self.cleaned_data["company_name"], self.cleaned_data["company_siren"]
        return new_organisation(name, Organisation.Kind.COMPANY, source, siren)


def new_organisation(
    name: str, kind: str, source: str, siren: str = "", origin: Origin = Origin.ATTESTED
) -> Organisation:
    """A legal person that nobody knew, under a key made of its name."""
    stem = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug = next(one for one in numbered(stem) if one not in taken)
    return Organisation.objects.create(
        slug=slug, name=name, kind=kind, siren=siren, source=source, origin=origin
    )
