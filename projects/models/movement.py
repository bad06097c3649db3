"""What happened to public money: each movement on its day, with its amount and its proof."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agglo.charts.french import period_label, quantity
from agglo.figures.vocabulary import Qualifier
from projects.aid_amounts import Sum

from .counterpart import Counterpart
from .funding import FundingLine
from .told import Told


class MovementQuerySet(models.QuerySet):
    def in_force(self) -> "MovementQuerySet":
        """Without cancellations, nor what they cancel."""
        return self.filter(cancelled_by__isnull=True).exclude(kind=Movement.Kind.CANCELLED)


class Movement(Told):
    """Asked, granted, paid, reclaimed or paid back, with its proof. Added, never rewritten (trigger)."""

    class Kind(models.TextChoices):
        ASKED = "asked", "demandé"
        GRANTED = "granted", "accordé"
        PAID = "paid", "versé"
        RECLAIMED = "reclaimed", "réclamé"
        RECOVERED = "recovered", "remboursé"
        CANCELLED = "cancelled", "écriture annulée"

    line = models.ForeignKey(FundingLine, models.CASCADE, related_name="movements")
    kind = models.CharField("ce qui s’est passé", max_length=9, choices=Kind)
    amount = models.DecimalField(
        "montant, €",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="Vide quand personne ne le sait.",
    )
    qualifier = models.SmallIntegerField("précision", choices=Qualifier, default=Qualifier.EXACT)
    grant_equivalent = models.DecimalField(
        "équivalent-subvention brut, €", max_digits=14, decimal_places=2, null=True, blank=True
    )
    on = models.DateField("le", help_text="Octroi : le jour où le droit est né, pas celui du versement.")
    until = models.DateField("au plus tard le")
    evidence = models.CharField("preuve", max_length=400)
    reference = models.CharField("référence de la décision", max_length=120, blank=True)
    counterpart = models.ForeignKey(Counterpart, models.PROTECT, null=True, blank=True, related_name="claims")
    cancels = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="cancelled_by", verbose_name="annule"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField("enregistré le", auto_now_add=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        verbose_name = "mouvement"
        ordering = ["until", "pk"]
        indexes = [models.Index(fields=["kind", "until"], name="movement_by_kind_and_day")]
        constraints = [
            models.CheckConstraint(name="movement_is_ordered", condition=Q(until__gte=F("on"))),
            models.CheckConstraint(name="movement_has_evidence", condition=~Q(evidence="")),
            models.CheckConstraint(
                name="movement_amount_is_positive", condition=Q(amount__isnull=True) | Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="cancellation_names_what_it_cancels",
                condition=Q(kind="cancelled", cancels__isnull=False, amount__isnull=True)
                | ~Q(kind="cancelled") & Q(cancels__isnull=True),
            ),
            models.CheckConstraint(
                name="only_a_grant_has_an_equivalent",
                condition=Q(grant_equivalent__isnull=True) | Q(kind="granted", grant_equivalent__gt=0),
            ),
        ]

    def __str__(self) -> str:
        amount = "" if self.amount is None else f", {quantity(self.amount, '€', None)}"
        return f"{self.get_kind_display()}{amount}, {self.when}"

    @property
    def amount_words(self) -> str:
        """As the totals say it: « environ 250 000,50 € », « montant non connu »."""
        return Sum(self.amount or Decimal(0), 1, int(self.amount is None), self.qualifier).words

    @property
    def when(self) -> str:
        return period_label(self.on, self.until)
