"""What the workers do for this room; each task takes a key, calls one function, and may be repeated."""

from celery import shared_task
from django.utils import timezone

from projects.bulk import carrying
from projects.models import Site
from projects.standards import carrying as standards
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


@shared_task(name="projects.carry_import", acks_late=True)
def carry_import(import_id: int) -> str:
    row = carrying.carry_on(import_id)
    return f"{row.pk} : {row.state}" if row else f"{import_id} : rien à faire"


@shared_task(name="projects.carry_standard_import", acks_late=True)
def carry_standard_import(import_id: int) -> str:
    row = standards.carry_on(import_id)
    return f"{row.pk} : {row.state}" if row else f"{import_id} : rien à faire"


@shared_task(name="projects.sweep_imports")
def sweep_imports() -> dict[str, dict[str, int]]:
    return {"imports": carrying.sweep(), "standards": standards.sweep()}


@shared_task(name="projects.follow_stages")
def follow_stages() -> int:
    return Site.objects.follow_stages(timezone.localdate())
