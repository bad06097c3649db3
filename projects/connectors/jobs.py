"""Jobs announced, and confirmed 36 months later by a named counterpart, by year of announcement (IND-06)."""

from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, register_tally
from projects.entries import EPCI
from projects.horizon_page import cohorts_of
from projects.models import JobClaim

ANNOUNCED, CONFIRMED = "emplois-annonces-au-sort-connu", "emplois-confirmes-36-mois"


def count_cohorts(day: date) -> Iterator[Counted]:
    """Only jobs whose fate is known: those nobody confirmed are neither zero nor a failure."""
    found, _ = cohorts_of(JobClaim.objects.attested().public(), day)
    for cohort in found:
        last = cohort.horizons[-1]
        if last.pools_known:
            named = (Entry("gisements d’emplois au sort connu", f"{last.pools_known} sur {last.pools}"),)
            yield Counted(ANNOUNCED, *EPCI, str(cohort.year), last.known, named)
            yield Counted(CONFIRMED, *EPCI, str(cohort.year), last.seen, named)


register_tally(
    Tally(
        code="emplois",
        title="Emplois annoncés et confirmés à 36 mois, par année d’annonce",
        measures=(ANNOUNCED, CONFIRMED),
        count=count_cohorts,
        stamp=trail_stamp,
        whole=True,
    )
)
register_formula(
    Formula(
        measure="emplois-taux-realisation",
        inputs={
            "seen": Input(CONFIRMED, "emplois confirmés à 36 mois"),
            "said": Input(ANNOUNCED, "emplois annoncés dont le sort est connu"),
        },
        reckon=Ratio("seen", "said", times=100),
    )
)
