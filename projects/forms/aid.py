"""Aid as staff type it: a line and its beneficiary, movements, counterparts, checks, group links."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from agglo.charts import french
from agglo.figures.vocabulary import Origin
from projects.forms.fields import Amount, CompanyFields, Day, SiretField
from projects.forms.legal_person import NamesLegalPerson, legal_person
from projects.forms.record import RecordForm
from projects.models import (
    Beneficiary,
    Counterpart,
    CounterpartCheck,
    FundingLine,
    Movement,
    Organisation,
    UndertakingLink,
)


class LineForm(CompanyFields, NamesLegalPerson):
    """A line and its first beneficiary; further ones are added on the page of shares."""

    person = legal_person("funder", "Financeur", required=True)
    siret = SiretField(
        label="SIRET de l’établissement aidé",
        help_text="Le fichier réglementaire des subventions le demande.",
    )

    class Meta:
        model = FundingLine
        fields = (
            "about",
            "scheme",
            "project",
            "form",
            "regime",
            "regime_detail",
            "legal_basis",
            "payment",
            "payment_words",
            "pay_from",
            "pay_until",
            "rae",
            "jobs",
            "source",
        )

    def __init__(self, data=None, *, instance=None, initial=None, by=None, **given):
        super().__init__(data, instance=instance, initial=initial, by=by, **given)
        if instance is not None:
            for name in ("company_name", "company_siren", "siret"):
                del self.fields[name]
            self.order_fields(["about", "funder"])
        else:
            self.order_fields(["company_name", "company_siren", "siret", "about", "funder"])

    def clean(self):
        self.known = None
        if "company_name" in self.fields:
            self.known = self.found_company()
            if self.known is not None:
                self.instance.origin = self.known.origin  # the funder is looked for in the same class
        said = super().clean()
        siren = self.known.siren if self.known is not None else ""
        if said.get("siret") and siren and not said["siret"].startswith(siren):
            self.add_error("siret", "Ce SIRET n’est pas d’un établissement de cette entreprise.")
        if self.instance.published and self.instance.origin != Origin.DEMO and not said.get("legal_basis"):
            self.add_error(
                "legal_basis",
                "Une aide publiée dit sur quelle base elle repose, une délibération par exemple.",
            )
        return said

    def save(self, commit: bool = True) -> FundingLine:
        line = super().save(commit)
        if "company_name" in self.fields:
            company = self.known or self.new_company(self.cleaned_data["source"])
            Beneficiary.objects.create(
                line=line,
                organisation=company,
                siret=self.cleaned_data["siret"],
                source=line.source,
                origin=line.origin,
            )
        return line


class MovementForm(RecordForm):
    """An amount left empty stays unknown; a grant counts on the day the right is born."""

    class Meta:
        model = Movement
        fields = (
            "kind",
            "amount",
            "qualifier",
            "on",
            "until",
            "evidence",
            "reference",
            "grant_equivalent",
            "counterpart",
            "source",
        )

    def __init__(self, data=None, *, line: FundingLine, by=None, initial=None):
        super().__init__(data, line=line, by=by, initial=initial)
        kinds = [one for one in Movement.Kind.choices if one[0] != Movement.Kind.CANCELLED]
        self.fields["kind"].choices = kinds
        self.fields["until"].required = False
        self.fields["until"].help_text = "Seulement quand le jour n’est pas connu."
        self.fields["counterpart"].queryset = line.counterparts.all()
        self.fields["counterpart"].label = "Contrepartie non tenue"
        if not line.counterparts.exists():
            del self.fields["counterpart"]
        if line.form not in (FundingLine.Form.LOAN, FundingLine.Form.GUARANTEE, FundingLine.Form.OTHER):
            del self.fields["grant_equivalent"]

    def clean(self):
        said = super().clean()
        if said.get("on") and not said.get("until"):
            said["until"] = said["on"]
        if said.get("on") and said["on"] > timezone.localdate() and said.get("kind") != Movement.Kind.ASKED:
            self.add_error("on", "Cette date est à venir\u00a0: un mouvement se note une fois fait.")
        same = ("kind", "amount", "on", "reference")
        twin = self.instance.line.movements.in_force().filter(**{name: said.get(name) for name in same})
        if not self.errors and twin.exists():
            self.add_error(
                None,
                "Ce mouvement est déjà noté, du même jour et du même montant. S’il y en a eu deux, donnez à"
                " celui-ci sa référence.",
            )
        return said


class CancelForm(RecordForm):
    """A movement typed by mistake stays, with the entry that cancels it."""

    class Meta:
        model = Movement
        fields = ("evidence",)
        labels = {"evidence": "Pourquoi l’annuler"}

    def __init__(self, data=None, *, movement: Movement, by=None):
        today = timezone.localdate()
        super().__init__(
            data,
            by=by,
            line=movement.line,
            kind=Movement.Kind.CANCELLED,
            cancels=movement,
            on=today,
            until=today,
            source="Services de l’agglomération",
        )


class CounterpartForm(RecordForm):
    class Meta:
        model = Counterpart
        fields = (
            "kind",
            "words",
            "target",
            "counted_unit",
            "qualifier",
            "due_on",
            "check_on",
            "clawback",
            "commitment",
            "source",
        )


class CheckForm(RecordForm):
    on = Day(label="Constaté le", initial=timezone.localdate)

    class Meta:
        model = CounterpartCheck
        fields = ("on", "found", "reached", "evidence", "said_by", "source")

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: un constat se note une fois fait.")
        return day

    def clean(self):
        said = super().clean()
        target, reached = self.instance.counterpart.target, said.get("reached")
        if target is None or reached is None:
            return said
        short, found = reached < target, said.get("found")
        if (found == CounterpartCheck.Found.KEPT and short) or (
            found == CounterpartCheck.Found.PARTLY and not short
        ):
            said_so = f"{french.number(reached, None)} pour une cible de {french.number(target, None)}"
            self.add_error(
                "reached", f"{said_so}\u00a0: cela ne va pas avec ce constat. Vérifiez l’un ou l’autre."
            )
        return said


class LinkForm(RecordForm):
    class Meta:
        model = UndertakingLink
        fields = ("controller", "controlled", "ground", "start", "start_words", "end", "source", "wording")

    def clean(self):
        said = super().clean()
        one, other = said.get("controller"), said.get("controlled")
        if one and other and one.is_demo == other.is_demo:
            self.instance.origin = one.origin
        return said


class DeMinimisForm(forms.Form):
    """A question, not a record: asked by GET, so that the answer can be printed and sent."""

    entreprise = forms.ModelChoiceField(
        label="Entreprise", queryset=Organisation.objects.all(), empty_label="Choisir"
    )
    montant = Amount(
        label="Aide prévue, €", required=False, min_value=Decimal("0.01"), max_digits=14, decimal_places=2
    )
    le = Day(label="Octroi prévu le", initial=timezone.localdate)
