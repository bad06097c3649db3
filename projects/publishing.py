"""A record, or a change to it, becomes public on the word of two: who asks, and a reviewer who is another."""

from django.db import transaction
from django.utils import timezone

from agglo.charts.french import SPACE
from agglo.figures.vocabulary import Review
from projects import part_proposing
from projects.models import FundingLine, Publication
from projects.models.publication import PublicationQuerySet, Target, about
from projects.proposing import make
from projects.publishable import CannotPublish, kind_of, locked, stamp_of

NO_GROUND = (
    "Une aide publiée dit sur quelle base elle repose, une délibération par exemple\u00a0: ajoutez sa base"
    " juridique."
)


@transaction.atomic
def ask(target: Target, user) -> Publication:
    """Has a second person decide. Raises CannotPublish."""
    target = locked(target)
    if target.published:
        raise CannotPublish(f"Cette {kind_of(target).noun} est déjà publique.")
    waiting = Publication.objects.of(target).filter(review=Review.SUBMITTED).first()
    if waiting is not None:
        what = "Une modification est déjà proposée" if waiting.changes else "La publication est déjà demandée"
        raise CannotPublish(f"{what}, par {waiting.asked_by}.")
    _grounded(target)
    return Publication.objects.create(**about(target), asked_by=user)


@transaction.atomic
def take_back(target: Target, user, part: int | None = None) -> None:
    """Whoever asked asks no more, before anybody decided. `part` here and below: the request for something
    that hangs under the record, not for the record itself.
    """
    row = _waiting(locked(target), part)
    if row.asked_by_id != user.pk:
        raise CannotPublish("Seule la personne qui a demandé la publication peut la reprendre.")
    if row.changes:
        _decide(row, user, Review.WITHDRAWN, "Reprise avant d’être lue.")
    else:
        row.delete()


@transaction.atomic
def give_up(target: Target, user, part: int | None = None) -> Publication:
    """A change that was sent back is left at that, by anybody of the team; the remark says why."""
    row = _requests(locked(target), part).first()
    if row is None or not row.changes or row.review != Review.SENT_BACK:
        raise CannotPublish("Aucune modification renvoyée n’attend d’être reprise.")
    row.review = Review.WITHDRAWN
    row.save()
    return row


@transaction.atomic
def publish(target: Target, user, *, stamp: str, part: int | None = None) -> Publication:
    """`stamp` is that of the record as the reviewer read it: one that changed since is read again first."""
    target = locked(target)
    row = _waiting(target, part)
    _second(row, user)
    if stamp != (part_proposing.stamp_of(row) if part else stamp_of(target, row)):
        noun = "proposition" if part else kind_of(target).noun
        raise CannotPublish(f"La {noun} a changé depuis que vous l’avez ouverte. Relisez-la, puis publiez.")
    if part:
        part_proposing.make_part(row)
    elif row.changes:
        make(target, row)
    else:
        _grounded(target)
        target.published = True
        target.save()
    return _decide(row, user, Review.APPROVED)


@transaction.atomic
def send_back(target: Target, user, note: str, part: int | None = None) -> Publication:
    row = _waiting(locked(target), part)
    _second(row, user)
    if not note.strip():
        raise CannotPublish(
            f"Écrivez ce qu’il faut reprendre{SPACE}: la personne qui a demandé lira cette remarque."
        )
    return _decide(row, user, Review.SENT_BACK, note)


@transaction.atomic
def withdraw(target: Target, user, note: str) -> Publication:
    """Off the public pages, with a reason: a row of its own, beside the request that made it public."""
    target = locked(target)
    noun = kind_of(target).noun
    if not target.published or not user.holds("reviewer"):
        raise CannotPublish(f"Seul un valideur peut retirer une {noun} publique.")
    if not note.strip():
        raise CannotPublish(f"Dites pourquoi vous la retirez{SPACE}: l’historique le garde.")
    target.published = False
    target.save()
    return _decide(Publication(**about(target), asked_by=user), user, Review.WITHDRAWN, note)


def _requests(target: Target, part: int | None) -> PublicationQuerySet:
    rows = Publication.objects.of(target).with_target()
    return rows.filter(pk=part) if part else rows.filter(part="")


def _waiting(target: Target, part: int | None = None) -> Publication:
    row = _requests(target, part).filter(review=Review.SUBMITTED).first()
    if row is None:
        what = (
            "Rien n’est proposé"
            if part
            else f"Personne n’a demandé la publication de cette {kind_of(target).noun}"
        )
        raise CannotPublish(f"{what}, ou la décision est prise.")
    return row


def _second(row: Publication, user) -> None:
    if not row.may_be_decided_by(user):
        raise CannotPublish("Une autre personne que celle qui a demandé, valideur, doit décider.")


def _grounded(target: Target) -> None:
    """A decision that the public reads names what it rests on; an invented one rests on nothing."""
    if isinstance(target, FundingLine) and not target.is_demo and not target.legal_basis:
        raise CannotPublish(NO_GROUND)


def _decide(row: Publication, user, review: Review, note: str = "") -> Publication:
    row.review, row.reviewer, row.decided_at, row.note = review, user, timezone.now(), note.strip()
    row.save()
    return row
