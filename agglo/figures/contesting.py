"""Contesting a figure: received from anybody within limits, answered once in public, its sender forgotten."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from agglo.figures.models import Contest, Outcome

PER_SENDER, PER_HOUR = 5, 100
HOUR = timedelta(hours=1)
SENDER_KEPT = timedelta(days=1)
EMAIL_KEPT_AFTER_ANSWER = timedelta(days=30)
EMAIL_KEPT = timedelta(days=365)


class CannotContest(ValueError):
    """Says in French why it was not kept."""


class CannotAnswer(ValueError):
    """Says in French why the answer was not kept."""


def receive(observation_id: int, *, wrong: str, proof: str, email: str, address: str | None) -> Contest:
    """Keep it. Raises CannotContest past the limits of an hour, for one address or for all."""
    sender = _print_of(address)
    recent = Contest.objects.filter(received_at__gte=timezone.now() - HOUR)
    if recent.filter(sender=sender).count() >= PER_SENDER or recent.count() >= PER_HOUR:
        raise CannotContest(
            "Trop de contestations sont arrivées depuis une heure. La vôtre n’a pas été gardée\u00a0:"
            " gardez votre texte et renvoyez-le un peu plus tard."
        )
    return Contest.objects.create(
        observation_id=observation_id, wrong=wrong, proof=proof, email=email, sender=sender
    )


def _print_of(address: str | None) -> str:
    """Tells the messages of one day that come from one place, and nothing else: no address is kept."""
    return salted_hmac(f"contest {timezone.localdate()}", address or "").hexdigest()[:32]


@transaction.atomic
def answer(contest: Contest, outcome: int, words: str, user) -> None:
    """Publish the answer, once. Raises CannotAnswer when somebody answered meanwhile."""
    held = Contest.objects.select_for_update().get(pk=contest.pk)
    if held.outcome != Outcome.OPEN:
        raise CannotAnswer(
            f"{held.answered_by.name} y a répondu le {held.answered_at:%d/%m/%Y}."
            " Votre texte n’a pas été gardé\u00a0: une réponse publique ne se réécrit pas."
        )
    held.outcome, held.answer = outcome, words
    held.answered_by, held.answered_at = user, timezone.now()
    held.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])


def forget() -> int:
    """Prints of senders after a day; e-mail addresses 30 days after the answer, a year at most."""
    now = timezone.now()
    prints = Contest.objects.exclude(sender="").filter(received_at__lt=now - SENDER_KEPT).update(sender="")
    addresses = Contest.objects.exclude(email="")
    answered = addresses.filter(answered_at__lt=now - EMAIL_KEPT_AFTER_ANSWER).update(email="")
    return prints + answered + addresses.filter(received_at__lt=now - EMAIL_KEPT).update(email="")
