"""What people decide about figures: which source to retain, where a series breaks, what is aimed at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agglo.figures.models.measure import Measure
from agglo.figures.models.observation import NumericField, Observation
from agglo.figures.models.source import Source
from agglo.figures.models.subject import Subject


class Contradiction(models.Model):
    """A question several sources answer differently; all answers stay."""

    code = models.SlugField("code", max_length=80, unique=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="contradictions")
    question = models.CharField("question", max_length=300)
    explanation = models.TextField("pourquoi les sources divergent", blank=True)
    observations = models.ManyToManyField(Observation, related_name="contradictions")

    class Meta:
        verbose_name = "contradiction"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.question

    @property
    def retained(self) -> "RetainedChoice | None":
        return self.choices.filter(superseded_at__isnull=True).first()


class RetainedChoice(models.Model):
    """The answer retained, by whom, why; a new choice supersedes the former, which stays."""

    contradiction = models.ForeignKey(Contradiction, models.PROTECT, related_name="choices")
    observation = models.ForeignKey(Observation, models.PROTECT, related_name="retained_in")
    reason = models.TextField("raison")
    chosen_by = models.CharField("choisi par", max_length=200)
    chosen_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    chosen_at = models.DateTimeField("choisi le", default=timezone.now, editable=False)
    superseded_at = models.DateTimeField("remplacé le", null=True, blank=True)

    class Meta:
        verbose_name = "valeur retenue"
        ordering = ["-chosen_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["contradiction"], condition=Q(superseded_at__isnull=True), name="one_retained_choice"
            ),
            models.CheckConstraint(name="retained_choice_says_why", condition=~Q(reason="")),
        ]


class Break(models.Model):
    """A dated event that makes values before and after it incomparable."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="breaks")
    on = models.DateField("date")
    cause = models.CharField("cause", max_length=300)
    detail = models.TextField("explication", blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "rupture de série"
        verbose_name_plural = "ruptures de série"
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["measure", "on"], name="break_once")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}\u00a0: {self.cause}"


class Target(models.Model):
    """What was aimed at, and who decided it; a new decision is a new version."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="targets")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="targets")
    due_on = models.DateField("échéance")
    value = NumericField("cible")
    start_on = models.DateField("départ de la trajectoire", null=True, blank=True)
    start_value = NumericField("valeur de départ", null=True, blank=True)
    decided_by = models.CharField("décidé par", max_length=300)
    version = models.PositiveSmallIntegerField(default=1)
    recorded_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "objectif"
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "subject", "due_on", "version"], name="target_version_once"
            )
        ]
