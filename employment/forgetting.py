"""Forgets follow-ups that were never submitted: a free text kept for nothing may speak of somebody."""

from datetime import timedelta

from django.utils import timezone

from agglo.figures.vocabulary import Review

from .models import FollowUp

KEPT = timedelta(days=365)


def forget_drafts() -> int:
    """Drafts, sent back or given up, a year after they were begun. How many follow-ups went."""
    old = FollowUp.objects.filter(
        review__in=(Review.DRAFT, Review.SENT_BACK, Review.WITHDRAWN), created_at__lt=timezone.now() - KEPT
    )
    _, counts = old.delete()
    return counts.get("employment.FollowUp", 0)
