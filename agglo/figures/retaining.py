"""Retaining one answer of a contradiction: the former choice is closed and stays, with its reason."""

from django.db import transaction
from django.utils import timezone

from agglo.figures.models import Contradiction, Observation, RetainedChoice
from agglo.figures.vocabulary import Review


class CannotRetain(ValueError):
    """Says in French why the choice was not kept."""


@transaction.atomic
def retain(contradiction: Contradiction, observation: Observation, reason: str, user) -> RetainedChoice:
    """Raises CannotRetain for a figure that is not among the answers, or when nothing would change."""
    held = Contradiction.objects.select_for_update().get(pk=contradiction.pk)
    if not held.observations.filter(pk=observation.pk, review=Review.APPROVED).exists():
        raise CannotRetain("Ce chiffre n’est pas une des réponses à cette question. Rien n’a changé.")
    now, former = timezone.now(), held.retained
    if former is not None:
        if (former.observation_id, former.reason) == (observation.pk, reason):
            raise CannotRetain("Ce choix est déjà le choix en cours, avec ces mots. Rien n’a changé.")
        former.superseded_at = now
        former.save(update_fields=["superseded_at"])
    return RetainedChoice.objects.create(
        contradiction=held,
        observation=observation,
        reason=reason,
        chosen_by=user.name or user.email,
        chosen_by_user=user,
        chosen_at=now,
    )
