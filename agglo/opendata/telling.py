"""Tells owners what changed since the last mail, once: one mail for all changes, none when nothing changed.

The mail and the last word on each thing are written in one transaction; the mail leaves after it. Sending is
at least once: a worker that dies between the mail server's yes and ours makes the same mail (same Message-ID)
leave a second time, ten minutes later, which is a nuisance; the other order would lose an alarm, which is a
fault. It cannot repeat day after day: what was said is committed before anything is sent.
"""

import logging
from collections import defaultdict
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from agglo.opendata.matters import WORDS, Matter, matters
from agglo.opendata.told import Digest, Said

logger = logging.getLogger(__name__)
LOCK = 7_311_042  # of PostgreSQL: two processes never compare at once
FINE = "rétabli"
KEPT = timedelta(days=365)


def tell() -> dict[str, int]:
    """Compare with what was said, write what changed, send it. Returns how many mails were written, sent."""
    return {"written": compose(), "sent": send()}


@transaction.atomic
def compose() -> int:
    """One digest for each owner for whom something changed. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    now: dict[str, dict[str, Matter]] = defaultdict(dict)
    for one in matters():
        for owner in one.owners:
            now[owner][one.key] = one
    before: dict[str, dict[str, Said]] = defaultdict(dict)
    for said in Said.objects.all():
        before[said.owner][said.key] = said
    known = {*settings.OPENDATA_OWNER, *settings.OPENDATA_OWNERS.values()}
    # Whoever owns nothing any more is told nothing, and forgotten.
    Said.objects.exclude(owner__in=known).delete()
    Digest.objects.filter(made_at__lt=timezone.now() - KEPT).delete()
    written = 0
    for owner in sorted(known):
        changes = [*_worse(now[owner], before[owner]), *_fine(now[owner], before[owner])]
        if changes:
            Digest.objects.create(owner=owner, changes=changes)
            written += 1
        _remember(owner, now[owner], before[owner])
    return written


def send() -> int:
    """Send what is written and not yet gone. Returns how many left; a server that refuses is asked again."""
    sent = 0
    for pk in Digest.objects.waiting().order_by("id").values_list("pk", flat=True):
        digest = Digest.objects.claim(pk)
        if digest is None:
            continue
        try:
            message(digest).send()
        except OSError as error:  # smtplib's errors are of this kind too
            logger.error("Le courriel de veille %s n’est pas parti\u00a0: %s", digest.pk, error)
            continue
        Digest.objects.filter(pk=pk).update(sent_at=timezone.now())
        sent += 1
    return sent


def message(digest: Digest) -> EmailMessage:
    bad = sum(change["to"] != FINE for change in digest.changes)
    fine = len(digest.changes) - bad
    words = [f"{bad} à regarder"] if bad else []
    words += [f"{fine} rétabli{'s' if fine > 1 else ''}"] if fine else []
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        f"Données d’Agglo\u00a0: {', '.join(words)}",
        render_to_string("opendata/digest.txt", {"changes": digest.changes, "site": settings.SITE_URL}),
        to=[digest.owner],
        headers={"Message-ID": f"<veille-{digest.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _worse(now: dict[str, Matter], before: dict[str, Said]) -> list[dict[str, str]]:
    return [
        {
            "title": one.title,
            "from": WORDS[before[key].state] if key in before else "",
            "to": WORDS[one.state],
            "sentence": one.sentence,
            "path": one.path,
        }
        for key, one in sorted(now.items())
        if key not in before or before[key].state != one.state
    ]


def _fine(now: dict[str, Matter], before: dict[str, Said]) -> list[dict[str, str]]:
    return [
        {"title": said.title, "from": WORDS[said.state], "to": FINE, "sentence": "", "path": ""}
        for key, said in sorted(before.items())
        if key not in now
    ]


def _remember(owner: str, now: dict[str, Matter], before: dict[str, Said]) -> None:
    Said.objects.filter(owner=owner).exclude(key__in=now).delete()
    moment = timezone.now()
    changed = [one for key, one in now.items() if key not in before or before[key].state != one.state]
    Said.objects.bulk_create(
        [
            Said(owner=owner, key=one.key, title=one.title[:300], state=one.state, at=moment)
            for one in changed
        ],
        update_conflicts=True,
        unique_fields=["owner", "key"],
        update_fields=["title", "state", "at"],
    )
