"""The ledger of what owners were told: the last word said of each thing, and the mails that said it."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

# A mail that could not go for a week is no news any more; whoever sends takes this long at most.
TOO_OLD, AT_WORK = timedelta(days=7), timedelta(minutes=10)


class Said(models.Model):
    """What an owner was last told of one thing; no row: all is well, or nothing was ever said."""

    owner = models.EmailField("destinataire")
    key = models.CharField("de quoi", max_length=200)
    title = models.CharField("intitulé", max_length=300)
    state = models.CharField("état dit", max_length=20)
    at = models.DateTimeField("dit le", default=timezone.now)

    class Meta:
        verbose_name = "dernier mot"
        constraints = [models.UniqueConstraint(fields=["owner", "key"], name="one_last_word_per_owner")]

    def __str__(self) -> str:
        return f"{self.title}\u00a0: {self.state}"


class DigestQuerySet(models.QuerySet):
    def waiting(self, now: datetime | None = None) -> "DigestQuerySet":
        """Neither sent nor in somebody's hands."""
        now = now or timezone.now()
        idle = Q(tried_at__isnull=True) | Q(tried_at__lt=now - AT_WORK)
        return self.filter(idle, sent_at__isnull=True, made_at__gt=now - TOO_OLD)

    def claim(self, pk: int) -> "Digest | None":
        """The mail, now ours to send; None when another process has it."""
        taken = self.waiting().filter(pk=pk).update(tried_at=timezone.now(), tries=F("tries") + 1)
        return self.get(pk=pk) if taken else None


class Digest(models.Model):
    """One mail to one owner: every change since the one before. Written first, sent once it is committed."""

    owner = models.EmailField("destinataire")
    changes = models.JSONField("changements")
    made_at = models.DateTimeField("écrit le", default=timezone.now)
    tried_at = models.DateTimeField("dernier essai d’envoi", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel de veille"
        verbose_name_plural = "courriels de veille"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="digest_says_something", condition=~Q(changes=[])),
        ]

    def __str__(self) -> str:
        return f"n° {self.pk}, {self.owner}"
