"""Forgets entries that were never submitted: a free text kept for nothing may speak of somebody."""

from datetime import timedelta

from django.utils import timezone

from agglo.figures.vocabulary import Review

from .models import AgreementReport, FollowUp, HelpedCompany, PlanEvent, PlanMeasure, Profile, SchoolReport

KEPT = timedelta(days=365)
ENTRIES = (FollowUp, PlanEvent, PlanMeasure, HelpedCompany, AgreementReport, SchoolReport, Profile)


def forget_drafts() -> int:
    """Drafts, sent back or given up, a year after they were begun. How many entries went."""
    begun = {"review__in": (Review.DRAFT, Review.SENT_BACK, Review.WITHDRAWN)}
    gone = 0
    for model in ENTRIES:
        old = model.objects.filter(created_at__lt=timezone.now() - KEPT, **begun)
        gone += old.delete()[1].get(model._meta.label, 0)
    return gone
