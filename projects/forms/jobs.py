"""Jobs as staff declare them: a pool of actual jobs, a number said of it, and what it is about."""

from django import forms
from django.db.models import Q
from django.utils.text import slugify

from agglo.figures.vocabulary import Origin
from projects.forms.choosing import Choosing, Finder
from projects.forms.legal_person import NamesLegalPerson, legal_person
from projects.forms.record import OURS, RecordForm
from projects.horizons import HORIZONS, after
from projects.models import JobClaim, JobPool, Project, Site
from projects.registering import numbered


class PoolForm(RecordForm):
    """The jobs of one project or of one site; `overlaps` adds a pool that may be about the same ones."""

    overlaps = forms.ModelChoiceField(
        JobPool.objects.none(),
        label="Peut-être les mêmes que",
        required=False,
        help_text="Un gisement que vous soupçonnez d’être le même\u00a0: le doute se lira, rien n’est ôté.",
    )

    class Meta:
        model = JobPool
        fields = ("name", "shared_with", "share")

    def __init__(self, data=None, *, instance=None, **given) -> None:
        super().__init__(data, instance=instance, **given)
        self.fields["name"].label = "Quels emplois"
        self.fields["name"].help_text = "«\u202fEmplois de l’usine de…\u202f». Aucun nom de personne."
        self.fields[
            "share"
        ].help_text = "Vide tant qu’aucun accord ne la fixe\u00a0: ces emplois ne sont alors pas comptés."
        about = self.instance.about
        same = Q(origin=Origin.DEMO) if about.is_demo else ~Q(origin=Origin.DEMO)
        near = Q(project__in=Project.objects.filter(same)) | Q(site__in=Site.objects.filter(same))
        self.fields["overlaps"].queryset = JobPool.objects.filter(near).exclude(pk=self.instance.pk)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        about = self.instance.about
        if about.pools.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Ce gisement est déjà au registre\u00a0: ajoutez-lui un nombre.")
        return name

    def save(self, commit: bool = True) -> JobPool:
        if not self.instance.slug:
            stem = slugify(f"{self.instance.about.slug}-{self.cleaned_data['name']}")[:70]
            taken = set(JobPool.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
            self.instance.slug = next(one for one in numbered(stem) if one not in taken)
        pool = super().save(commit)
        if self.cleaned_data["overlaps"] is not None:
            pool.may_overlap.add(self.cleaned_data["overlaps"])
        return pool


class ClaimForm(NamesLegalPerson):
    """A number of jobs in a pool. Only the company confirms it, by its link: nobody types that here."""

    person = legal_person("organisation", "Entreprise")
    horizon = forms.TypedChoiceField(
        label="Horizon",
        choices=[("", "non précisé"), *((months, f"{months}\u00a0mois") for months in HORIZONS)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Dans combien de temps ces emplois doivent être là, depuis l’annonce.",
    )

    class Meta:
        model = JobClaim
        fields = (
            "scheme", "evidence", "qualifier", "number", "as_of", "due_on", "transferred", "note", "source",
            "wording", "verbatim",
        )  # fmt: skip

    field_order = ("scheme", "evidence", "qualifier", "number", "as_of", "horizon", "due_on")

    def __init__(self, data=None, *, pool: JobPool) -> None:
        claim = JobClaim(pool=pool, origin=pool.about.origin)
        super().__init__(data, instance=claim, initial={"source": OURS})
        self.fields["transferred"].required = False
        self.fields["due_on"].help_text = "Vide\u00a0: l’horizon la donne."

    def clean_transferred(self) -> int:
        return self.cleaned_data.get("transferred") or 0

    def clean(self):
        said = super().clean()
        self.refuse_ahead("as_of", "donnez le jour de l’annonce ou du constat, et l’horizon à part.")
        if said.get("horizon") and said.get("as_of"):
            said["due_on"] = said.get("due_on") or after(said["as_of"], said["horizon"])
        if said.get("due_on") and said.get("as_of") and said["due_on"] < said["as_of"]:
            self.add_error("due_on", "L’échéance vient après l’annonce\u00a0: vérifiez les deux dates.")
        self.instance.horizon = said.get("horizon")
        return said


class AboutForm(Choosing):
    """The project or the site whose jobs are to be declared."""

    finders = (
        Finder("project", "Projet", lambda words: Project.objects.search(words), str),
        Finder("site", "Ou site", lambda words: Site.objects.search(words), str),
    )

    @property
    def record(self) -> Project | Site:
        return self.chosen["project"] or self.chosen["site"]

    def clean(self):
        said = super().clean()
        if not self.errors and sum(one is not None for one in self.chosen.values()) != 1:
            self.add_error(
                "project", "Dites le projet, ou le site s’il n’y a pas de projet\u00a0: l’un des deux."
            )
        return said
