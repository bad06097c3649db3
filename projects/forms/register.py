"""A project or a site as staff type it, new or known already; publishing it is another act."""

from django import forms
from django.utils.text import slugify

from agglo.charts.french import SPACE
from agglo.figures.text import search_key
from agglo.territory.models import Kind, Territory
from projects.bulk.sheets import LATITUDES, LONGITUDES
from projects.forms.choosing import Choosing, Finder
from projects.forms.fields import new_organisation
from projects.forms.legal_person import legal_person
from projects.forms.record import RecordForm
from projects.models import Organisation, Project, Site
from projects.registering import enter, follow

ADD_SITE = "site"


def sites(words: str):
    return Site.objects.attested().search(words).select_related("commune__subject")


def communes(words: str):
    return Territory.objects.filter(kind=Kind.COMMUNE).search(words).named().without_contour()


def _place(site: Site) -> str:
    return f"{site.name} – {site.commune.name if site.commune else 'commune non connue'}"


LEAD = legal_person("lead", "Porteur")
SITE = Finder(
    "site",
    "Site",
    sites,
    _place,
    help_text="Où il se passe\u00a0: quelques lettres du nom, de la commune ou de l’adresse.",
    adding=[(ADD_SITE, "aucun de ceux-là\u00a0: garder le projet, puis ajouter ce site")],
)
COMMUNE = Finder(
    "commune",
    "Commune",
    communes,
    lambda one: f"{one.name} ({one.code})",
    key="subject__search_key",
    help_text="Quelques lettres, ou le code postal. Sans commune ni point, le site n’est pas sur la carte.",
)


class _Register(Choosing, RecordForm):
    """Writes what was chosen, and gives a new record its key and its row in the ledger."""

    first: tuple[str, ...] = ()

    def __init__(self, data=None, *, instance=None, initial=None, **more) -> None:
        held = {one.name: getattr(instance, one.name) for one in self.finders} if instance else {}
        super().__init__(data, instance=instance, initial=initial, held=held, **more)
        self.order_fields(self.first)

    def clean(self):
        said = super().clean()
        for name, record in self.chosen.items():
            setattr(self.instance, name, record)
        self._once()
        return said

    def _once(self) -> None:
        """Adds an error when such a record is there already; each form looks among its own kind."""
        raise NotImplementedError

    def _already(self, twins, where: str) -> None:
        name = self.cleaned_data.get("name", "")
        known = twins.filter(search_key__startswith=search_key(name)).exclude(pk=self.instance.pk)
        same = next((one for one in known if search_key(one.name) == search_key(name)), None)
        if name and same is not None:
            self.add_error(
                "name",
                f"«\u202f{same}\u202f» est déjà au registre{where}{SPACE}: précisez le nom.",
            )

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not slugify(name):
            raise forms.ValidationError("Écrivez un nom en lettres.")
        return name

    def save(self, commit: bool = True):
        record = self.instance
        if record.pk is None:
            return enter(record)
        super().save()
        follow(record)
        return record


class ProjectForm(_Register):
    finders = (LEAD, SITE)
    first = ("name", "kind", "axis", "lead", "site", "delegation", "about")

    class Meta:
        model = Project
        fields = ("name", "kind", "axis", "delegation", "about", "circular", "source", "wording", "verbatim")

    def __init__(self, data=None, **more) -> None:
        super().__init__(data, **more)
        self.fields["name"].help_text = "Comme on l’appelle\u00a0: l’adresse de sa page en est faite."
        self.fields["source"].help_text = "Qui le dit\u00a0: une délibération, un article, un service."
        self.fields["about"].help_text = "Ce que la page dit en premier. Aucun nom de personne."
        self.fields["about"].widget.attrs["rows"] = 5
        if self.fields["delegation"].queryset.exists():
            self.fields["delegation"].empty_label = "aucune"
        else:
            del self.fields["delegation"]

    def _once(self) -> None:
        lead = self.chosen.get("lead")
        if "lead" not in self.adding and "lead" not in self.errors:
            self._already(
                Project.objects.filter(lead=lead), f", porté par {lead}" if lead else ", sans porteur"
            )

    def save(self, commit: bool = True) -> Project:
        kind = self.adding.get("lead")
        if kind:
            self.instance.lead = self._new_lead(kind)
        return super().save(commit)

    def _new_lead(self, kind: str) -> Organisation:
        name = " ".join(self.cleaned_data["lead"].split())
        return new_organisation(name, kind, self.cleaned_data["source"])


class NewProjectForm(ProjectForm):
    """What it takes to begin with; its page asks for the rest."""

    class Meta(ProjectForm.Meta):
        fields = ("name", "kind", "axis", "delegation", "about", "circular", "source")


class SiteForm(_Register):
    finders = (COMMUNE,)
    first = ("name", "kind", "commune", "address", "latitude", "longitude", "about")
    first += ("pollution", "pollution_words", "zoning", "networks")

    class Meta:
        model = Site
        fields = (
            "name", "kind", "address", "latitude", "longitude", "about",
            "pollution", "pollution_words", "zoning", "source", "wording", "verbatim",
        )  # fmt: skip

    networks = forms.CharField(
        label="Réseaux présents",
        required=False,
        max_length=300,
        help_text="Séparés par des virgules\u00a0: eau, électricité, gaz, fibre, fer…",
    )

    def __init__(self, data=None, **more) -> None:
        super().__init__(data, **more)
        self.fields["name"].help_text = "Comme on l’appelle\u00a0: l’adresse de sa page en est faite."
        self.fields["source"].help_text = "Qui le dit\u00a0: une délibération, un relevé, un service."
        self.fields[
            "latitude"
        ].help_text = "En degrés, par exemple 50,52. Vide\u00a0: le centre de la commune."
        self.fields["longitude"].help_text = "En degrés, par exemple 2,64."
        self.fields["about"].widget.attrs["rows"] = 5
        if "networks" in self.fields:
            self.initial["networks"] = ", ".join(self.instance.networks)

    def clean_networks(self) -> str:
        words = (" ".join(word.split()) for word in self.cleaned_data["networks"].split(","))
        self.instance.networks = [word for word in dict.fromkeys(words) if word]
        return self.cleaned_data["networks"]

    def _once(self) -> None:
        commune = self.chosen.get("commune")
        if "commune" not in self.errors:
            self._already(Site.objects.filter(commune=commune), f" à {commune.name}" if commune else "")

    def clean(self):
        said = super().clean()
        point = said.get("latitude"), said.get("longitude")
        for name, value, (low, high) in zip(
            ("latitude", "longitude"), point, (LATITUDES, LONGITUDES), strict=True
        ):
            if value is not None and not low <= value <= high:
                self.add_error(
                    name,
                    f"Entre {low} et {high} degrés en France{SPACE}: les deux sont-elles échangées\u202f?",
                )
        if not {"latitude", "longitude"} & set(self.errors) and (point[0] is None) != (point[1] is None):
            self.add_error(
                "latitude" if point[0] is None else "longitude",
                "Un point a une latitude et une longitude\u00a0: il en manque une.",
            )
        self.instance.position = Site.Position.COMMUNE if point[0] is None else Site.Position.STATED
        return said


class NewSiteForm(SiteForm):
    networks = None

    class Meta(SiteForm.Meta):
        fields = ("name", "kind", "address", "latitude", "longitude", "about", "source")
