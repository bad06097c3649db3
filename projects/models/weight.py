"""How likely a case of each stage is to settle: an assumption that somebody declared on a day, and why."""

from decimal import Decimal
from fractions import Fraction

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agglo.charts import french
from agglo.figures.vocabulary import Origin

from .prospect_step import WEIGHTED, ProspectStage


class WeightSetQuerySet(models.QuerySet):
    def of_class(self, *, demo: bool = False) -> "WeightSetQuerySet":
        """Latest first. Invented cases have invented weights: neither ever serves the other class."""
        held = self.filter(origin=Origin.DEMO) if demo else self.exclude(origin=Origin.DEMO)
        return held.order_by("-since", "-pk").prefetch_related("weights")

    def in_force(self, day=None, *, demo: bool = False) -> "WeightSet | None":
        """The last set declared for that day or before; None when there was none yet."""
        return self.of_class(demo=demo).filter(since__lte=day or timezone.localdate()).first()


class WeightSet(models.Model):
    """One declaration. A new one takes over; none is ever rewritten."""

    since = models.DateField("vaut depuis le", default=timezone.localdate)
    decided_by = models.CharField("décidé par", max_length=200)
    why = models.TextField("pourquoi ces poids", max_length=1000)
    origin = models.SmallIntegerField("classe", choices=Origin, default=Origin.ATTESTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    objects = WeightSetQuerySet.as_manager()

    class Meta:
        verbose_name = "jeu de poids"
        verbose_name_plural = "jeux de poids"
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(name="weights_say_who_and_why", condition=~Q(decided_by="") & ~Q(why=""))
        ]

    def __str__(self) -> str:
        return f"{self.decided_by}, {self.since:%d/%m/%Y}"

    @property
    def by_stage(self) -> dict[int, Fraction]:
        """Stage to weight, from 0 to 1."""
        return {one.stage: Fraction(one.percent) / 100 for one in self.weights.all()}


class Weight(models.Model):
    """The percentage of one stage, in one set."""

    weights = models.ForeignKey(WeightSet, models.CASCADE, related_name="weights")
    stage = models.SmallIntegerField("étape", choices=[(int(stage), stage.label) for stage in WEIGHTED])
    percent = models.DecimalField(
        "poids, %",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))],
    )

    class Meta:
        verbose_name = "poids"
        verbose_name_plural = "poids"
        ordering = ["stage"]
        constraints = [
            models.UniqueConstraint(fields=["weights", "stage"], name="weight_once_a_stage"),
            models.CheckConstraint(name="weight_is_a_percentage", condition=Q(percent__range=(0, 100))),
            models.CheckConstraint(
                name="weight_stage_is_weighted", condition=Q(stage__in=[int(stage) for stage in WEIGHTED])
            ),
        ]

    def __str__(self) -> str:
        return f"{ProspectStage(self.stage).short} {self.words}"

    @property
    def words(self) -> str:
        return french.percent(self.percent, None)

    @property
    def plain(self) -> str:
        """« 25 », « 2.5 »: without the zeros that the column keeps."""
        return f"{self.percent:f}".rstrip("0").rstrip(".") if self.percent % 1 else f"{self.percent:.0f}"
