"""What the register knows of the aid of an undertaking, as the de minimis computation reads it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from agglo.figures.vocabulary import Qualifier
from projects.de_minimis import Aid, Answer, check
from projects.models import Beneficiary, FundingLine, Movement, Organisation, UndertakingLink
from projects.undertaking import Link, group_on

# For these, what is granted is what it is worth; a loan or a guarantee needs its gross grant equivalent.
FACE_VALUE = (FundingLine.Form.GRANT, FundingLine.Form.IN_KIND, FundingLine.Form.REBATE)


@dataclass(frozen=True, slots=True)
class Member:
    """A company of the undertaking, and the chain of links that makes it one."""

    company: Organisation
    chain: tuple[UndertakingLink, ...]


@dataclass(frozen=True, slots=True)
class Question:
    company: Organisation
    members: list[Member]
    answer: Answer
    companies: dict[int, Organisation]
    rows: dict[tuple[int, int], tuple[Movement, Beneficiary]]


def ask(company: Organisation, amount: Decimal | None, planned_on: date) -> Question:
    """The answer for one company; four queries whatever the size of its group.

    Companies that were tied to it at another time are listed too, so that one sees why they do not count.
    """
    held = UndertakingLink.objects.select_related("controller", "controlled")
    kept = {one.pk: one for one in held if one.is_demo == company.is_demo}
    links = [Link(one.controller_id, one.controlled_id, one.start, one.end, pk) for pk, one in kept.items()]
    group = group_on(company.pk, links, planned_on)
    ever = set(group_on(company.pk, [Link(one.controller, one.controlled) for one in links], planned_on))
    known = {company.pk: company}
    for one in kept.values():
        known |= {one.controller_id: one.controller, one.controlled_id: one.controlled}
    aids, rows = _aids(ever, planned_on)
    members = [Member(known[pk], tuple(kept[link.key] for link in chain)) for pk, chain in group.items()]
    answer = check(planned_on, amount, aids, group, timezone.localdate())
    return Question(company, members, answer, known, rows)


def _aids(companies: set[int], day: date) -> tuple[list[Aid], dict]:
    """Every grant in force to these companies, or whose activity they took over."""
    touched = Beneficiary.objects.filter(Q(organisation__in=companies) | Q(taken_over_by__in=companies))
    touched = touched.select_related("line", "organisation", "taken_over_by")
    by_line: dict[int, list[Beneficiary]] = {}
    for one in touched:
        by_line.setdefault(one.line_id, []).append(one)
    granted = Movement.objects.in_force().filter(line__in=by_line, kind=Movement.Kind.GRANTED)
    found, rows = [], {}
    for movement in granted.select_related("line__funder"):
        for one in by_line[movement.line_id]:
            key = (movement.pk, one.pk)
            rows[key] = (movement, one)
            found.append(
                Aid(
                    key,
                    one.holder_on(day).pk,
                    movement.line.regime,
                    movement.on,
                    movement.until,
                    worth(movement, one),
                    movement.line.about,
                    movement.qualifier != Qualifier.EXACT,
                )
            )
    return found, rows


def worth(movement: Movement, beneficiary: Beneficiary) -> Decimal | None:
    """The gross grant equivalent of a beneficiary’s part; None when it is not known."""
    amount = movement.grant_equivalent
    if amount is None and movement.line.form in FACE_VALUE:
        amount = movement.amount
    return None if amount is None else (amount * beneficiary.share).quantize(Decimal("0.01"))
