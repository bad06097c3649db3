"""What the public says is wrong about a figure, and what is answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agglo.figures.models.observation import Observation


class Outcome(models.IntegerChoices):
    """What became of it; an aside one has nothing to do with the figure and is never shown."""

    OPEN = 0, "à l’étude"
    UPHELD = 1, "fondée, le chiffre est corrigé"
    EXPLAINED = 2, "le chiffre reste, avec une explication"
    UNFOUNDED = 3, "non fondée"
    ASIDE = 4, "écartée, sans rapport avec le chiffre"


class ContestQuerySet(models.QuerySet):
    def open(self) -> "ContestQuerySet":
        return self.filter(outcome=Outcome.OPEN)

    def published(self) -> "ContestQuerySet":
        """What the card of a figure tells: answered, and about the figure. Never who asked nor how."""
        return self.exclude(outcome__in=(Outcome.OPEN, Outcome.ASIDE))

    def visible_to(self, user) -> "ContestQuerySet":
        return self if user.is_authenticated and user.holds("staff") else self.none()


class Contest(models.Model):
    """One message about one figure. `email` and `sender` are forgotten by `contesting.forget`."""

    observation = models.ForeignKey(Observation, models.PROTECT, related_name="contests")
    wrong = models.TextField("ce qui est faux")
    proof = models.TextField("ce qui le montre", blank=True)
    email = models.EmailField("adresse pour répondre", blank=True)
    sender = models.CharField("empreinte de l’envoi", max_length=32, blank=True, editable=False)
    received_at = models.DateTimeField("reçue le", auto_now_add=True)
    outcome = models.SmallIntegerField("suite", choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField("réponse publique", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        verbose_name = "contestation"
        ordering = ["-received_at"]
        constraints = [
            models.CheckConstraint(name="contest_says_what_is_wrong", condition=~Q(wrong="")),
            models.CheckConstraint(
                name="contest_answer_is_whole",
                condition=Q(outcome=0, answer="", answered_at=None, answered_by=None)
                | (~Q(outcome=0) & ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"Contestation n°\u00a0{self.pk}"
