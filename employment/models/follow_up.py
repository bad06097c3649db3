"""A dated count of a plan's people by exclusive situation, on its way from draft to ledger."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agglo.figures.vocabulary import Qualifier, Reason, Review

from .entry import IN_FORCE, Entry
from .plan import Perimeter, RedundancyPlan
from .school import SchoolReport


class Category(models.Model):
    """A situation of the official list (L. 1233-63, D. 1233-14-4), or one that commissions use besides."""

    code = models.CharField("code", max_length=24, unique=True)
    name = models.CharField("intitulé", max_length=160)
    order = models.PositiveSmallIntegerField("ordre")
    official = models.BooleanField("de la liste réglementaire", default=False)
    aliases = models.TextField("autres écritures", blank=True, help_text="Une par ligne, sans accent.")
    is_solution = models.BooleanField("est une solution", default=False)
    is_durable = models.BooleanField("est durable", default=False)
    leaves_market = models.BooleanField("sort du marché du travail", default=False)
    is_provisional = models.BooleanField("est provisoire", default=False)

    class Meta:
        verbose_name = "situation"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                name="a_durable_situation_is_a_solution", condition=Q(is_durable=False) | Q(is_solution=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlanCategory(models.Model):
    """What one plan's agreement makes of a situation: each defines its own solutions."""

    plan = models.ForeignKey(RedundancyPlan, models.CASCADE, related_name="categories")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    is_solution = models.BooleanField("est une solution")
    is_durable = models.BooleanField("est durable")
    leaves_market = models.BooleanField("sort du marché du travail")
    is_provisional = models.BooleanField("est provisoire")

    class Meta:
        verbose_name = "situation selon le plan"
        ordering = ["category__order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "category"], name="plan_category_once"),
            models.CheckConstraint(
                name="a_durable_situation_of_a_plan_is_a_solution",
                condition=Q(is_durable=False) | Q(is_solution=True),
            ),
        ]


class FollowUp(Entry):
    """What one source says of everybody at one date. Numbers of an approved one are read in the ledger.

    Two sources on the same date are two follow-ups. A correction is a new row that supersedes the former.
    """

    plan = models.ForeignKey(RedundancyPlan, models.PROTECT, related_name="follow_ups")
    perimeter = models.ForeignKey(Perimeter, models.PROTECT, related_name="+", verbose_name="périmètre")
    start = models.DateField("situation du")
    end = models.DateField("au")
    inferred = models.BooleanField("date déduite", default=False)
    dataset = models.SlugField("jeu de données", max_length=80)
    source = models.CharField("source", max_length=200)
    wording = models.TextField("mots de la source", blank=True)
    base = models.PositiveIntegerField("personnes du périmètre", null=True, blank=True)
    total = models.PositiveIntegerField("personnes avec une solution, selon la source", null=True, blank=True)
    attested = models.BooleanField("cité d’une source publique", default=False)

    class Meta:
        verbose_name = "point de suivi"
        verbose_name_plural = "points de suivi"
        ordering = ["end", "start", "pk"]
        constraints = [
            models.CheckConstraint(name="follow_up_period_is_ordered", condition=Q(end__gte=F("start"))),
            models.CheckConstraint(
                name="follow_up_is_approved_by_somebody_else",
                condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
            ),
            models.CheckConstraint(
                name="approved_follow_up_has_its_date",
                condition=Q(review=Review.APPROVED, approved_at__isnull=False)
                | (~Q(review=Review.APPROVED) & Q(approved_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="correction_says_why",
                condition=Q(corrects__isnull=True) | (~Q(reason=Reason.FIRST) & ~Q(reason_words="")),
            ),
            models.UniqueConstraint(
                fields=["plan", "dataset", "start", "end"],
                condition=IN_FORCE,
                name="one_follow_up_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {self.end:%d/%m/%Y}, {self.source}"


class FollowUpLine(models.Model):
    """People in one situation. `measure` and `breakdown` say where the ledger holds the number."""

    follow_up = models.ForeignKey(FollowUp, models.CASCADE, related_name="lines")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    label = models.CharField("intitulé de la source", max_length=160, blank=True)
    count = models.PositiveIntegerField("personnes")
    qualifier = models.SmallIntegerField(choices=Qualifier, default=Qualifier.EXACT)
    measure = models.SlugField(max_length=80)
    breakdown = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "ligne de suivi"
        ordering = ["category__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["follow_up", "category"], name="one_line_for_each_situation")
        ]

    @property
    def where(self) -> tuple[str, str]:
        return self.measure, self.breakdown


class FrozenMask(models.Model):
    """Cells masked once, by release of a plan or a school: a later one may mask more, never less."""

    plan = models.ForeignKey(RedundancyPlan, models.PROTECT, null=True, related_name="masks")
    report = models.ForeignKey(SchoolReport, models.PROTECT, null=True, related_name="masks")
    follow_up = models.ForeignKey(FollowUp, models.PROTECT, null=True, related_name="masks")
    release = models.CharField(max_length=120)
    mask = models.JSONField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "masque de publication"
        ordering = ["at"]
