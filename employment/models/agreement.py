"""A revitalisation agreement: what was promised, what actions spent, what jobs came of them, by stage."""

from datetime import date

from django.db import models
from django.utils import timezone

from agglo.figures.models import Subject

from .entry import IN_FORCE, Entry, rules
from .plan import RedundancyPlan
from .shown import ShownWithPlanQuerySet


class Agreement(models.Model):
    """The convention signed with the State. An unknown job target stays empty."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="agreement", verbose_name="sujet")
    plan = models.OneToOneField(RedundancyPlan, models.PROTECT, related_name="agreement")
    signed_on = models.DateField("signée le", null=True, blank=True)
    due_on = models.DateField("échéance", null=True, blank=True)
    jobs_cut = models.PositiveIntegerField(
        "emplois supprimés", null=True, blank=True, help_text="Nombre retenu pour calculer l’obligation."
    )
    jobs_cut_words = models.CharField("d’où vient ce nombre", max_length=200, blank=True)
    notified_on = models.DateField(
        "licenciements notifiés le", null=True, blank=True, help_text="Le Smic en vigueur ce jour s’applique."
    )
    notified_inferred = models.BooleanField("date déduite", default=False)
    job_objective = models.PositiveIntegerField("objectif d’emplois", null=True, blank=True)
    area = models.TextField("territoires", blank=True)
    kept_since = models.DateField(
        "suivie par nos services depuis le",
        default=timezone.localdate,
        help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
    )
    communes = models.JSONField("codes des communes", default=list, blank=True)
    source = models.CharField("source", max_length=200)

    objects = ShownWithPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "convention de revitalisation"
        verbose_name_plural = "conventions de revitalisation"

    def __str__(self) -> str:
        return f"Convention de revitalisation {self.plan}"


class Action(models.Model):
    """One action of an agreement, with who runs it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="actions")
    code = models.SlugField("code", max_length=40)
    name = models.CharField("intitulé", max_length=200)
    provider = models.CharField("prestataire", max_length=200, blank=True)
    communes = models.JSONField("codes des communes", default=list, blank=True)

    class Meta:
        verbose_name = "action de revitalisation"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["agreement", "code"], name="action_once")]

    def __str__(self) -> str:
        return self.name


class AgreementReport(Entry):
    """What the steering committee was told at a date: where every action stands."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="reports")
    as_of = models.DateField("situation au")
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "état d’une convention"
        verbose_name_plural = "états d’une convention"
        ordering = ["as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "as_of", "source"], condition=IN_FORCE, name="agreement_report_once"
            ),
            *rules("agreement_report"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement}, {self.as_of:%d/%m/%Y}"

    @property
    def subject_key(self) -> tuple[str, str]:
        return "CONVENTION", self.agreement.subject.code


class ActionState(models.Model):
    """Where an action stands in a report. Every number may be unknown; stages are never added together."""

    report = models.ForeignKey(AgreementReport, models.CASCADE, related_name="states")
    action = models.ForeignKey(Action, models.PROTECT, related_name="states")
    budgeted = models.DecimalField("budgété", max_digits=14, decimal_places=2, null=True, blank=True)
    engaged = models.DecimalField("engagé", max_digits=14, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField("payé", max_digits=14, decimal_places=2, null=True, blank=True)
    fees = models.DecimalField(
        "dont frais de prestataire", max_digits=14, decimal_places=2, null=True, blank=True
    )
    jobs_objective = models.PositiveIntegerField("emplois, objectif", null=True, blank=True)
    jobs_programmed = models.PositiveIntegerField("emplois programmés", null=True, blank=True)
    jobs_observed = models.PositiveIntegerField("emplois constatés", null=True, blank=True)
    jobs_kept = models.PositiveIntegerField("emplois maintenus à 12 mois", null=True, blank=True)
    companies = models.PositiveIntegerField("entreprises aidées", null=True, blank=True)

    class Meta:
        verbose_name = "état d’une action"
        ordering = ["action", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "action"], name="action_state_once"),
            models.CheckConstraint(
                name="action_amounts_are_not_negative",
                condition=~models.Q(budgeted__lt=0)
                & ~models.Q(engaged__lt=0)
                & ~models.Q(paid__lt=0)
                & ~models.Q(fees__lt=0),
            ),
        ]

    @property
    def balance(self):
        """What remains to be paid of what was budgeted; None as long as one of them is unknown."""
        return None if self.budgeted is None or self.paid is None else self.budgeted - self.paid

    @property
    def amounts(self) -> list:
        return [self.budgeted, self.engaged, self.paid, self.balance, self.fees]

    @property
    def jobs(self) -> list:
        return [
            self.jobs_objective,
            self.jobs_programmed,
            self.jobs_observed,
            self.jobs_kept,
            self.companies,
        ]

    def cost(self, jobs: int | None):
        """Euros engaged for a job, at the stage that the number of jobs is of; None while one is unknown."""
        return self.engaged / jobs if self.engaged is not None and jobs else None

    @property
    def costs(self) -> list[tuple[str, object]]:
        """Cost of a job at each stage: aimed at, programmed, observed, kept for twelve months."""
        stages = (
            ("visé", self.jobs_objective),
            ("programmé", self.jobs_programmed),
            ("constaté", self.jobs_observed),
            ("maintenu à 12 mois", self.jobs_kept),
        )
        return [(name, self.cost(jobs)) for name, jobs in stages]


class HelpedCompany(Entry):
    """A company helped by an action, or born of the plan: followed by SIREN, never through a person."""

    YEARS = 3

    class State(models.TextChoices):
        ACTIVE = "active", "active"
        CLOSED = "closed", "cessée"
        ABSENT = "absent", "introuvable au répertoire"

    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="companies")
    plan = models.ForeignKey(RedundancyPlan, models.PROTECT, related_name="companies")
    siren = models.CharField("SIREN", max_length=9)
    name = models.CharField("raison sociale", max_length=200, help_text="D’une personne morale seulement.")
    commune = models.CharField("code de la commune", max_length=5, blank=True)
    registered_on = models.DateField("immatriculée le", null=True, blank=True)
    closed_on = models.DateField("cessée le", null=True, blank=True)
    checked_on = models.DateField("vérifiée au répertoire le", null=True, blank=True)
    checked_state = models.CharField("ce qu’il disait", max_length=8, choices=State, blank=True)
    checked_source = models.CharField("répertoire lu", max_length=200, blank=True)

    class Meta:
        verbose_name = "entreprise suivie"
        verbose_name_plural = "entreprises suivies"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "siren"], condition=IN_FORCE, name="company_once_a_plan"),
            models.CheckConstraint(
                name="company_siren_has_nine_digits", condition=models.Q(siren__regex=r"^[0-9]{9}$")
            ),
            *rules("company"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def third_year(self) -> date | None:
        """The day it is three years old."""
        born = self.registered_on
        if born is None:
            return None
        leap = born.month == 2 and born.day == 29
        return born.replace(year=born.year + self.YEARS, day=28 if leap else born.day)

    @property
    def active_at_three(self) -> bool | None:
        """Whether it was active on that day; None before it, or when no register read since says so.

        The day is computed; the state is what a person read in a register on or after it.
        """
        day = self.third_year
        if day is None:
            return None
        if self.closed_on is not None and self.closed_on < day:
            return False
        seen = self.checked_on is not None and self.checked_on >= day
        return True if seen and (self.closed_on is not None or self._read_as_active) else None

    @property
    def _read_as_active(self) -> bool:
        """Checks written before states were asked for said that the company was there."""
        return self.checked_state in ("", self.State.ACTIVE)

    def reached_three(self, day: date) -> bool:
        """Whether its third birthday has come by that day, whatever anybody checked."""
        return self.third_year is not None and self.third_year <= day
