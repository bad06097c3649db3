"""What was promised in exchange for public money, when it is checked, and what the check found."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agglo.charts import french
from agglo.figures.vocabulary import Qualifier

from .commitment import Commitment
from .funding import FundingLine
from .told import Told


class CounterpartQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CounterpartQuerySet":
        return self.filter(line__in=FundingLine.objects.visible_to(user))

    def unchecked(self) -> "CounterpartQuerySet":
        """Nobody has closed them yet: never checked, or found on its way."""
        closing = CounterpartCheck.objects.filter(counterpart=OuterRef("pk")).exclude(
            found=CounterpartCheck.Found.ON_THE_WAY
        )
        return self.exclude(Exists(closing))

    def due_by(self, day: date) -> "CounterpartQuerySet":
        return self.unchecked().filter(check_on__lte=day).order_by("check_on", "pk")


class Counterpart(Told):
    """One promise against one line: so many jobs kept, so much invested, to be checked on a day."""

    class Kind(models.TextChoices):
        JOBS_KEPT = "jobs_kept", "emplois maintenus"
        JOBS_CREATED = "jobs_created", "emplois créés"
        INVESTMENT = "investment", "investissement"
        PRESENCE = "presence", "activité maintenue sur le territoire"
        OTHER = "other", "autre"

    class Clawback(models.TextChoices):
        """What the agreement says happens when the promise is not kept."""

        UNKNOWN = "unknown", "la source ne le dit pas"
        NONE = "none", "aucun reversement prévu"
        FULL = "full", "reversement de tout ce qui a été versé"
        PRO_RATA = "pro_rata", "reversement au prorata de ce qui manque"

    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="counterparts")
    kind = models.CharField("nature", max_length=12, choices=Kind)
    words = models.CharField("ce qui est promis", max_length=300)
    counted_unit = models.CharField("unité comptée", max_length=80, blank=True)
    target = models.DecimalField("cible", max_digits=14, decimal_places=2, null=True, blank=True)
    qualifier = models.SmallIntegerField("précision", choices=Qualifier, default=Qualifier.EXACT)
    due_on = models.DateField("à tenir pour le", null=True, blank=True)
    check_on = models.DateField("à vérifier le", null=True, blank=True)
    clawback = models.CharField(
        "si elle n’est pas tenue", max_length=8, choices=Clawback, default=Clawback.UNKNOWN
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counterparts",
        verbose_name="au registre des engagements",
    )

    objects = CounterpartQuerySet.as_manager()

    class Meta:
        verbose_name = "contrepartie"
        ordering = ["check_on", "pk"]
        indexes = [models.Index(fields=["check_on"], name="counterpart_by_check")]
        constraints = [
            models.CheckConstraint(
                name="counterpart_target_is_counted", condition=Q(target__isnull=True) | ~Q(counted_unit="")
            ),
            models.CheckConstraint(
                name="counterpart_target_is_positive", condition=Q(target__isnull=True) | Q(target__gt=0)
            ),
            models.CheckConstraint(
                name="pro_rata_needs_a_target", condition=~Q(clawback="pro_rata") | Q(target__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def target_words(self) -> str:
        if self.target is None:
            return "non chiffré"
        said = french.quantity(self.target, self.counted_unit, None)
        exact = self.qualifier == Qualifier.EXACT
        return said if exact else f"{Qualifier(self.qualifier).label} {said}"

    @property
    def last_check(self) -> "CounterpartCheck | None":
        checks = list(self.checks.all())
        return checks[-1] if checks else None


class CounterpartCheck(Told):
    """What was found on a day, with its evidence. Checks are added, never rewritten (trigger)."""

    class Found(models.TextChoices):
        KEPT = "kept", "tenue"
        PARTLY = "partly", "tenue en partie"
        BROKEN = "broken", "non tenue"
        ON_THE_WAY = "on_the_way", "pas encore à l’échéance"
        UNKNOWN = "unknown", "impossible à dire"

    counterpart = models.ForeignKey(Counterpart, models.CASCADE, related_name="checks")
    on = models.DateField("constaté le")
    on_words = models.CharField(
        "quand, en mots", max_length=60, blank=True, help_text="Quand le jour n’est pas connu."
    )
    found = models.CharField("constat", max_length=10, choices=Found)
    reached = models.DecimalField("valeur atteinte", max_digits=14, decimal_places=2, null=True, blank=True)
    evidence = models.CharField("preuve", max_length=400)
    said_by = models.CharField("qui le dit", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    class Meta:
        verbose_name = "vérification"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(name="check_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(name="check_names_who_says_it", condition=~Q(said_by="")),
            models.CheckConstraint(
                name="check_reached_is_not_negative", condition=Q(reached__isnull=True) | Q(reached__gte=0)
            ),
        ]

    @property
    def when(self) -> str:
        return self.on_words or french.date_long(self.on)
