"""Public aid: what was granted where, and how near to the ceiling undertakings stand (LOC-07, LOC-08)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from agglo.accounts.audit import trail_stamp
from agglo.figures.vocabulary import Qualifier
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, month_of, register_tally
from projects.aid_amounts import euros
from projects.aid_register import ask
from projects.de_minimis import CEILING
from projects.entries import EPCI
from projects.models import FundingLine, Movement, Organisation
from projects.models.funding import Regime

GRANTED, UNDERTAKINGS = "aides-accordees", "de-minimis-entreprises-uniques"
BANDS = ((Decimal("0.5"), "MOINS_50"), (Decimal("0.8"), "50_80"), (Decimal(1), "80_100"))


def count_granted(day: date) -> Iterator[Counted]:
    """By year of the decision, of the lines decided in public. A year with an amount that is unknown or only
    approximate has no sum; the amount of an aid to a legal person is public, so nothing is hidden.
    """
    for (place, year), held in by_place_and_year(grants(day)).items():
        if all(one.amount is not None and one.qualifier == Qualifier.EXACT for one in held):
            entries = tuple(Entry(one.line.about, euros(one.amount), "/aides/") for one in held)
            yield Counted(GRANTED, *place, str(year), sum(one.amount for one in held), entries)


def grants(day: date) -> list[Movement]:
    """Grants decided in public until a day, of which the year is known; oldest first."""
    lines = FundingLine.objects.published().attested()
    found = Movement.objects.in_force().filter(kind=Movement.Kind.GRANTED, line__in=lines, until__lte=day)
    found = found.select_related("line__case__commune__subject", "line__project__site__commune__subject")
    return [one for one in found.order_by("until", "pk") if one.on.year == one.until.year]


def by_place_and_year(found: Iterable[Movement]) -> dict[tuple[tuple[str, str], int], list[Movement]]:
    """For the whole, and for each commune that is known."""
    held: dict[tuple[tuple[str, str], int], list[Movement]] = defaultdict(list)
    for one in found:
        held[EPCI, one.until.year].append(one)
        commune = commune_of(one.line)
        if commune:
            held[("COM", commune), one.until.year].append(one)
    return dict(sorted(held.items()))


def commune_of(line: FundingLine) -> str:
    """Where the money is invested: the case says it, else the site of the project."""
    if line.case and line.case.commune:
        return line.case.commune.subject.code
    site = line.project.site if line.project else None
    return site.commune.subject.code if site and site.commune else ""


def count_undertakings(day: date) -> Iterator[Counted]:
    """Single undertakings with de minimis aid over the three years that end today, by share of the ceiling.
    One with an amount nobody knows stands apart.
    """
    lines = FundingLine.objects.attested().filter(regime=Regime.DE_MINIMIS)
    holders = Organisation.objects.filter(funding_received__line__in=lines).distinct()
    groups: dict[frozenset[int], str] = {}
    for company in holders.order_by("pk"):
        question = ask(company, None, day)
        if question.answer.counted:
            groups[frozenset(member.company.pk for member in question.members)] = _band(question.answer)
    counts = Counter(groups.values())
    if counts:
        yield Counted(UNDERTAKINGS, *EPCI, month_of(day), sum(counts.values()))
    for band, number in counts.items():
        yield Counted(UNDERTAKINGS, *EPCI, month_of(day), number, (), f"PLAFOND={band}")


def _band(answer) -> str:
    if not answer.certain:
        return "NON_CONNU"
    reached = answer.known / CEILING
    return next((band for limit, band in BANDS if reached < limit), "ATTEINT")


register_tally(
    Tally(
        code="aides",
        title="Aides accordées, décisions publiques",
        measures=(GRANTED,),
        count=count_granted,
        stamp=trail_stamp,
        whole=True,
    )
)
register_tally(
    Tally(
        code="de-minimis",
        title="Entreprises uniques et plafond de minimis",
        measures=(UNDERTAKINGS,),
        count=count_undertakings,
        stamp=trail_stamp,
        public=False,
    )
)
register_formula(
    Formula(
        measure="aides-pour-mille-habitants",
        inputs={
            "granted": Input(GRANTED, "aides accordées dans l’année"),
            "people": Input("population-municipale", "habitants", last_known=True),
        },
        reckon=Ratio("granted", "people", times=1000),
    )
)
# A small commune with one case in three years shows a peak that says nothing: three years are added up.
register_formula(
    Formula(
        measure="aides-trois-ans-pour-mille-habitants",
        inputs={
            "granted": Input(GRANTED, "aides accordées en trois ans", window=3),
            "people": Input("population-municipale", "habitants", last_known=True),
        },
        reckon=Ratio("granted", "people", times=1000),
    )
)
