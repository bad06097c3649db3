"""What one person enters and another approves: its way, its author, when it was known, what it corrects."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from agglo.figures.vocabulary import Reason, Review

OPEN = (Review.DRAFT, Review.SENT_BACK)


class EntryQuerySet(models.QuerySet):
    def in_force(self, moment=None) -> Self:
        """Those held true at that moment (now, without one)."""
        moment = moment or timezone.now()
        return self.filter(approved_at__lte=moment).filter(
            Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment)
        )

    def waiting(self) -> Self:
        return self.filter(review__in=(Review.DRAFT, Review.SUBMITTED, Review.SENT_BACK))


class Entry(models.Model):
    """A correction is a new row that supersedes the former, with its reason; nothing is overwritten."""

    review = models.SmallIntegerField("étape", choices=Review, default=Review.DRAFT)
    note = models.TextField("remarque", blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    approved_at = models.DateTimeField("connu depuis", null=True, blank=True)
    superseded_at = models.DateTimeField("connu jusqu’au", null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    reason = models.SmallIntegerField("raison", choices=Reason, default=Reason.FIRST)
    reason_words = models.TextField("raison, en mots", blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def subject_key(self) -> tuple[str, str]:
        """Scheme and code of what the entry is about: its plan, unless it says otherwise."""
        return self.plan.key

    @property
    def editable(self) -> bool:
        return self.review in OPEN

    @property
    def correctable(self) -> bool:
        return self.review == Review.APPROVED and self.superseded_at is None


def rules(name: str) -> list[models.BaseConstraint]:
    """What the database holds every entry to; `name` opens the name of each rule."""
    return [
        models.CheckConstraint(
            name=f"{name}_is_approved_by_somebody_else",
            condition=Q(reviewer__isnull=True) | ~Q(reviewer=F("author")),
        ),
        models.CheckConstraint(
            name=f"{name}_approved_has_its_date",
            condition=Q(review=Review.APPROVED, approved_at__isnull=False)
            | (~Q(review=Review.APPROVED) & Q(approved_at__isnull=True)),
        ),
        models.CheckConstraint(
            name=f"{name}_correction_says_why",
            condition=Q(corrects__isnull=True) | (~Q(reason=Reason.FIRST) & ~Q(reason_words="")),
        ),
    ]


IN_FORCE = Q(review=Review.APPROVED, superseded_at__isnull=True)
