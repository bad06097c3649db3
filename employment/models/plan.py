"""A redundancy plan: whose, where, its legal dates, and the perimeters that its sources count."""

from django.db import models
from django.utils import timezone

from agglo.figures.models import Subject

from .entry import IN_FORCE, Entry, rules
from .shown import ShownQuerySet

SCHEME = "PLAN"


class RedundancyPlan(models.Model):
    """One plan de sauvegarde de l’emploi; what is counted about it stands in the ledger under `subject`."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="plan", verbose_name="sujet")
    slug = models.SlugField("adresse", max_length=64, unique=True)
    company = models.CharField("entreprise", max_length=200)
    siren = models.CharField("SIREN", max_length=9, blank=True)
    site = models.CharField("site", max_length=200)
    site_code = models.CharField(
        "code du site", max_length=64, blank=True, help_text="Code du sujet de nomenclature SITE."
    )
    commune = models.CharField("code de la commune", max_length=5, blank=True)
    counting_rule = models.TextField(
        "règle de comptage", blank=True, help_text="Par exemple : un CDI compte à la signature."
    )
    adviser = models.CharField("cabinet de reclassement", max_length=200, blank=True)
    kept_since = models.DateField(
        "suivi par nos services depuis le",
        default=timezone.localdate,
        help_text="Nos services ne doivent rien avant la première échéance qui suit ce jour.",
    )
    published = models.BooleanField("publié", default=False)

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = "plan de sauvegarde de l’emploi"
        verbose_name_plural = "plans de sauvegarde de l’emploi"
        ordering = ["company", "site"]
        constraints = [
            models.CheckConstraint(
                name="plan_siren_has_nine_digits",
                condition=models.Q(siren="") | models.Q(siren__regex=r"^[0-9]{9}$"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.site}"

    def get_absolute_url(self) -> str:
        return f"/plans/{self.slug}/"

    @property
    def key(self) -> tuple[str, str]:
        return SCHEME, self.slug

    @property
    def path(self) -> str:
        return f"/plans/{self.slug}/"


class PlanEvent(Entry):
    """A dated step of the plan, legal or not, with its proof; the public reads what is in force."""

    class Kind(models.TextChoices):
        OPENED = "opened", "ouverture de l’usine"
        ANNOUNCED = "announced", "annonce de la fermeture"
        CONFIRMED = "confirmed", "fermeture confirmée"
        INDEMNITY = "indemnity", "accord sur les indemnités"
        SIGNED = "signed", "signature du plan"
        VALIDATED = "validated", "validation par l’administration du travail"
        LAST_DAY = "last_day", "dernier jour travaillé"
        SITE_SOLD = "site_sold", "accord sur la reprise du site"
        OWNER = "owner", "changement de propriétaire du site"
        COMMISSION = "commission", "réunion de la commission de suivi"
        AGREEMENT = "agreement", "convention de revitalisation"
        MEASURES_END = "measures_end", "fin des mesures"
        CLOSED = "closed", "réunion de clôture"
        OTHER = "other", "autre date"

    plan = models.ForeignKey(RedundancyPlan, models.CASCADE, related_name="events")
    kind = models.CharField("étape", max_length=12, choices=Kind)
    on = models.DateField("date")
    until = models.DateField("jusqu’au", help_text="Le même jour, ou la fin d’une période moins précise.")
    inferred = models.BooleanField("date déduite", default=False)
    words = models.CharField("ce qui s’est passé", max_length=300)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "date d’un plan"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="plan_event_is_ordered", condition=models.Q(until__gte=models.F("on"))
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "on"], condition=IN_FORCE, name="plan_event_once"
            ),
            *rules("plan_event"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%d/%m/%Y}"

    @property
    def step(self) -> str:
        """The kind of step, where the words do not say it already."""
        label = str(self.get_kind_display())
        return "" if label.split()[0] in self.words.lower() else label


class PlanMeasure(Entry):
    """What the plan offers those who leave, by the headings of the official report (D. 1233-14-4)."""

    class Kind(models.TextChoices):
        INTERNAL = "internal", "reclassement interne"
        VOLUNTARY = "voluntary", "départ volontaire"
        LEAVE = "leave", "congé de reclassement, de mobilité ou contrat de sécurisation"
        TRAINING = "training", "formation, validation des acquis"
        COMPANY = "company", "création ou reprise d’entreprise"
        MOBILITY = "mobility", "mobilité géographique"
        AGE = "age", "préretraite, mesure d’âge"
        OTHER = "other", "autre mesure"

    plan = models.ForeignKey(RedundancyPlan, models.CASCADE, related_name="measures")
    kind = models.CharField("mesure", max_length=12, choices=Kind)
    words = models.CharField("ce qu’elle prévoit", max_length=300)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "mesure d’un plan"
        verbose_name_plural = "mesures d’un plan"
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "source"], condition=IN_FORCE, name="plan_measure_once"
            ),
            *rules("plan_measure"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Perimeter(models.Model):
    """People a source counts, under the name that a sentence gives them; `measure` holds their numbers."""

    plan = models.ForeignKey(RedundancyPlan, models.CASCADE, related_name="perimeters")
    code = models.SlugField("code", max_length=20)
    name = models.CharField("nom", max_length=120)
    words = models.CharField("dans une phrase", max_length=160, help_text="« salariés licenciés ».")
    measure = models.SlugField("mesure du registre", max_length=80)
    order = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "périmètre"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="perimeter_once")]

    def __str__(self) -> str:
        return self.name
