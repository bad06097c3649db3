"""The way of a follow-up before its approval: kept, submitted, sent back with a note, given up."""

from typing import TypeVar

from django.db import transaction

from agglo.figures.vocabulary import Review

from .checks import Told, warnings
from .entry import FollowUpForm
from .models import Entry, FollowUp, FollowUpLine, RedundancyPlan

Row = TypeVar("Row", bound=Entry)


class NotYours(ValueError):
    """Says in French why this entry cannot be changed now."""


@transaction.atomic
def keep(form: FollowUpForm, user, row: FollowUp | None = None, *, submit: bool = False) -> FollowUp:
    """Write a valid form as a draft, new or changed by its author; `submit` hands it to a reviewer."""
    said, corrects = form.cleaned_data, form.corrects
    if row is None:
        row = FollowUp(plan=form.plan, author=user, corrects=corrects)
    else:
        row = held_by_author(row, user)
    row.start = corrects.start if corrects else said["end"]
    row.end, row.dataset, row.perimeter = said["end"], form.dataset, said["perimeter"]
    row.source, row.wording = said["source"], said["wording"]
    row.base, row.total = (said[name] and said[name][0] for name in ("base", "total"))
    if corrects:
        row.reason, row.reason_words = said["reason"], said["reason_words"]
    row.review = Review.SUBMITTED if submit else Review.DRAFT
    row.save()
    row.lines.all().delete()
    FollowUpLine.objects.bulk_create(
        FollowUpLine(
            follow_up=row,
            category=category,
            count=count,
            qualifier=qualifier,
            measure="pse-situation",
            breakdown=f"SITUATION={category.code}",
        )
        for category, (count, qualifier) in form.counts.items()
    )
    return row


def held_by_author(row: Row, user) -> Row:
    """The row, locked, if this person may still change it."""
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.author_id != user.pk:
        raise NotYours("Seule la personne qui a fait cette saisie peut la changer.")
    if not row.editable:
        raise NotYours(
            "Cette saisie a été soumise\u00a0: elle ne change plus tant qu’elle n’est pas renvoyée."
        )
    return row


@transaction.atomic
def send_back(row: Entry, user, note: str) -> Entry:
    row = type(row).objects.select_for_update().get(pk=row.pk)
    if row.review != Review.SUBMITTED:
        raise NotYours("Cette saisie n’attend pas de validation.")
    if not note.strip():
        raise NotYours("Écrivez ce qu’il faut corriger\u00a0: l’auteur lira cette remarque.")
    row.review, row.note = Review.SENT_BACK, note.strip()
    row.save()
    return row


@transaction.atomic
def give_up(row: Entry, user) -> Entry:
    row = held_by_author(row, user)
    row.review = Review.WITHDRAWN
    row.save()
    return row


def previous(plan: RedundancyPlan, row: FollowUp | None = None, end=None) -> FollowUp | None:
    """The last one in force to read beside: what is corrected, else the last before that date."""
    if row is not None and row.corrects_id:
        return row.corrects
    held = plan.follow_ups.in_force().prefetch_related("lines__category").order_by("end", "pk")
    end = end or (row.end if row else None)
    return (held.filter(end__lt=end) if end else held).last()


def told(row: FollowUp, solutions: frozenset[str]) -> Told:
    counts = {line.category.name: line.count for line in row.lines.select_related("category")}
    return Told(row.end, counts, solutions, row.base, row.total, row.source)


def solutions(plan: RedundancyPlan) -> frozenset[str]:
    held = plan.categories.filter(is_solution=True).select_related("category")
    return frozenset(one.category.name for one in held)


def odd(
    plan: RedundancyPlan, said: Told, before: FollowUp | None, perimeter_id: int, dataset: str
) -> list[str]:
    """What is odd beside the previous one, if it counts the same people, and beside another source."""
    announced = plan.events.filter(kind="announced").values_list("on", flat=True).first()
    other = plan.follow_ups.in_force().filter(end=said.end).exclude(dataset=dataset).first()
    known = solutions(plan)
    same = before if before and before.perimeter_id == perimeter_id else None
    return warnings(said, told(same, known) if same else None, announced, other.source if other else "")
