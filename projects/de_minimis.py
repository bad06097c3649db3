"""May this de minimis aid be granted on that day? Regulation (EU) 2023/2831, date to date. Pure.

At most 300,000 € per single undertaking and Member State over three years (art. 3(2)), counted on the day the
right is born, not on the day of payment (art. 3(3)). Aid granted to companies that have since merged counts
(art. 3(8)); after a split it follows the activity it served (art. 3(9)). Agricultural and fishery de minimis
count towards the same ceiling (art. 5(2)); that of services of general economic interest does not.
"""

from calendar import monthrange
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from agglo.charts.french import date_long
from projects.aid_amounts import euros

CEILING = Decimal(300_000)
OWN_CEILINGS = {"agriculture": Decimal(50_000), "fisheries": Decimal(40_000), "sgei": Decimal(750_000)}
TOWARDS_THE_CEILING = ("de_minimis", "agriculture", "fisheries")
YEARS = 3
IN_FORCE = (date(2024, 1, 1), date(2030, 12, 31))


class Counts(StrEnum):
    """Why an aid counts, or does not."""

    YES = "compte"
    MAYBE = "compte peut-être"
    TOO_OLD = "trop ancienne"
    LATER = "octroyée après"
    ELSEWHERE = "hors du groupe"
    OTHER_RULE = "autre régime"


@dataclass(frozen=True, slots=True)
class Aid:
    """An aid granted: whose it is on the planned day, when the right was born, its gross grant equivalent."""

    key: Hashable
    holder: Hashable
    regime: str
    granted_from: date
    granted_until: date
    amount: Decimal | None
    label: str = ""
    inexact: bool = False

    @property
    def counts_until(self) -> date:
        """The last day on which a new grant has to count it."""
        return same_day_in(self.granted_until, YEARS)


@dataclass(frozen=True, slots=True)
class Line:
    aid: Aid
    counts: Counts
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The computation, line by line, and what is left."""

    planned_on: date
    asked: Decimal | None
    lines: tuple[Line, ...]
    known: Decimal
    unknown: int
    maybe: int
    inexact: bool
    warnings: tuple[str, ...]

    @property
    def counted(self) -> list[Line]:
        return [line for line in self.lines if line.counts == Counts.YES]

    @property
    def headroom(self) -> Decimal:
        """What is left at most; exact only when every amount is known."""
        return max(CEILING - self.known, Decimal(0))

    @property
    def certain(self) -> bool:
        return not self.unknown and not self.maybe and not self.inexact

    @property
    def headroom_words(self) -> str:
        if self.unknown or self.maybe:
            return f"au plus {euros(self.headroom)}"
        return f"environ {euros(self.headroom)}" if self.inexact else euros(self.headroom)

    @property
    def fits(self) -> bool | None:
        """None when an amount that is not known could change the answer."""
        if self.asked is None:
            return None
        if self.known + self.asked > CEILING and not self.inexact:
            return False
        return True if self.certain else None


def same_day_in(day: date, years: int) -> date:
    """The same date some years on; 29 February falls on the 28th of a year without one.

    Periods end with the last day of the month when it has no such date: Regulation 1182/71, article 3.
    """
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def check(
    planned_on: date, asked: Decimal | None, aids: Iterable[Aid], group: Mapping | Iterable, today: date
) -> Answer:
    """`group` holds the companies of the undertaking on the planned day."""
    members = set(group)
    lines = tuple(
        sorted((judge(aid, planned_on, members) for aid in aids), key=lambda line: line.aid.granted_from)
    )
    counted = [line.aid for line in lines if line.counts == Counts.YES]
    known = sum((aid.amount for aid in counted if aid.amount is not None), Decimal(0))
    unknown = sum(aid.amount is None for aid in counted)
    inexact = any(aid.inexact for aid in counted)
    return Answer(
        planned_on,
        asked,
        lines,
        known,
        unknown,
        sum(line.counts == Counts.MAYBE for line in lines),
        inexact,
        tuple(_warnings(planned_on, today, lines, members)),
    )


def judge(aid: Aid, planned_on: date, members: set) -> Line:
    """Whether one aid counts on the planned day, with the reason in French."""
    if aid.holder not in members:
        return Line(aid, Counts.ELSEWHERE, "cette entreprise n’est pas du groupe ce jour-là")
    if aid.regime not in (*TOWARDS_THE_CEILING, "unknown"):
        return Line(aid, Counts.OTHER_RULE, "ne compte pas dans le plafond de 300 000 €")
    if aid.granted_from > planned_on:
        return Line(aid, Counts.LATER, f"octroyée après le {date_long(planned_on)}")
    last = date_long(aid.counts_until)
    if aid.counts_until < planned_on:
        return Line(aid, Counts.TOO_OLD, f"a cessé de compter après le {last}")
    if aid.regime == "unknown":
        return Line(aid, Counts.MAYBE, f"régime non connu ; si elle est de minimis, compte jusqu’au {last}")
    if aid.amount is None:
        return Line(aid, Counts.YES, f"compte jusqu’au {last} ; montant non connu")
    return Line(aid, Counts.YES, f"compte jusqu’au {last}")


def _warnings(planned_on: date, today: date, lines: Iterable[Line], members: set) -> Iterable[str]:
    counted = [line.aid for line in lines if line.counts == Counts.YES]
    if not IN_FORCE[0] <= planned_on <= IN_FORCE[1]:
        yield (
            "Le règlement (UE) 2023/2831 vaut du 1er janvier 2024 au 31 décembre 2030 : ce jour-là, un autre"
            " règlement s’applique."
        )
    if planned_on < today:
        yield "Cette date est passée : une aide déjà octroyée ne se vérifie plus, elle se saisit."
    if any(aid.amount is None for aid in counted):
        yield "Un montant au moins n’est pas connu : ce qui reste est « au plus »."
    if any(aid.inexact for aid in counted):
        yield "Un montant au moins n’est pas exact : demandez-le avant de décider."
    if any(aid.granted_from != aid.granted_until for aid in counted):
        yield "Le jour d’un octroi n’est pas connu : il compte jusqu’à la fin possible, par prudence."
    if any(line.counts == Counts.MAYBE for line in lines):
        yield "Une aide du groupe n’a pas de régime connu : si elle est de minimis, elle compte aussi."
    for regime, ceiling in OWN_CEILINGS.items():
        own = [
            line.aid.amount or 0
            for line in lines
            if line.aid.regime == regime
            and line.aid.holder in members
            and line.aid.granted_from <= planned_on <= line.aid.counts_until
        ]
        if own:
            yield (
                f"{_NAMES[regime]} : {euros(Decimal(sum(own)))} sur trois ans, pour un plafond propre de"
                f" {euros(ceiling)}. Vérifiez-le dans son règlement."
            )


_NAMES = {
    "agriculture": "De minimis agricole, règlement (UE) 1408/2013",
    "fisheries": "De minimis pêche, règlement (UE) 717/2014",
    "sgei": "De minimis SIEG, règlement (UE) 2023/2832",
}
