"""What runs by itself, or after the answer, about updates."""

from celery import shared_task
from django.utils import timezone

from projects.updates import digest, forgetting, letters


@shared_task(name="projects.tell_decision")
def tell_decision(event_id: int) -> bool:
    return letters.tell_decision(event_id)


@shared_task(name="projects.tell_mentioned")
def tell_mentioned(mention_id: int) -> bool:
    return letters.tell_mentioned(mention_id)


@shared_task(name="projects.send_digests")
def send_digests() -> dict[str, int]:
    return digest.send_digests(timezone.localdate())


@shared_task(name="projects.forget_updates")
def forget_updates() -> dict[str, int]:
    return forgetting.forget()
