"""A second person approves a follow-up: exact numbers to closed series, masked ones to public series."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from agglo.disclosure import Cell
from agglo.figures.models import Dataset, Observation, Release, Series, Source
from agglo.figures.recording import Statement, record
from agglo.figures.vocabulary import Dating, Review, SourceKind, State

from .masking import BASE, DURABLE, SOLVED, betrayed, cells_of, needed, release_key
from .models import FollowUp, FrozenMask

# Rank of a series: press accounts stand at 1, but for the first article, at 0.
FIRST, BEHIND = 0, 2


class CannotApprove(ValueError):
    """Says in French why not."""


@transaction.atomic
def approve(follow_up: FollowUp, user, at: datetime | None = None) -> FollowUp:
    """Known to the public from `at`, by default now. Raises CannotApprove for one’s own follow-up, for one
    that does not wait, or whose words would tell a masked number; Unprotectable.
    """
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if row.review != Review.SUBMITTED:
        raise CannotApprove("Ce point de suivi n’attend pas de validation.")
    if row.author_id == user.pk:
        raise CannotApprove("Une autre personne que celle qui l’a saisi doit valider ce point de suivi.")
    now = at or timezone.now()
    held = row.plan.follow_ups.in_force().filter(dataset=row.dataset, start=row.start, end=row.end)
    if held.exclude(pk=row.corrects_id).exists():
        raise CannotApprove(
            "Cette source a déjà un point de suivi validé à cette date\u00a0: renvoyez celui-ci, "
            "et corrigez l’autre en disant pourquoi."
        )
    held.update(superseded_at=now)
    row.review, row.reviewer, row.approved_at = Review.APPROVED, user, now
    row.save()
    publish(row, now)
    return row


def publish(row: FollowUp, now: datetime) -> None:
    """The one door between a follow-up and the public: what is masked never enters a public series."""
    cells, mask = cells_of(row)[0], needed(row)
    if said := betrayed(row, mask):
        raise CannotApprove(
            f"Les mots à publier citent un nombre masqué ({', '.join(map(str, said))})\u00a0: renvoyez "
            "ce point pour que l’auteur les retire. Rien n’a été changé."
        )
    FrozenMask.objects.create(
        plan=row.plan,
        follow_up=row,
        release=release_key(row),
        mask={str(key): why.value for key, why in mask.items()},
    )
    for public in (False, True):
        release = _release(row, public, now)
        record(_statements(row, cells, mask if public else {}, release, now))
        Series.objects.filter(dataset=release.dataset).update(public=public)
    rank_accounts(row)


def rank_accounts(row: FollowUp) -> None:
    """Of several accounts of a plan the newest is read by default; the others stay beside it."""
    held = Observation.objects.visible_to(None).known_on()
    held = held.filter(series__subject=row.plan.subject_id, period_end__isnull=False)
    held = held.exclude(series__dataset__code__startswith="calcul-").order_by("period_end")
    newest = dict(held.values_list("series__dataset__code", "period_end"))
    ours = set(row.plan.follow_ups.filter(attested=False).values_list("dataset", flat=True))
    best = max(newest.values(), default=row.end)
    for code in ours & set(newest):
        rank = FIRST if newest[code] == best else BEHIND
        Series.objects.filter(subject=row.plan.subject_id, dataset__code=code).update(rank=rank)


def _release(row: FollowUp, public: bool, now: datetime) -> Release:
    source, _ = Source.objects.get_or_create(
        code=row.dataset, defaults={"name": row.source, "kind": SourceKind.STAFF}
    )
    code = row.dataset if public else f"{row.dataset}-interne"
    title = f"Suivi du plan {row.plan}" + ("" if public else ", nombres exacts")
    dataset, _ = Dataset.objects.get_or_create(code=code, defaults={"source": source, "title": title})
    return Release.objects.create(dataset=dataset, edition=f"{now:%Y-%m-%dT%H:%M:%S.%f}")


def _statements(
    row: FollowUp, cells: list[Cell], mask: dict, release: Release, now: datetime
) -> list[Statement]:
    values = {cell.key: cell.value for cell in cells}
    where = {line.category.code: line.where for line in row.lines.select_related("category")}
    where |= {
        BASE: (row.perimeter.measure, ""),
        SOLVED: ("pse-avec-solution", ""),
        DURABLE: ("pse-solutions-durables", ""),
    }
    qualifiers = {line.category.code: line.qualifier for line in row.lines.select_related("category")}

    def say(key: str, measure: str, breakdown: str, value: Decimal, hidden: bool) -> Statement:
        return Statement(
            measure=measure,
            subject=row.plan.key,
            release=release,
            known_from=now,
            start=row.start,
            end=row.end,
            value=None if hidden else value,
            state=State.CONFIDENTIAL if hidden else State.VALUE,
            qualifier=0 if hidden else qualifiers.get(key, 0),
            dating=Dating.INFERRED if row.inferred else Dating.STATED,
            breakdown=breakdown,
            rank=1,
            reason=row.reason if row.corrects_id else None,
            reason_words=row.reason_words or None,
            author_id=row.author_id,
        )

    # Rates and those without a solution are formulas of these (see `connectors/plans`), masked as they are.
    return [
        say(key, *where[key], Decimal(value), key in mask) for key, value in values.items() if key in where
    ]
