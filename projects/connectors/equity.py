"""Whether public aid reaches every commune: jobs it stood by, small communes it came to (LOC-08)."""

from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.figures import reading
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Entry, Tally, register_tally
from projects.connectors.aid import by_place_and_year, commune_of, grants
from projects.entries import EPCI
from projects.models import FundingLine, Movement

JOBS, SERVED, SMALL = "emplois-accompagnes", "petites-communes-servies", "petites-communes"
PEOPLE, FEW = "population-municipale", 1000
WINDOW = 3  # years: one case is no peak


def count_jobs(day: date) -> Iterator[Counted]:
    """Jobs of the establishments aided in the year, as the decisions say them. An establishment aided twice
    is there once, with its last number; a year with an establishment nobody numbered has no sum.
    """
    for (place, year), held in by_place_and_year(grants(day)).items():
        aided = _aided(held)
        if all(line.jobs is not None for line in aided):
            entries = tuple(Entry(line.about, f"{line.jobs} emplois", "/aides/") for line in aided)
            yield Counted(JOBS, *place, str(year), sum(line.jobs for line in aided), entries)


def _aided(held: list[Movement]) -> list[FundingLine]:
    """The last line of each establishment: its beneficiaries, where the money is invested."""
    lines = FundingLine.objects.filter(pk__in=[one.line_id for one in held]).prefetch_related("beneficiaries")
    helped = {line.pk: frozenset(one.organisation_id for one in line.beneficiaries.all()) for line in lines}
    return list({(helped[one.line_id], commune_of(one.line)): one.line for one in held}.values())


def count_small_communes(day: date) -> Iterator[Counted]:
    """Communes under a thousand inhabitants that an aid came to in three years, of those there are. A window
    with an aid whose commune is unknown is not counted: it could be any of them.
    """
    found = grants(day)
    people = reading.latest([PEOPLE], None)
    small = {
        code: figure
        for (_, scheme, code), figure in people.items()
        if scheme == "COM" and figure.value is not None and figure.value < FEW
    }
    if not found or not small:
        return
    for year in range(found[0].until.year + WINDOW - 1, day.year + 1):
        window = [one for one in found if year - WINDOW < one.until.year <= year]
        communes = {commune_of(one.line) for one in window}
        if "" not in communes:
            served = sorted(communes & small.keys())
            entries = tuple(Entry(small[code].series.subject, "", f"/communes/{code}/") for code in served)
            yield Counted(SERVED, *EPCI, str(year), len(served), entries)
            yield Counted(SMALL, *EPCI, str(year), len(small))


register_tally(
    Tally(
        code="aides-emplois",
        title="Emplois des établissements aidés, décisions publiques",
        measures=(JOBS,),
        count=count_jobs,
        stamp=trail_stamp,
        whole=True,
    )
)
register_tally(
    Tally(
        code="aides-petites-communes",
        title="Communes de moins de 1 000 habitants où une aide est allée",
        measures=(SERVED, SMALL),
        count=count_small_communes,
        stamp=trail_stamp,
        whole=True,
    )
)
register_formula(
    Formula(
        measure="emplois-accompagnes-pour-mille-habitants",
        inputs={
            "jobs": Input(JOBS, "emplois des établissements aidés dans l’année"),
            "people": Input(PEOPLE, "habitants", last_known=True),
        },
        reckon=Ratio("jobs", "people", times=1000),
    )
)
register_formula(
    Formula(
        measure="petites-communes-part-servie",
        inputs={"served": Input(SERVED, "communes servies"), "small": Input(SMALL, "communes")},
        reckon=Ratio("served", "small", times=100, part=True),
    )
)
