"""One dataset's account of a measure about a subject, possibly broken down."""

from django.db import models

from agglo.figures.models.measure import MeasureVersion
from agglo.figures.models.source import Dataset
from agglo.figures.models.subject import Subject


class Breakdown(models.Model):
    """Values of dimensions, as one canonical key: `ACTIVITY=BE;NUMBER_EMPL=_T`; empty for the whole."""

    key = models.CharField("clé", max_length=300, unique=True, blank=True)
    label = models.CharField("libellé", max_length=300, blank=True)

    class Meta:
        verbose_name = "ventilation"

    def __str__(self) -> str:
        return self.label or self.key or "ensemble"


class Dimension(models.Model):
    """A dimension of breakdown, and whether its values may be added up to the whole."""

    code = models.CharField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=200)
    exclusive = models.BooleanField("valeurs exclusives", default=False)
    complete = models.BooleanField("valeurs complètes", default=False)

    class Meta:
        verbose_name = "dimension"

    def __str__(self) -> str:
        return self.name


class Series(models.Model):
    """Where observations hang. Two sources that disagree are two series; rank 0 is read by default."""

    measure_version = models.ForeignKey(MeasureVersion, models.PROTECT, related_name="series")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="series")
    breakdown = models.ForeignKey(Breakdown, models.PROTECT, related_name="series")
    dataset = models.ForeignKey(Dataset, models.PROTECT, related_name="series")
    rank = models.PositiveSmallIntegerField("ordre de lecture", default=0)
    public = models.BooleanField("publique", default=True)

    class Meta:
        verbose_name = "série"
        verbose_name_plural = "séries"
        constraints = [
            models.UniqueConstraint(
                fields=["measure_version", "subject", "breakdown", "dataset"], name="series_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_version} – {self.subject}"
