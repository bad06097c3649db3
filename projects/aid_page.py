"""What the pages of aid show of a line: sums by kind, counterparts with their last check and what is due."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from projects.aid_amounts import Sum, total, totals
from projects.clawback import Due, due
from projects.models import Counterpart, FundingLine, Movement

KINDS = [(kind, Movement.Kind(kind).label) for kind in ("asked", "granted", "paid", "reclaimed", "recovered")]


@dataclass(frozen=True, slots=True)
class Promise:
    """A counterpart, its last check, what the agreement makes due and what was claimed for it."""

    counterpart: Counterpart
    due: Due | None
    claimed: Sum


@dataclass(frozen=True, slots=True)
class Shown:
    line: FundingLine
    sums: list[tuple[str, Sum]]
    promises: list[Promise]

    @property
    def movements(self) -> list[Movement]:
        """Those in force, in their order: neither cancellations nor what they cancel."""
        rows = list(self.line.movements.all())
        gone = {row.cancels_id for row in rows if row.cancels_id}
        return [row for row in rows if not row.cancels_id and row.pk not in gone]

    @property
    def granted(self) -> Sum:
        return total(self.line.movements.all(), "granted")

    @property
    def paid(self) -> Sum:
        return total(self.line.movements.all(), "paid")

    @property
    def reclaimed(self) -> Sum:
        return total(self.line.movements.all(), "reclaimed")

    @property
    def recovered(self) -> Sum:
        return total(self.line.movements.all(), "recovered")

    @property
    def names(self) -> str:
        return ", ".join(str(one.organisation) for one in self.line.beneficiaries.all())

    @property
    def granted_on(self) -> str:
        rows = [one for one in self.movements if one.kind == "granted"]
        return rows[0].when if rows else "octroi non daté"


def shown(lines: QuerySet[FundingLine]) -> list[Shown]:
    """Each with all that its page says; no further query."""
    return [_shown(line) for line in lines]


def _shown(line: FundingLine) -> Shown:
    movements = list(line.movements.all())
    sums = totals(movements)
    return Shown(
        line,
        [(label, sums[kind]) for kind, label in KINDS],
        [_promise(one, movements, sums["paid"]) for one in line.counterparts.all()],
    )


def _promise(one: Counterpart, movements: list[Movement], paid: Sum) -> Promise:
    last = one.last_check
    owed = due(one.clawback, last.found, paid, one.target, last.reached) if last else None
    return Promise(one, owed, total([row for row in movements if row.counterpart_id == one.pk], "reclaimed"))


@dataclass(frozen=True, slots=True)
class ToCheck:
    counterpart: Counterpart
    late: bool


def to_check(today: date, until: date) -> list[ToCheck]:
    """Counterparts whose check is late or due before a day, the latest first."""
    rows = Counterpart.objects.due_by(until).select_related("line__funder").prefetch_related("checks")
    return [ToCheck(one, one.check_on < today) for one in rows]
