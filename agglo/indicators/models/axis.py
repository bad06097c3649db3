"""A strategic axis: one chapter of the catalogue, and where its heading comes from."""

from django.db import models
from django.urls import reverse


class Axis(models.Model):
    """`headings` are the article's own words; `difference` says where our cut differs from its four
    headings.
    """

    slug = models.SlugField("adresse", max_length=60, unique=True)
    name = models.CharField("intitulé", max_length=80)
    order = models.PositiveSmallIntegerField("ordre", unique=True)
    question = models.CharField("question", max_length=200)
    headings = models.CharField("intitulés de l’article", max_length=300, blank=True)
    difference = models.TextField("ce qui diffère", blank=True)
    level = models.CharField(
        "territoires comparés", max_length=16, default="COM", help_text="COM, ZE2020 ou EPCI."
    )

    class Meta:
        verbose_name = "axe"
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:axis", args=[self.slug])
