"""The author's side of an update: kept as it is typed, submitted, taken back, given up."""

from django.db import transaction

from agglo.figures.vocabulary import Review
from projects.models import Project, Site, Update, UpdateEvent, UpdateStep
from projects.models.update import OPEN, UNDER_WAY, kind_of
from projects.updates.entry import UpdateForm
from projects.updates.following import follow


class NotNow(ValueError):
    """Says in French why this update cannot be changed now."""


class ChangedElsewhere(NotNow):
    """The same draft was kept from another screen since this one was opened."""


def under_way(target: Project | Site, user) -> Update | None:
    """The one update this person has begun and not brought to its end."""
    return Update.objects.of(target).filter(author=user, review__in=UNDER_WAY).first()


@transaction.atomic
def keep(form: UpdateForm, user, *, version: int | None = None) -> Update:
    """What is typed, right or wrong. Raises ChangedElsewhere when `version` is not the one held."""
    row = _held(form.target, user)
    if version is not None and row.version != version and row.typed != form.raw():
        raise ChangedElsewhere(
            "Ce brouillon a été gardé depuis un autre écran. Ce que vous venez d’écrire est encore "
            "ici\u00a0: gardez-le de nouveau pour qu’il remplace l’autre."
        )
    if row.typed != form.raw():
        row.typed = form.raw()
        row.version += 1
        row.save()
    return row


@transaction.atomic
def submit(form: UpdateForm, user) -> Update:
    """A valid form goes to a second person."""
    row = _held(form.target, user)
    said = form.cleaned_data
    row.as_of, row.weather, row.synthesis = said["as_of"], said["weather"], said["synthesis"].strip()
    row.typed, row.review, row.version = form.raw(), Review.SUBMITTED, row.version + 1
    row.save()
    row.steps.all().delete()
    UpdateStep.objects.bulk_create(UpdateStep(update=row, **step) for step in form.steps)
    UpdateEvent.objects.create(update=row, kind=UpdateEvent.Kind.SUBMITTED, by=user)
    follow(form.target, user)
    return row


@transaction.atomic
def take_back(row: Update, user) -> Update:
    """Its author changes it again before anybody decided."""
    row = locked(row)
    if row.author_id != user.pk or row.review != Review.SUBMITTED:
        raise NotNow("Seul son auteur peut reprendre une mise à jour, et seulement avant la décision.")
    row.review = Review.DRAFT
    row.save()
    UpdateEvent.objects.create(update=row, kind=UpdateEvent.Kind.TAKEN_BACK, by=user)
    return row


@transaction.atomic
def give_up(row: Update, user) -> Update:
    row = locked(row)
    if not row.may_be_changed_by(user):
        raise NotNow("Seul son auteur peut abandonner une mise à jour, et seulement avant de la soumettre.")
    row.review = Review.WITHDRAWN
    row.save()
    UpdateEvent.objects.create(update=row, kind=UpdateEvent.Kind.GIVEN_UP, by=user)
    return row


def locked(row: Update) -> Update:
    return Update.objects.select_for_update(of=("self",)).get(pk=row.pk)


def _held(target: Project | Site, user) -> Update:
    """This person's draft, locked; made when there is none."""
    held = Update.objects.of(target).filter(author=user, review__in=UNDER_WAY)
    row = held.select_for_update(of=("self",)).first()
    if row is None:
        row = Update.objects.create(author=user, **{kind_of(target): target})
        UpdateEvent.objects.create(update=row, kind=UpdateEvent.Kind.STARTED, by=user)
    elif row.review not in OPEN:
        raise NotNow(
            "Cette mise à jour est soumise\u00a0: reprenez-la d’abord, ou attendez la décision. "
            "Rien n’a été changé."
        )
    return row
