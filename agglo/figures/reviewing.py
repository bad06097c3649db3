"""Deciding about a figure that waits: approved, sent back with a note, or withdrawn with a reason."""

from django.db import transaction

from agglo.figures.models import Observation, ReviewEvent
from agglo.figures.vocabulary import Review

WAITING = (Review.DRAFT, Review.SUBMITTED, Review.SENT_BACK)
DECISIONS = (Review.APPROVED, Review.SENT_BACK, Review.WITHDRAWN)


class CannotReview(ValueError):
    """Says in French why nothing was decided."""


@transaction.atomic
def review(observation: Observation, decision: Review, note: str, user) -> ReviewEvent:
    """Raises CannotReview when it no longer waits, its author decides, or for a refusal without words."""
    held = Observation.objects.select_for_update().get(pk=observation.pk)
    if decision not in DECISIONS:
        raise CannotReview("Cette décision n’existe pas. Rien n’a changé.")
    if held.review not in WAITING or held.known_to is not None:
        raise CannotReview(
            f"Ce chiffre n’attend plus de décision\u00a0: il est {held.get_review_display()}."
            " Rien n’a changé."
        )
    if held.author_id == user.pk:
        raise CannotReview("Un chiffre se valide par une autre personne que celle qui l’a écrit.")
    if decision != Review.APPROVED and not note:
        raise CannotReview("Dites pourquoi\u00a0: la personne qui l’a écrit lira ces mots. Rien n’a changé.")
    held.review = decision
    held.save(update_fields=["review"])
    return ReviewEvent.objects.create(observation=held, review=decision, note=note, by=user)
