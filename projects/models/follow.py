"""How a project goes: milestones with every date they were given, money, risks, decisions, weather."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agglo.charts.french import period_label

from .organisation import Organisation
from .project import Project
from .told import Told


class Milestone(models.Model):
    """A dated step of a project. Its planned dates are kept, with their reasons; the actual one is apart."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    name = models.CharField("jalon", max_length=200)
    order = models.PositiveSmallIntegerField("ordre", default=0)
    actual_on = models.DateField("atteint le", null=True, blank=True)
    evidence = models.CharField("preuve", max_length=300, blank=True)

    class Meta:
        verbose_name = "jalon"
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="milestone_once"),
            models.CheckConstraint(
                name="reached_milestone_has_evidence", condition=Q(actual_on__isnull=True) | ~Q(evidence="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def plans(self) -> list["PlannedDate"]:
        return list(self.dates.all())

    @property
    def slip(self) -> int | None:
        """Days between the first plan and what came of it: the actual date, else the last plan."""
        plans = self.plans
        if not plans:
            return None
        return ((self.actual_on or plans[-1].planned_on) - plans[0].planned_on).days


class PlannedDate(models.Model):
    """What a milestone was planned for, from a day on. Added, never changed (trigger)."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="dates")
    planned_on = models.DateField("prévu le")
    decided_on = models.DateField("décidé le")
    reason = models.CharField("raison du changement", max_length=300, blank=True)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "date prévue"
        verbose_name_plural = "dates prévues"
        ordering = ["decided_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["milestone", "decided_on"], name="planned_date_once_a_day")
        ]


class BudgetLine(Told):
    """Money of one funder for a project, at a date: planned and actual stand apart and are never added."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="budget")
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="financeur"
    )
    label = models.CharField("objet", max_length=200)
    as_of = models.DateField("situation au")
    planned = models.DecimalField("prévu, €", max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField("payé, €", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "ligne de budget"
        verbose_name_plural = "lignes de budget"
        ordering = ["as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "funder", "label", "as_of"], name="budget_line_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="budget_is_not_negative", condition=~Q(planned__lt=0) & ~Q(actual__lt=0)
            ),
        ]


class Risk(Told):
    """What could go wrong, how likely, how bad, and what is done about it."""

    LEVELS = [(1, "faible"), (2, "moyen"), (3, "fort")]

    project = models.ForeignKey(Project, models.CASCADE, related_name="risks")
    words = models.CharField("risque", max_length=300)
    likelihood = models.PositiveSmallIntegerField("probabilité", choices=LEVELS)
    impact = models.PositiveSmallIntegerField("gravité", choices=LEVELS)
    answer = models.CharField("ce que l’on fait", max_length=300, blank=True)
    opened_on = models.DateField("vu le")
    closed_on = models.DateField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "risque"
        ordering = ["-impact", "-likelihood", "opened_on"]
        constraints = [
            models.CheckConstraint(
                name="risk_levels_are_known", condition=Q(likelihood__range=(1, 3), impact__range=(1, 3))
            ),
            models.CheckConstraint(
                name="risk_is_ordered", condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on"))
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Decision(Told):
    """What was decided, when, by whom."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="decisions")
    on = models.DateField("le")
    until = models.DateField("au plus tard le", help_text="Le même jour, ou la fin d’une période.")
    body = models.CharField("qui a décidé", max_length=200)
    words = models.CharField("ce qui a été décidé", max_length=400)
    reference = models.CharField("référence", max_length=120, blank=True)

    class Meta:
        verbose_name = "décision"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="decision_is_ordered", condition=Q(until__gte=F("on"))),
            models.UniqueConstraint(fields=["project", "on", "words"], name="decision_once"),
        ]

    @property
    def when(self) -> str:
        return period_label(self.on, self.until)


class Bulletin(Told):
    """The weather of a project on a day, with the synthesis that explains it."""

    class Weather(models.TextChoices):
        SUN = "sun", "tout va bien"
        CLOUD = "cloud", "à surveiller"
        RAIN = "rain", "en difficulté"
        STORM = "storm", "bloqué"

    project = models.ForeignKey(Project, models.CASCADE, related_name="bulletins")
    as_of = models.DateField("situation au")
    weather = models.CharField("météo", max_length=5, choices=Weather)
    synthesis = models.TextField("synthèse")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "bulletin"
        ordering = ["-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["project", "as_of"], name="bulletin_once_a_day"),
            models.CheckConstraint(name="bulletin_says_why", condition=~Q(synthesis="")),
        ]
