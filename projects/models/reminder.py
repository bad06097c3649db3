"""Who follows what, how often they want to hear of it, and every letter that was sent."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from .project import Project
from .site import Site
from .update import ONE_TARGET

DAYS = 60  # without news for so long, a reminder is due, unless the reader says otherwise
BETWEEN = [MinValueValidator(7), MaxValueValidator(730)]


class Taste(models.Model):
    """How one person wants to be reminded; without a row, what `Taste()` says."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", "chaque jour ouvré"
        WEEKLY = "weekly", "une fois par semaine"
        MONTHLY = "monthly", "une fois par mois, la première semaine"
        NEVER = "never", "jamais"

    class Weekday(models.IntegerChoices):
        MONDAY = 0, "lundi"
        TUESDAY = 1, "mardi"
        WEDNESDAY = 2, "mercredi"
        THURSDAY = 3, "jeudi"
        FRIDAY = 4, "vendredi"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminder_taste")
    rhythm = models.CharField("récapitulatif", max_length=7, choices=Rhythm, default=Rhythm.WEEKLY)
    weekday = models.SmallIntegerField("jour", choices=Weekday, default=Weekday.MONDAY)
    days = models.PositiveSmallIntegerField("rappel après (jours)", default=DAYS, validators=BETWEEN)

    class Meta:
        verbose_name = "réglage des rappels"
        verbose_name_plural = "réglages des rappels"
        constraints = [
            models.CheckConstraint(name="taste_weekday_is_worked", condition=Q(weekday__range=(0, 4))),
            models.CheckConstraint(name="taste_days_are_sound", condition=Q(days__range=(7, 730))),
        ]


class Following(models.Model):
    """A person answers for the news of a project or a site. `days` empty: as they set for all."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followings")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="followers")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="followers")
    days = models.PositiveSmallIntegerField("après (jours)", null=True, blank=True, validators=BETWEEN)
    muted = models.BooleanField("en silence", default=False)

    class Meta:
        verbose_name = "suivi"
        verbose_name_plural = "suivis"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="following_is_of_one_thing", condition=ONE_TARGET),
            models.CheckConstraint(
                name="following_days_are_sound", condition=Q(days__isnull=True) | Q(days__range=(7, 730))
            ),
            models.UniqueConstraint(
                fields=["person", "project", "site"], name="following_once", nulls_distinct=False
            ),
        ]

    @property
    def target(self) -> Project | Site:
        return self.project or self.site

    @property
    def kind(self) -> str:
        """As its address says it."""
        return "projets" if self.project_id else "sites"


class Letter(models.Model):
    """One e-mail to one person, claimed before it leaves so that it never leaves twice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letters")
    kind = models.CharField("nature", max_length=12)
    key = models.CharField("objet", max_length=40)
    claimed_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "courriel envoyé"
        verbose_name_plural = "courriels envoyés"
        constraints = [models.UniqueConstraint(fields=["person", "kind", "key"], name="letter_once")]
