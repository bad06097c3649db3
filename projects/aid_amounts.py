"""Sums of one kind of movement: an unknown amount stays unknown, « environ » stays « environ ». Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from agglo.charts import french
from agglo.figures.vocabulary import Qualifier
from projects.jobs import qualified

INEXACT = {Qualifier.ABOUT: "environ", Qualifier.AT_LEAST: "au moins", Qualifier.AT_MOST: "au plus"}


@dataclass(frozen=True, slots=True)
class Sum:
    """Euros of one kind: what is known, how many amounts are not, and how exact the rest is."""

    known: Decimal = Decimal(0)
    entries: int = 0
    unknown: int = 0
    qualifier: int = Qualifier.EXACT

    @property
    def exact(self) -> bool:
        return not self.unknown and self.qualifier == Qualifier.EXACT

    @property
    def words(self) -> str:
        """« 1 250 000 € », « au moins 80 000 € », « montant non connu », « — » when nothing happened."""
        if not self.entries:
            return "—"
        if self.unknown == self.entries:
            return "montant non connu"
        said = euros(self.known)
        if self.unknown:
            return f"au moins {said}"
        return said if self.exact else f"{INEXACT.get(self.qualifier, 'environ')} {said}"


def euros(amount: Decimal | None) -> str:
    """« 1 250 000 € »: cents only where there are any."""
    if amount is None:
        return "montant non connu"
    return french.quantity(amount, "€", 0 if amount == int(amount) else 2)


def total(movements: Iterable, kind: str) -> Sum:
    """What is in force of one kind: cancelled entries and their cancellations are left out."""
    rows = list(movements)
    gone = {row.cancels_id for row in rows if row.cancels_id}
    held = [row for row in rows if row.kind == kind and row.pk not in gone]
    return Sum(
        known=sum((row.amount for row in held if row.amount is not None), Decimal(0)),
        entries=len(held),
        unknown=sum(row.amount is None for row in held),
        qualifier=qualified(row.qualifier for row in held if row.amount is not None),
    )


def totals(movements: Iterable) -> dict[str, Sum]:
    """Asked, granted, paid, reclaimed and recovered stand side by side: they are never added together."""
    rows = list(movements)
    return {kind: total(rows, kind) for kind in ("asked", "granted", "paid", "reclaimed", "recovered")}
