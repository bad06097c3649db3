"""What is written once of a plan, an agreement, a school, a programme or an offer, and corrected since."""

from datetime import date

from django.db import models

from .entry import IN_FORCE, Entry, rules
from .plan import RedundancyPlan
from .school import School


class Profile(Entry):
    """Nothing is opened before a second person approves it; `said` holds the fields by name, as typed.

    Days are ISO strings and amounts decimal strings. `about` is the plan of an agreement, the school of a
    programme; `slug` the address that the record has, or will have.
    """

    class Kind(models.TextChoices):
        PLAN = "plans", "plan de sauvegarde de l’emploi"
        AGREEMENT = "accords", "convention de revitalisation"
        SCHOOL = "etablissements", "école"
        PROGRAMME = "formations", "formation"
        OFFER = "offres", "offre annoncée"

    kind = models.CharField("sorte", max_length=16, choices=Kind)
    about = models.SlugField("de quoi", max_length=64, blank=True)
    slug = models.SlugField("adresse", max_length=64)
    said = models.JSONField("ce qui est écrit", default=dict)

    class Meta:
        verbose_name = "fiche"
        ordering = ["kind", "slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "slug"], condition=IN_FORCE, name="profile_in_force_once"
            ),
            *rules("profile"),
        ]

    def __str__(self) -> str:
        return f"{str(self.get_kind_display()).capitalize()}, {self.title}"

    @property
    def title(self) -> str:
        if self.kind == self.Kind.PLAN:
            return f"{self.said.get('company', '')} {self.said.get('site', '')}".strip()
        if self.kind == self.Kind.AGREEMENT:
            return str(RedundancyPlan.objects.filter(slug=self.about).first() or self.about)
        return str(self.said.get("name") or self.slug)

    @property
    def parent(self):
        """The plan or the school it belongs to; else its own title."""
        if self.kind == self.Kind.AGREEMENT:
            return RedundancyPlan.objects.get(slug=self.about)
        if self.kind == self.Kind.PROGRAMME:
            return School.objects.get(slug=self.about)
        return self.title

    @property
    def subject_key(self) -> tuple[str, str]:
        if self.kind == self.Kind.AGREEMENT:
            return "CONVENTION", self.slug
        if self.kind in (self.Kind.SCHOOL, self.Kind.PROGRAMME):
            return "ECOLE", self.about or self.slug
        return "PLAN" if self.kind == self.Kind.PLAN else "", self.slug

    def day(self, name: str) -> date | None:
        """A day of the profile; None when nobody gave it."""
        said = self.said.get(name)
        return date.fromisoformat(said) if said else None
