"""What a worker has on its hands: who holds it until when, how far it is, whether it must stop."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone


class CarriedQuerySet(models.QuerySet):
    def lost(self) -> Self:
        """A worker has it on paper, but stopped renewing its lease."""
        return self.filter(state__in=self.model.BUSY, lease_until__lt=timezone.now())

    def unsent(self, since) -> Self:
        """Nobody has it, and its message went out so long ago that it was probably lost."""
        return self.filter(state__in=self.model.BUSY, lease_until__isnull=True, sent_at__lt=since)


class Carried(models.Model):
    """Has a `state`; in those of `BUSY` a worker has something to do, which the message `TASK` tells it."""

    BUSY: ClassVar[tuple] = ()
    TASK: ClassVar[str] = ""

    error = models.TextField("ce qui s’est passé", blank=True)
    cancel_asked = models.BooleanField("arrêt demandé", default=False)
    done = models.PositiveIntegerField("lignes faites", default=0)
    total = models.PositiveIntegerField("lignes à faire", null=True, blank=True)
    worker = models.CharField("ouvrier", max_length=120, blank=True)
    lease_until = models.DateTimeField("réservé jusqu’à", null=True, blank=True)
    sent_at = models.DateTimeField("message envoyé le", default=timezone.now)
    attempt = models.PositiveSmallIntegerField("tentative", default=0)

    class Meta:
        abstract = True

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    @property
    def part(self) -> int:
        """How much of it is done, never more than the whole."""
        return min(self.done, self.total or self.done)
