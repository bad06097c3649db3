"""A case and its acts, as staff type them."""

from django import forms
from django.utils import timezone

from agglo.territory.models import Kind, Territory
from projects.forms.fields import CompanyFields, Day
from projects.forms.record import RecordForm
from projects.models import SupportAct, SupportCase


class CaseForm(CompanyFields, RecordForm):
    class Meta:
        model = SupportCase
        fields = (
            "scheme",
            "about",
            "opened_on",
            "closed_on",
            "project",
            "commune",
            "result",
            "result_on",
            "investment",
            "investment_decided_on",
            "source",
        )

    def __init__(self, data=None, *, instance=None, initial=None, by=None):
        start = {"opened_on": timezone.localdate()} | (initial or {})
        if instance is not None:
            start = {"company_name": instance.company.name}
        super().__init__(data, instance=instance, initial=start, by=by)
        self.order_fields(["company_name", "company_siren", "scheme", "about"])
        communes = Territory.objects.filter(kind=Kind.COMMUNE).named()
        self.fields["commune"].queryset = communes.without_contour()

    def clean(self):
        said = super().clean()
        self.known = self.found_company()
        if self.known is not None:
            self.instance.company, self.instance.origin = self.known, self.known.origin
        return said

    def save(self, commit: bool = True) -> SupportCase:
        if self.known is None:
            self.instance.company = self.new_company(self.cleaned_data["source"])
        if self.instance.pk is None:
            self.instance.adviser = self.by
        return super().save(commit)


class ActForm(forms.ModelForm):
    """The kind is the button that was pressed; the day is today until somebody says otherwise."""

    on = Day(label="Le", initial=timezone.localdate)
    words = forms.CharField(
        label="En une phrase",
        required=False,
        max_length=300,
        help_text="Facultatif. Ni nom de personne, ni santé, ni mandat.",
    )

    class Meta:
        model = SupportAct
        fields = ("kind", "on", "words")

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: un acte se note une fois fait.")
        return day


class WithdrawForm(forms.Form):
    """An act noted by mistake stays, with the reason why it no longer counts."""

    why = forms.CharField(label="Pourquoi le retirer", max_length=300)

    def __init__(self, data=None, *, act: SupportAct):
        super().__init__(data)
        self.act = act

    def save(self) -> SupportAct:
        self.act.withdrawn_because = self.cleaned_data["why"]
        self.act.save(update_fields=["withdrawn_because"])
        return self.act
