"""A company is asked, by a signed link, whether the jobs said of it are there; its answer is kept."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from .job import JobClaim

HOLDS_FOR = timedelta(days=30)


def month_from_now() -> date:
    return timezone.localdate() + HOLDS_FOR


class ConfirmationRequestQuerySet(models.QuerySet):
    def waiting(self, day=None) -> "ConfirmationRequestQuerySet":
        """Neither answered, nor withdrawn, nor out of time."""
        held = self.filter(answer__isnull=True, withdrawn_at__isnull=True)
        return held.filter(closes_on__gte=day or timezone.localdate())


class ConfirmationRequest(models.Model):
    """One question to one named counterpart about one claim; no address of a person is kept."""

    claim = models.ForeignKey(
        JobClaim, models.CASCADE, related_name="requests", verbose_name="emplois déclarés"
    )
    addressee = models.CharField(
        "qui répondra",
        max_length=200,
        help_text="La fonction et l’entreprise\u00a0: «\u202fDirection de …\u202f».",
    )
    closes_on = models.DateField("jusqu’au", default=month_from_now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField("préparée le", auto_now_add=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de confirmation"
        verbose_name_plural = "demandes de confirmation"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="request_names_its_addressee", condition=~Q(addressee="")),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}, {self.claim.words}"

    def is_open(self, day=None) -> bool:
        answered = hasattr(self, "answer")
        return not answered and self.withdrawn_at is None and self.closes_on >= (day or timezone.localdate())


class ConfirmationAnswer(models.Model):
    """What the counterpart said, once; `number` is what it counts, when it corrects, and `counted` the claim
    that this made. `words` and `said_by` are written freely, unread by us: staff only ever see them.
    """

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", "confirmé"
        CORRECTED = "corrected", "corrigé"
        DENIED = "denied", "démenti"

    request = models.OneToOneField(ConfirmationRequest, models.CASCADE, related_name="answer")
    verdict = models.CharField("réponse", max_length=9, choices=Verdict)
    number = models.PositiveIntegerField("nombre d’emplois", null=True, blank=True)
    words = models.CharField("précision", max_length=500, blank=True)
    said_by = models.CharField("au nom de", max_length=200)
    at = models.DateTimeField("reçu le", default=timezone.now)

    class Meta:
        verbose_name = "réponse d’une entreprise"
        verbose_name_plural = "réponses des entreprises"
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="answer_corrects_with_a_number",
                condition=Q(verdict="corrected", number__isnull=False)
                | ~Q(verdict="corrected") & Q(number__isnull=True),
            ),
            models.CheckConstraint(name="answer_says_who", condition=~Q(said_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.said_by}"


class AnswerWithdrawal(models.Model):
    """A reviewer takes an answer back, and says why; the answer itself never changes."""

    answer = models.OneToOneField(ConfirmationAnswer, models.CASCADE, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("retirée le", default=timezone.now)
    why = models.CharField("parce que", max_length=300)

    class Meta:
        verbose_name = "retrait d’une réponse"
        verbose_name_plural = "retraits de réponses"
        constraints = [models.CheckConstraint(name="withdrawal_says_why", condition=~Q(why=""))]

    def __str__(self) -> str:
        return self.why
