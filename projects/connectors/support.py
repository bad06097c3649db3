"""Companies that were helped: winners of France Relance, companies seen by digital advisers (IND-04, TRA-01).

Cases, acts and companies are three units. Fewer than three companies could be recognised: they are hidden.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.opendata.tallies import Counted, Entry, Tally, month_of, register_tally
from projects.entries import EPCI
from projects.models import SupportAct, SupportCase

WINNERS, WINNING = "france-relance-dossiers-registre", "france-relance-entreprises-registre"
SEEN, ACTS = "ambassadeurs-entreprises", "ambassadeurs-actes"
FEWEST = 3


def count_winners(day: date) -> Iterator[Counted]:
    """Cases that won, and the companies behind them, by commune of the project and for the whole."""
    won = SupportCase.objects.attested().of_scheme("france-relance").awarded().filter(result_on__lte=day)
    places: dict[tuple[str, str], list[SupportCase]] = defaultdict(list)
    for case in won.select_related("company", "commune__subject"):
        places[EPCI].append(case)
        if case.commune:
            places["COM", case.commune.subject.code].append(case)
    for place, held in places.items():
        companies = _companies(held)
        for measure, number, what in (
            (WINNERS, len(held), "dossiers lauréats"),
            (WINNING, len(companies), "entreprises distinctes"),
        ):
            yield _hidden_below(measure, place, month_of(day), number, companies, what)


def count_advised(day: date) -> Iterator[Counted]:
    """By year: companies with at least one act of the digital advisers, and the acts beside them."""
    years: dict[int, list[SupportAct]] = defaultdict(list)
    acts = SupportAct.objects.in_force().filter(
        case__in=SupportCase.objects.attested().of_scheme("ambassadeurs-numeriques"), on__lte=day
    )
    for act in acts.select_related("case__company"):
        years[act.on.year].append(act)
    for year, held in sorted(years.items()):
        companies = _companies(act.case for act in held)
        yield _hidden_below(SEEN, EPCI, str(year), len(companies), companies, "entreprises distinctes")
        yield _hidden_below(ACTS, EPCI, str(year), len(held), companies, "actes")


def _companies(cases: Iterable[SupportCase]) -> set[str]:
    """By SIREN, else by organisation: two cases of a company are one company."""
    return {case.company.siren or f"organisation {case.company_id}" for case in cases}


def _hidden_below(
    measure: str, place: tuple[str, str], period: str, number: int, companies: set[str], what: str
) -> Counted:
    few = len(companies) < FEWEST
    entries = () if few else (Entry(f"{what}, non nommés", str(number)),)
    return Counted(measure, *place, period, None if few else number, entries, hidden=few)


register_tally(
    Tally(
        code="laureats",
        title="Dossiers lauréats de France Relance inscrits au registre",
        measures=(WINNERS, WINNING),
        count=count_winners,
        stamp=trail_stamp,
    )
)
register_tally(
    Tally(
        code="ambassadeurs",
        title="Entreprises accompagnées par les ambassadeurs numériques",
        measures=(SEEN, ACTS),
        count=count_advised,
        stamp=trail_stamp,
        whole=True,
    )
)
