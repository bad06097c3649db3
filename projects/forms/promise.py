"""A promise made in public, and what became of it, as staff type them."""

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from projects.forms.legal_person import NamesLegalPerson, legal_person
from projects.forms.record import RecordForm
from projects.models import Commitment, Verdict


class PromiseForm(NamesLegalPerson):
    person = legal_person("promiser", "Qui a promis", required=True)

    class Meta:
        model = Commitment
        fields = (
            "promise",
            "made_on",
            "made_until",
            "target",
            "counted_unit",
            "qualifier",
            "due_on",
            "project",
            "site",
            "wording",
            "verbatim",
            "source",
            "note",
        )

    def __init__(self, data=None, *, instance=None, initial=None):
        super().__init__(data, instance=instance, initial=initial if instance else {"source": ""})
        self.fields["made_until"].required = False
        self.order_fields(["promise", "promiser"])
        self.fields["wording"].help_text = "Ce qui a été dit, mot pour mot si possible."

    def clean(self):
        about = [self.cleaned_data.get(name) for name in ("project", "site") if self.cleaned_data.get(name)]
        if about and self.instance.pk is None:
            self.instance.origin = about[0].origin  # whoever promised is looked for in the same class
        said = super().clean()
        if said.get("made_on") and not said.get("made_until"):
            said["made_until"] = said["made_on"]
        if len({one.is_demo for one in about}) > 1:
            self.add_error(None, "Attesté et fictif ne se mélangent pas\u00a0: choisissez autrement.")
        if self.instance.pk is None:
            self.instance.slug = _free_slug(said.get("promise") or "engagement")
        return said


class VerdictForm(RecordForm):
    class Meta:
        model = Verdict
        fields = ("status", "on", "on_words", "reached", "evidence", "said_by", "source")

    def __init__(self, data=None, *, commitment: Commitment, by=None):
        super().__init__(data, commitment=commitment, by=by, initial={"on": timezone.localdate()})

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: un verdict dit ce qui a été constaté.")
        return day


def _free_slug(promise: str) -> str:
    stem = slugify(promise)[:70] or "engagement"
    taken = set(Commitment.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if slug not in taken)
