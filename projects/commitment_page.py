"""Where each promise stands today, in words that do not judge without proof."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from projects.ledger import figures_quoted
from projects.models import Commitment, Status

BADGES = {Status.KEPT: "badge--ok", Status.LATE: "badge--late", Status.DROPPED: "badge--late"}


@dataclass(frozen=True, slots=True)
class Standing:
    words: str
    badge: str


def standing_of(one: Commitment, today: date) -> Standing:
    if one.status:
        return Standing(Status(one.status).label, BADGES.get(one.status, "badge--wait"))
    if one.is_overdue(today):
        return Standing("échéance passée, sans nouvelle", "badge--wait")
    return Standing("non vérifié", "")


def with_standing(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Each with `standing`, and `figure_id` when its target is a figure of the ledger."""
    found, today = list(commitments), timezone.localdate()
    keys = figures_quoted([one.figure_key for one in found])
    for one in found:
        one.standing = standing_of(one, today)
        one.figure_id = keys.get(one.figure_key)
    return found
