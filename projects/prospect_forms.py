"""What staff type of a case, of its passages, of weights; what is wrong is said, nothing typed is lost."""

from datetime import timedelta

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from agglo.accounts.models import User
from agglo.accounts.roles import Role
from agglo.charts import french
from agglo.figures.vocabulary import Origin
from projects.forms.fields import TOO_LARGE
from projects.models import JobPool, Lot, Prospect, ProspectPassage, Site
from projects.models.prospect_step import WEIGHTED
from projects.prospecting import stage_on

RESERVED = {"nouveau", "poids", "transformation", "calibrage"}
WHO_MAY_KNOW = ("confidentiality", "announced_on", "owner", "readers")
GROUPS = (
    ("De qui l’on parle", ("code_name", "name", "activity", "channel", "source")),
    ("Ce que le dossier apporterait", ("jobs_low", "jobs_high", "jobs_about", "transferred", "pool")),
    ("Ce qu’il cherche", ("site", "lot", "site_words", "area_low", "area_high", "invest_low", "invest_high")),
    ("Son suivi", ("entered_on", "last_contact_on")),
    ("Qui peut le connaître", WHO_MAY_KNOW),
)
NO_ELECTED = (
    "Un dossier sous accord de confidentialité ne s’ouvre qu’aux services. Retirez {}, ou choisissez"
    " «\u202frestreint\u202f»."
)
AGAIN = (
    "Le dossier est déjà à cette étape, depuis le {}. Si cette date est fausse, dites pourquoi sous"
    " «\u202fRaison\u202f»\u00a0: les deux resteront lisibles, la nouvelle fera foi."
)
LATEST = "Cette date est à venir\u00a0: notez le jour où cela a eu lieu."


class Day(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class ProspectForm(forms.ModelForm):
    """Who may know of a case is changed by who follows it, or by a reviewer."""

    class Meta:
        model = Prospect
        fields = [name for _, names in GROUPS for name in names]
        widgets = {
            "entered_on": Day(),
            "last_contact_on": Day(),
            "announced_on": Day(),
            "readers": forms.CheckboxSelectMultiple(),
        }

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance
        people = User.objects.active()
        self.fields["owner"].queryset = people.exclude(role=Role.ELECTED)
        self.fields["readers"].queryset = people
        # A real case stands on real ground and real jobs, an invented one on invented ones.
        sites = Site.objects.filter(origin=Origin.DEMO) if held.is_demo else Site.objects.attested()
        sites = sites.filter(Q(pk__in=Site.objects.published()) | Q(pk=held.site_id))
        self.fields["site"].queryset = sites
        self.fields["lot"].queryset = Lot.objects.filter(site__in=sites)
        self.fields["pool"].queryset = JobPool.objects.of_class(demo=held.is_demo).order_by("name")
        for name in ("site", "lot", "pool"):
            self.fields[name].empty_label = "aucun"
        self.fields["owner"].empty_label = "personne"
        for field in self.fields.values():
            if type(field) is forms.IntegerField:
                field.error_messages["max_value"] = TOO_LARGE
        if held.pk is None:
            self.fields["owner"].initial = user.pk
        elif not (held.owner_id == user.pk or user.holds(Role.REVIEWER)):
            for name in WHO_MAY_KNOW:
                self.fields[name].disabled = True

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean_code_name(self) -> str:
        name = self.cleaned_data["code_name"]
        if not slugify(name) or slugify(name) in RESERVED:
            raise forms.ValidationError(
                "Choisissez un autre nom de code\u00a0: des lettres, et pas un mot du site."
            )
        other = Prospect.objects.filter(slug=slugify(name)[:64]).exclude(pk=self.instance.pk)
        if self.instance.pk is None and other.exists():
            raise forms.ValidationError("Un dossier porte déjà ce nom de code, ou presque.")
        return name

    def clean(self) -> dict:
        said = super().clean()
        for name in ("entered_on", "last_contact_on"):
            if said.get(name) and said[name] > timezone.localdate():
                self.add_error(name, LATEST)
        first = self.instance.passages.order_by("on").first() if self.instance.pk else None
        if first and "entered_on" in self.changed_data and (said.get("entered_on") or first.on) > first.on:
            day = french.date_long(first.on)
            self.add_error("entered_on", f"Une étape est déjà notée le {day}\u00a0: l’entrée la précède.")
        most = [said[name] for name in ("jobs_high", "jobs_low") if said.get(name) is not None]
        if most and (said.get("transferred") or 0) > most[0]:
            self.add_error("transferred", "Ils ne peuvent pas dépasser les emplois du projet.")
        lot, site = said.get("lot"), said.get("site")
        if lot and site and lot.site_id != site.pk:
            self.add_error("lot", "Ce lot est sur un autre site.")
        elif lot:
            said["site"] = lot.site
        if said.get("confidentiality") == Prospect.Confidentiality.NDA:
            elected = [str(one) for one in said.get("readers") or () if one.role == Role.ELECTED]
            if elected:
                self.add_error("readers", NO_ELECTED.format(", ".join(elected)))
        hidden = said.get("name")
        if hidden and slugify(hidden) and slugify(hidden) in slugify(said.get("code_name") or ""):
            self.add_error(
                "code_name", "Le nom de code contient le nom de l’entreprise\u00a0: il doit le taire."
            )
        return said

    def save(self, commit: bool = True) -> Prospect:
        if self.instance.pk is None:
            self.instance.slug = slugify(self.cleaned_data["code_name"])[:64]
        return super().save(commit)


class PassageForm(forms.ModelForm):
    class Meta:
        model = ProspectPassage
        fields = ["stage", "on", "loss", "reason"]
        widgets = {"on": Day()}

    def __init__(self, *args, case: Prospect, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.case = case

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(LATEST)
        if day < self.case.entered_on:
            entered = french.date_long(self.case.entered_on)
            raise forms.ValidationError(
                f"Le dossier est entré le {entered}\u00a0: une étape ne peut pas être plus ancienne."
                " Corrigez cette date, ou l’entrée du dossier."
            )
        return day

    def clean(self) -> dict:
        """The same stage of the same day, sent twice, is kept once; of another day, it corrects that day."""
        said = super().clean()
        held = stage_on(self.case, said["on"]) if said.get("on") else None
        again = held is not None and held.stage == said.get("stage") and held.on != said["on"]
        if again and not said.get("reason"):
            self.add_error("stage", AGAIN.format(french.date_long(held.on)))
        return said


class WeightsForm(forms.Form):
    """A field a stage; it takes over from the day it is declared, never from a day before."""

    since = forms.DateField(label="Valent depuis le", widget=Day(), initial=timezone.localdate)
    decided_by = forms.CharField(label="Décidés par", max_length=200)
    why = forms.CharField(
        label="Pourquoi ces poids", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, held: dict | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for stage in WEIGHTED:
            self.fields[self.name_of(stage)] = forms.DecimalField(
                label=stage.label.capitalize(),
                min_value=0,
                max_value=100,
                decimal_places=2,
                max_digits=5,
                initial=held.get(stage) if held else None,
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )

    @staticmethod
    def name_of(stage: int) -> str:
        return f"stage-{int(stage)}"

    @property
    def stages(self) -> list:
        return [self[self.name_of(stage)] for stage in WEIGHTED]

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day < timezone.localdate():
            raise forms.ValidationError(
                "Un poids ne se déclare pas après coup\u00a0: à partir d’aujourd’hui."
            )
        if day > timezone.localdate() + timedelta(days=366):
            raise forms.ValidationError("Dans un an au plus.")
        return day

    @property
    def percents(self) -> dict[int, object]:
        return {int(stage): self.cleaned_data[self.name_of(stage)] for stage in WEIGHTED}
