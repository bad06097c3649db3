"""What aid and promises put on the worklist: checks that are late or near, deadlines without a verdict."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import date_long
from agglo.figures.vocabulary import Review
from projects.aid_page import to_check
from projects.models import Commitment, Publication

NEAR = timedelta(days=30)


def items(user) -> Iterator[Item]:
    """Invented records wait for nobody."""
    today = timezone.localdate()
    for one in to_check(today, today + NEAR):
        promise = one.counterpart
        if promise.is_demo:
            continue
        yield Item(
            Pile.LATE if one.late else Pile.WAITING,
            f"Contrepartie\u00a0: {promise}",
            f"À vérifier le {date_long(promise.check_on)} – {promise.line}",
            f"/equipe/aides/{promise.line_id}/contreparties/{promise.pk}/",
            "Vérifier",
            about=promise.line.get_absolute_url(),
        )
    proposed = Publication.objects.filter(part="verdict", review=Review.SUBMITTED, commitment=OuterRef("pk"))
    waiting = Commitment.objects.attested().with_status().filter(status__isnull=True, due_on__lt=today)
    waiting = waiting.exclude(Exists(proposed))
    for one in waiting.order_by("due_on"):
        yield Item(
            Pile.QUICK,
            f"Promesse sans verdict\u00a0: {one}",
            f"Échéance passée depuis le {date_long(one.due_on)}",
            f"/equipe/engagements/{one.slug}/verdict/",
            "Donner un verdict",
            about=f"/engagements/#{one.slug}",
        )
