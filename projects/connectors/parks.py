"""Statutory vacancy of business parks, in number of land units (IND-14), from the inventory that staff keep,
once it is adopted.

Vacant units over all units, as the CNIG standard reads article L. 318-8-2: 2 of 15 is 13.3 %.
"""

from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.charts import french
from agglo.figures.vocabulary import Origin
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Tally, month_of, register_tally
from projects.entries import EPCI, entry
from projects.inventory import park_page, vacancy
from projects.models import Site

UNITS, VACANT = "zae-unites-foncieres", "zae-unites-vacantes"


def count_vacancy(day: date) -> Iterator[Counted]:
    """By park, and for the whole where every park on the register is listed. Vacant ones are counted only
    where the standing of every unit is known: a rate over some of them would be a guess.
    """
    parks = park_page.parks(published=True).exclude(origin=Origin.DEMO).select_related("subject")
    found: dict[Site, vacancy.Vacancy | None] = {park: _counts(park, day) for park in parks}
    for park, counts in found.items():
        if counts is not None:
            yield from _said(("SITE", park.subject.code), day, {park: counts})
    if found and None not in found.values():
        yield from _said(EPCI, day, found)


def _counts(park: Site, day: date) -> vacancy.Vacancy | None:
    """None as long as no inventory of it was adopted; invented units never count."""
    if not park_page.is_adopted(park, day):
        return None
    units = [unit.told() for unit in park.land_units.all() if unit.origin != Origin.DEMO]
    return vacancy.vacancy(units, day) if units else None


def _said(where: tuple[str, str], day: date, parks: dict[Site, vacancy.Vacancy]) -> Iterator[Counted]:
    month, held = month_of(day), list(parks.items())
    every = tuple(entry(park, f"{french.number(one.total)} unités foncières") for park, one in held)
    yield Counted(UNITS, *where, month, sum(one.total for _, one in held), every)
    if not any(one.unknown for _, one in held):
        vacant = tuple(
            entry(park, f"{french.number(one.vacant)} sur {french.number(one.total)}") for park, one in held
        )
        yield Counted(VACANT, *where, month, sum(one.vacant for _, one in held), vacant)


register_tally(
    Tally(
        code="vacance-zae",
        title="Vacance des zones d’activité, selon l’inventaire",
        measures=(UNITS, VACANT),
        count=count_vacancy,
        stamp=trail_stamp,
    )
)
register_formula(
    Formula(
        measure="zae-taux-vacance",
        inputs={
            "vacant": Input(VACANT, "unités foncières vacantes au sens de la loi"),
            "all": Input(UNITS, "unités foncières de l’inventaire"),
        },
        reckon=Ratio("vacant", "all", times=100, part=True),
    )
)
