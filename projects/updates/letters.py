"""Sends an e-mail once: it is claimed in the ledger before it leaves, so a lost worker cannot send it again.

A mail server that refuses gives the claim back, and the next pass tries again. A worker lost between the
claim and the sending loses that one letter: what it would have said still stands in the worklist.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from projects.models import Letter, Mention, UpdateEvent


def send(person, kind: str, key: str, subject: str, template: str, context: dict) -> bool:
    """Whether it left now; False when it had already. Raises what the mail server's client raises."""
    with transaction.atomic():
        letter, new = Letter.objects.get_or_create(person=person, kind=kind, key=key)
    if not new:
        return False
    said = context | {"person": person, "origin": settings.SITE_URL, "name": settings.SITE_NAME}
    message = EmailMultiAlternatives(
        f"{settings.SITE_NAME}\u00a0: {subject}",
        render_to_string(f"projects/letters/{template}.txt", said),
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{settings.SITE_URL}/equipe/rappels/>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"projects/letters/{template}.html", said), "text/html")
    try:
        message.send()
    except Exception:
        letter.delete()
        raise
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now())
    return True


def tell_decision(event_id: int) -> bool:
    """The author reads what became of their update."""
    event = UpdateEvent.objects.select_related("update__author", "update__project", "update__site").get(
        pk=event_id
    )
    row = event.update
    if event.by_id == row.author_id or not row.author.is_active:
        return False
    subject = f"votre mise à jour est {event.get_kind_display()}"
    return send(row.author, "decision", str(event.pk), subject, "decision", {"event": event, "row": row})


def tell_mentioned(mention_id: int) -> bool:
    """A colleague who is called reads the comment at once; one who wants no mail finds it in the worklist."""
    mention = Mention.objects.select_related(
        "person__reminder_taste", "remark__by", "remark__update__project", "remark__update__site"
    ).get(pk=mention_id)
    taste = getattr(mention.person, "reminder_taste", None)
    if mention.seen_at or not mention.person.is_active or (taste and taste.rhythm == "never"):
        return False
    subject = f"{mention.remark.by} vous appelle"
    context = {"mention": mention, "row": mention.remark.update}
    return send(mention.person, "mention", str(mention.pk), subject, "mention", context)
