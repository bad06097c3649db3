"""Training schools: programmes, pupils at a date, exits by reason, results; and offers only planned."""

from datetime import date

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agglo.figures.models import Subject

from .entry import IN_FORCE, Entry, rules
from .shown import ShownQuerySet

RNCP = r"^RNCP[0-9]{1,5}$"


class School(models.Model):
    """A school that exists; its subject carries its figures."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="school", verbose_name="sujet")
    slug = models.SlugField("adresse", max_length=64, unique=True)
    name = models.CharField("nom", max_length=200)
    commune = models.CharField("code de la commune", max_length=5)
    uai = models.CharField("UAI", max_length=8, blank=True, help_text="Code de l’annuaire de l’éducation.")
    about = models.TextField("en quelques mots", blank=True)
    kept_since = models.DateField(
        "suivie par nos services depuis le",
        default=timezone.localdate,
        help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
    )
    published = models.BooleanField("publiée", default=False)

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = "école"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="school_uai_is_well_formed", condition=Q(uai="") | Q(uai__regex=r"^[0-9]{7}[A-Z]$")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/ecoles/{self.slug}/"

    @property
    def path(self) -> str:
        return f"/ecoles/{self.slug}/"


class Programme(models.Model):
    """What one learns there. The RNCP number is only what somebody read in the register; empty otherwise."""

    school = models.ForeignKey(School, models.PROTECT, related_name="programmes")
    name = models.CharField("intitulé", max_length=200)
    level = models.PositiveSmallIntegerField("niveau", null=True, blank=True)
    months = models.PositiveSmallIntegerField("durée, en mois", null=True, blank=True)
    rncp = models.CharField(
        "numéro RNCP",
        max_length=9,
        blank=True,
        validators=[RegexValidator(RNCP, "Un numéro du répertoire s’écrit « RNCP » suivi de chiffres.")],
    )
    capacity = models.PositiveSmallIntegerField("capacité", null=True, blank=True)
    opened_on = models.DateField("ouverte le", null=True, blank=True)
    source = models.CharField("source", max_length=200, blank=True)

    class Meta:
        verbose_name = "formation"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="programme_once"),
            models.CheckConstraint(
                name="programme_rncp_is_well_formed", condition=Q(rncp="") | Q(rncp__regex=RNCP)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def teaches(self, day: date) -> bool:
        """Whether it had pupils to count on that day; as far as anybody knows, when no day is given."""
        return self.opened_on is None or self.opened_on <= day

    def examines(self, session: int) -> bool:
        """Whether pupils who entered when it opened were through by that session."""
        if self.opened_on is None:
            return True
        months = self.opened_on.month + (self.months or 24) - 1
        return self.opened_on.year + months // 12 <= session


class SchoolReport(Entry):
    """What a school tells at a date: pupils, exits, results, machines, orders, partners. Never a list."""

    school = models.ForeignKey(School, models.PROTECT, related_name="reports")
    as_of = models.DateField("situation au")
    source = models.CharField("source", max_length=200)
    machines = models.PositiveSmallIntegerField("machines de l’atelier", null=True, blank=True)
    orders = models.PositiveIntegerField("commandes de l’année scolaire", null=True, blank=True)
    partners = models.PositiveSmallIntegerField("entreprises partenaires", null=True, blank=True)

    class Meta:
        verbose_name = "relevé d’une école"
        verbose_name_plural = "relevés d’une école"
        ordering = ["as_of", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "as_of", "source"], condition=IN_FORCE, name="school_report_once"
            ),
            *rules("school_report"),
        ]

    def __str__(self) -> str:
        return f"{self.school}, {self.as_of:%d/%m/%Y}"

    @property
    def subject_key(self) -> tuple[str, str]:
        return "ECOLE", self.school.subject.code


class Enrolment(models.Model):
    """Pupils enrolled at the date of the report; an aggregate, never a list."""

    report = models.ForeignKey(SchoolReport, models.CASCADE, related_name="enrolments")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="enrolments")
    pupils = models.PositiveSmallIntegerField("élèves")
    capacity = models.PositiveSmallIntegerField("places", null=True, blank=True)

    class Meta:
        verbose_name = "effectif"
        constraints = [models.UniqueConstraint(fields=["report", "programme"], name="enrolment_once")]


class Exit(models.Model):
    """Pupils who left during a year, by reason; a change of direction is not a drop-out."""

    class Why(models.TextChoices):
        REDIRECTED = "redirected", "réorientation"
        JOB = "job", "emploi"
        DROPPED = "dropped", "sans solution"
        UNKNOWN = "unknown", "raison inconnue"

    report = models.ForeignKey(SchoolReport, models.CASCADE, related_name="exits")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="exits")
    year = models.PositiveSmallIntegerField("année scolaire commencée en")
    why = models.CharField("raison", max_length=12, choices=Why)
    pupils = models.PositiveSmallIntegerField("élèves")

    class Meta:
        verbose_name = "sortie"
        ordering = ["year", "why"]
        constraints = [
            models.UniqueConstraint(fields=["report", "programme", "year", "why"], name="exit_once")
        ]


class Result(models.Model):
    """What became of the pupils who entered one year: presented, passed, still learning, at work."""

    report = models.ForeignKey(SchoolReport, models.CASCADE, related_name="results")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="results")
    year = models.PositiveSmallIntegerField("session")
    entrants = models.PositiveSmallIntegerField("entrés en première année")
    presented = models.PositiveSmallIntegerField("présentés")
    passed = models.PositiveSmallIntegerField("reçus")
    further = models.PositiveSmallIntegerField("en poursuite d’études", null=True, blank=True)
    working_6 = models.PositiveSmallIntegerField("en emploi à 6 mois", null=True, blank=True)
    working_12 = models.PositiveSmallIntegerField("en emploi à 12 mois", null=True, blank=True)

    class Meta:
        verbose_name = "résultat"
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["report", "programme", "year"], name="result_once"),
            models.CheckConstraint(
                name="result_passed_were_presented",
                condition=Q(passed__lte=F("presented"), presented__lte=F("entrants")),
            ),
        ]


class PlannedOffer(models.Model):
    """A training offer that somebody announces; it is not a school."""

    slug = models.SlugField("code", max_length=64, unique=True)
    name = models.CharField("intitulé", max_length=200)
    holder = models.CharField("porteur", max_length=200, blank=True)
    status = models.CharField("où cela en est", max_length=120)
    quotation = models.CharField("mots de la source", max_length=300)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "offre annoncée"
        verbose_name_plural = "offres annoncées"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
