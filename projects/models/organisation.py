"""Legal persons that own, occupy, lead or promise; never a natural person."""

from django.db import models
from django.db.models import Q

from agglo.figures.text import search_key
from projects.identifiers import check_siren
from projects.search_keys import organisation_renamed

from .told import Told


class Organisation(Told):
    """A company, a laboratory, a public body. Its SIREN stays empty as long as nobody gave it."""

    class Kind(models.TextChoices):
        COMPANY = "company", "entreprise"
        PUBLIC = "public", "organisme public"
        RESEARCH = "research", "laboratoire, centre technique"
        TRAINING = "training", "établissement d’enseignement"
        CHAMBER = "chamber", "chambre consulaire"
        OTHER = "other", "autre personne morale"

    slug = models.SlugField("identifiant", max_length=80, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=Kind)
    siren = models.CharField("SIREN", max_length=9, blank=True, validators=[check_siren])
    role = models.CharField("ce qu’elle fait ici", max_length=300, blank=True)
    search_key = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = "organisation"
        ordering = ["search_key"]
        constraints = [
            models.UniqueConstraint(fields=["siren"], condition=~Q(siren=""), name="organisation_siren_once"),
            models.CheckConstraint(
                name="organisation_siren_has_nine_digits",
                condition=Q(siren="") | Q(siren__regex=r"^[0-9]{9}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        known = self.pk is not None
        self.search_key = search_key(self.name)
        super().save(*args, **kwargs)
        if known:
            organisation_renamed([self.pk])
