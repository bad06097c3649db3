"""A record becomes public on the word of two people: who asks, and a reviewer who is somebody else."""

from django.db import transaction
from django.utils import timezone

from agglo.charts.french import SPACE
from agglo.figures.vocabulary import Review
from projects.models import Project, Publication, Site


class CannotPublish(ValueError):
    """Says in French why not; nothing was changed."""


@transaction.atomic
def ask(target: Project | Site, user) -> Publication:
    """Has a second person decide. Raises CannotPublish."""
    target = _locked(target)
    if target.published:
        raise CannotPublish("Cette fiche est déjà publique.")
    waiting = Publication.objects.of(target).filter(review=Review.SUBMITTED).first()
    if waiting is not None:
        raise CannotPublish(f"La publication est déjà demandée, par {waiting.asked_by}.")
    return Publication.objects.create(**_about(target), asked_by=user)


@transaction.atomic
def take_back(target: Project | Site, user) -> None:
    """Whoever asked asks no more, before anybody decided."""
    row = _waiting(_locked(target))
    if row.asked_by_id != user.pk:
        raise CannotPublish("Seule la personne qui a demandé la publication peut la reprendre.")
    row.delete()


@transaction.atomic
def publish(target: Project | Site, user, *, stamp: str) -> Publication:
    """`stamp` is that of the record as the reviewer read it: one that changed since is read again first."""
    target = _locked(target)
    row = _waiting(target)
    _second(row, user)
    if stamp != stamp_of(target):
        raise CannotPublish("La fiche a changé depuis que vous l’avez ouverte. Relisez-la, puis publiez.")
    target.published = True
    target.save()
    return _decide(row, user, Review.APPROVED)


@transaction.atomic
def send_back(target: Project | Site, user, note: str) -> Publication:
    row = _waiting(_locked(target))
    _second(row, user)
    if not note.strip():
        raise CannotPublish(
            f"Écrivez ce qu’il faut reprendre{SPACE}: la personne qui a demandé lira cette remarque."
        )
    return _decide(row, user, Review.SENT_BACK, note)


@transaction.atomic
def withdraw(target: Project | Site, user, note: str) -> Publication:
    """Off the public pages, with a reason: a row of its own, beside the request that made it public."""
    target = _locked(target)
    if not target.published or not user.holds("reviewer"):
        raise CannotPublish("Seul un valideur peut retirer une fiche publique.")
    if not note.strip():
        raise CannotPublish(f"Dites pourquoi vous la retirez{SPACE}: l’historique le garde.")
    target.published = False
    target.save()
    return _decide(Publication(**_about(target), asked_by=user), user, Review.WITHDRAWN, note)


def last_of(target: Project | Site) -> Publication | None:
    """Its last request, whatever became of it."""
    return Publication.objects.of(target).with_target().first()


def stamp_of(target: Project | Site) -> str:
    return target.updated_at.isoformat()


def _about(target: Project | Site) -> dict[str, Project | Site]:
    return {"project" if isinstance(target, Project) else "site": target}


def _locked(target: Project | Site) -> Project | Site:
    return type(target).objects.select_for_update(of=("self",)).get(pk=target.pk)


def _waiting(target: Project | Site) -> Publication:
    row = Publication.objects.of(target).filter(review=Review.SUBMITTED).select_related("asked_by").first()
    if row is None:
        raise CannotPublish("Personne n’a demandé la publication de cette fiche, ou la décision est prise.")
    return row


def _second(row: Publication, user) -> None:
    if not row.may_be_decided_by(user):
        raise CannotPublish("Une autre personne que celle qui a demandé, valideur, doit décider.")


def _decide(row: Publication, user, review: Review, note: str = "") -> Publication:
    row.review, row.reviewer, row.decided_at, row.note = review, user, timezone.now(), note.strip()
    row.save()
    return row
