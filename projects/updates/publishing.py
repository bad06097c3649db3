"""A second person decides of an update: publishes it, or sends it back with a note; withdraws it later."""

from django.db import transaction
from django.utils import timezone

from agglo.figures.vocabulary import Review
from projects.models import Bulletin, Milestone, PlannedDate, Update, UpdateEvent, UpdateStep
from projects.tasks import tell_decision
from projects.updates.drafting import locked

SOURCE = "services de l’agglomération"


class CannotDecide(ValueError):
    """Says in French why not; nothing was changed."""


@transaction.atomic
def publish(row: Update, user, *, version: int) -> Update:
    """`version` is that which was read. Raises CannotDecide for another one, for one's own update, one that
    does not wait, or a day already told.
    """
    row = _waiting(row, user)
    if row.version != version:
        raise CannotDecide("Cette mise à jour a été reprise et changée depuis. Relisez-la, puis décidez.")
    for step in row.steps.select_related("milestone"):
        _apply(step, row)
    row.bulletin = _bulletin(row) if row.project else None
    row.review, row.reviewer, row.published_at, row.note = Review.APPROVED, user, timezone.now(), ""
    row.save()
    _told(row, UpdateEvent.Kind.PUBLISHED, user)
    return row


@transaction.atomic
def send_back(row: Update, user, note: str) -> Update:
    row = _waiting(row, user)
    if not note.strip():
        raise CannotDecide("Écrivez ce qu’il faut reprendre\u00a0: l’auteur lira cette remarque.")
    row.review, row.note, row.version = Review.SENT_BACK, note.strip(), row.version + 1
    row.save()
    _told(row, UpdateEvent.Kind.SENT_BACK, user, row.note)
    return row


@transaction.atomic
def withdraw(row: Update, user, note: str) -> Update:
    """Takes a published update off the public pages, with a reason. Dates of milestones stay."""
    row = locked(row)
    if row.review != Review.APPROVED or not user.holds("reviewer"):
        raise CannotDecide("Seul un valideur peut retirer une mise à jour publiée.")
    if not note.strip():
        raise CannotDecide("Dites pourquoi vous la retirez\u00a0: l’historique le garde.")
    bulletin, row.bulletin, row.review = row.bulletin, None, Review.WITHDRAWN
    row.save()
    if bulletin:
        bulletin.delete()
    _told(row, UpdateEvent.Kind.WITHDRAWN, user, note.strip())
    return row


def _waiting(row: Update, user) -> Update:
    row = locked(row)
    if row.review != Review.SUBMITTED:
        raise CannotDecide("Cette mise à jour n’attend pas de décision.")
    if not row.may_be_decided_by(user):
        raise CannotDecide("Une autre personne que son auteur, valideur, doit décider de cette mise à jour.")
    return row


def _bulletin(row: Update) -> Bulletin:
    if row.project.bulletins.filter(as_of=row.as_of).exists():
        raise CannotDecide(
            f"Un bulletin de ce projet existe déjà au {row.as_of:%d/%m/%Y}. Retirez d’abord l’autre mise à "
            "jour, ou renvoyez celle-ci pour qu’elle change de date."
        )
    return Bulletin.objects.create(
        project=row.project,
        as_of=row.as_of,
        weather=row.weather,
        synthesis=row.synthesis,
        by=row.author,
        source=SOURCE,
        origin=row.project.origin,
    )


def _apply(step: UpdateStep, row: Update) -> None:
    """The milestone as the update says; what was told of it before stays."""
    milestone = Milestone.objects.select_for_update().get(pk=step.milestone_id)
    if milestone.actual_on:
        raise CannotDecide(
            f"Le jalon «\u202f{milestone}\u202f» est déjà noté comme atteint\u00a0: renvoyez la mise à jour."
        )
    if step.kind == UpdateStep.Kind.REACHED:
        milestone.actual_on, milestone.evidence = step.on, step.words
        milestone.save()
        return
    if milestone.dates.filter(decided_on=row.as_of).exists():
        raise CannotDecide(
            f"Le jalon «\u202f{milestone}\u202f» a déjà été replanifié au {row.as_of:%d/%m/%Y}\u00a0: "
            "renvoyez la mise à jour pour qu’elle change de date."
        )
    PlannedDate.objects.create(
        milestone=milestone, planned_on=step.on, decided_on=row.as_of, reason=step.words, source=SOURCE
    )


def _told(row: Update, kind: str, user, note: str = "") -> None:
    """Writes the act down and, once it is kept, has its author told."""
    event = UpdateEvent.objects.create(update=row, kind=kind, by=user, note=note)
    # The act is kept whatever the queue says: its author reads it in the worklist all the same.
    transaction.on_commit(lambda: tell_decision.delay(event.pk), robust=True)
