"""A list as a person likes to see it: its filters, columns and order, under a name of theirs."""

from django.conf import settings
from django.db import models


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user) -> "SavedViewQuerySet":
        """Everybody sees their own."""
        return self.filter(owner=user) if getattr(user, "is_authenticated", False) else self.none()


class SavedView(models.Model):
    """`query` is what stands after the question mark of the list's address."""

    class Of(models.TextChoices):
        SITES = "sites", "sites"
        PROJECTS = "projets", "projets"

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    of = models.CharField("liste", max_length=8, choices=Of)
    name = models.CharField("nom", max_length=80)
    query = models.CharField("filtres, colonnes et ordre", max_length=1000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = "vue gardée"
        verbose_name_plural = "vues gardées"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "of", "name"], name="saved_view_once_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
