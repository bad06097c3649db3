"""What colleagues write to each other about an update, and whom they call; never public."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from .update import Update


class Remark(models.Model):
    """A comment of staff beside an update."""

    update = models.ForeignKey(Update, models.CASCADE, related_name="remarks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField("le", auto_now_add=True)
    words = models.TextField("commentaire")

    class Meta:
        verbose_name = "commentaire"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="remark_says_something", condition=~Q(words=""))]


class Mention(models.Model):
    """A colleague is called by a comment; it waits in their worklist until they opened it."""

    remark = models.ForeignKey(Remark, models.CASCADE, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    seen_at = models.DateTimeField("lu le", null=True, blank=True)

    class Meta:
        verbose_name = "mention"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["remark", "person"], name="mention_once"),
        ]
