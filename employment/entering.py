"""Keeps what staff enters, and publishes it once a second person has approved it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from agglo.figures.vocabulary import Review

from .approving import CannotApprove
from .drafting import held_by_author
from .entry_forms import EntryForm
from .models import Entry, FrozenMask, Profile, SchoolReport
from .opening import open_or_update
from .registers import record_registers
from .school_release import needed, spelled


@transaction.atomic
def keep(form: EntryForm, user, row: Entry | None = None, *, submit: bool = False) -> Entry:
    """Write a valid form as a draft, new or changed by its author; `submit` hands it to a reviewer."""
    row = form.model(author=user, corrects=form.corrects) if row is None else held_by_author(row, user)
    form.fill(row)
    if form.corrects is not None:
        row.reason, row.reason_words = form.cleaned_data["reason"], form.cleaned_data["reason_words"]
    row.review = Review.SUBMITTED if submit else Review.DRAFT
    row.save()
    form.after(row)
    return row


@transaction.atomic
def approve_entry(entry: Entry, user, at: datetime | None = None) -> Entry:
    """Known from `at`, by default now. Raises CannotApprove, in French; Unprotectable."""
    row = type(entry).objects.select_for_update().get(pk=entry.pk)
    if row.review != Review.SUBMITTED:
        raise CannotApprove("Cette saisie n’attend pas de validation.")
    if row.author_id == user.pk:
        raise CannotApprove("Une autre personne que celle qui l’a faite doit valider cette saisie.")
    if row.corrects_id and row.corrects.superseded_at is not None:
        raise CannotApprove("Ce que cette saisie corrige a déjà été corrigé\u00a0: renvoyez-la à son auteur.")
    now = at or timezone.now()
    if isinstance(row, Profile) and not row.corrects_id and _opened(row):
        raise CannotApprove(
            "Une autre fiche de ce nom a été validée depuis\u00a0: renvoyez celle-ci, et corrigez l’autre."
        )
    if row.corrects_id:
        type(row).objects.filter(pk=row.corrects_id).update(superseded_at=now)
    row.review, row.reviewer, row.approved_at = Review.APPROVED, user, now
    row.save()
    if isinstance(row, SchoolReport):
        mask = {spelled(key): "s" for key in needed(row.school)}
        FrozenMask.objects.create(report=row, release=f"ecole:{row.school.slug}:{row.pk}", mask=mask)
    if isinstance(row, Profile):
        open_or_update(row, now)
    record_registers(now, row.subject_key)
    return row


def _opened(row: Profile) -> bool:
    """Whether a profile of the same record is in force already."""
    held = Profile.objects.in_force().filter(kind=row.kind, about=row.about, slug=row.slug)
    return held.exists()
