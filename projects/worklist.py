"""What the room of projects brings to the staff's worklist: silence, decisions, calls, drafts."""

from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from agglo.accounts.worklist import Item, Pile
from agglo.charts.french import date_long
from agglo.figures.vocabulary import Review
from projects.models import Mention, Publication, Update
from projects.models.publication import TARGETS
from projects.publishable import KINDS, page_of, title_of
from projects.updates.reminders import Due, due, orphans, taste_of

LIST = "/equipe/mises-a-jour/"


def items(user) -> Iterator[Item]:
    yield from silent(user)
    yield from to_decide(user)
    yield from to_publish(user)
    yield from to_take_up(user)
    yield from calls(user)
    yield from mine(user)


def silent(user) -> Iterator[Item]:
    return map(_silent, due(user, timezone.localdate()))


def unfollowed(user) -> Iterator[Item]:
    """What everybody is asked, since nobody answers for it; read after what is one's own."""
    return map(_silent, orphans(timezone.localdate(), taste_of(user).days))


def _silent(one: Due) -> Item:
    why = one.sentence[0].upper() + one.sentence[1:] + "."
    return Item(Pile.LATE, str(one.target), why, one.address, "Mettre à jour")


def to_decide(user) -> Iterator[Item]:
    if not user.holds("reviewer"):
        return
    rows = Update.objects.filter(review=Review.SUBMITTED).exclude(author=user)
    for row in rows.select_related("project", "site", "author").order_by("changed_at"):
        why = f"Mise à jour au {date_long(row.as_of)}, de {row.author}\u00a0: à publier ou à renvoyer."
        yield Item(Pile.WAITING, str(row.target), why, f"{LIST}{row.pk}/", "Lire")


def to_publish(user) -> Iterator[Item]:
    if not user.holds("reviewer"):
        return
    rows = Publication.objects.filter(review=Review.SUBMITTED).exclude(asked_by=user)
    for row in rows.with_target().order_by("asked_at"):
        kind = KINDS[row.kind]
        what = f"Modification d’une {kind.noun}" if row.changes else kind.noun.capitalize()
        asked = "proposée" if row.changes else "demandée"
        why = f"{what} à publier ou à renvoyer, {asked} par {row.asked_by}."
        if row.part:
            why = f"{title_of(row)}, à publier ou à renvoyer, proposé par {row.asked_by}."
        yield Item(Pile.WAITING, str(row), why, page_of(row), "Lire")


def to_take_up(user) -> Iterator[Item]:
    """What came back to whoever asked, as long as nobody asked again."""
    same = reduce(or_, (Q(**{name: OuterRef(name)}) for name in TARGETS))
    asked_since = Publication.objects.filter(same, part="", pk__gt=OuterRef("pk"))
    rows = Publication.objects.filter(review=Review.SENT_BACK, asked_by=user)
    for row in rows.filter(~Q(part="") | ~Exists(asked_since)).with_target():
        why = f"{'Modification' if row.changes else 'Publication'} renvoyée\u00a0: {row.note}"
        if row.part:
            why = f"{title_of(row)}, renvoyé\u00a0: {row.note}"
        yield Item(Pile.WAITING, str(row), why, page_of(row), "Reprendre")


def calls(user) -> Iterator[Item]:
    rows = Mention.objects.filter(person=user, seen_at__isnull=True)
    for one in rows.select_related("remark__by", "remark__update__project", "remark__update__site"):
        update = one.remark.update
        why = f"{one.remark.by} vous appelle\u00a0: {one.remark.words[:120]}"
        yield Item(
            Pile.WAITING,
            str(update.target),
            why,
            f"{LIST}{update.pk}/vu/",
            "Lire",
            post=("vu", str(update.pk)),
        )


def mine(user) -> Iterator[Item]:
    rows = Update.objects.filter(author=user, review__in=(Review.DRAFT, Review.SENT_BACK))
    for row in rows.select_related("project", "site").order_by("-review", "changed_at"):
        sent_back = row.review == Review.SENT_BACK
        why = f"Renvoyée\u00a0: {row.note}" if sent_back else "Votre brouillon, pas encore soumis."
        pile = Pile.WAITING if sent_back else Pile.QUICK
        yield Item(pile, str(row.target), why, f"{LIST}{row.kind}/{row.target.slug}/", "Reprendre")
