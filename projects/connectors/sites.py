"""Industrial sites on the register, and those with a project under way (IND-01).

Beside the article's 165, which no list backs: these are the sites that have a page here.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from agglo.accounts.audit import trail_stamp
from agglo.opendata.formulas import Formula, Input, Ratio, register_formula
from agglo.opendata.tallies import Counted, Tally, month_of, register_tally
from projects.entries import EPCI, entry
from projects.models import Gate, Project, Site

SITES, WITH_PROJECT = "registre-sites-industriels", "registre-sites-avec-projet"
INDUSTRIAL = (Site.Kind.INDUSTRIAL, Site.Kind.PLATFORM)
ACTIVE = (Gate.IDEA, Gate.DESIGN, Gate.COMMITTED, Gate.UNDERWAY)


def count_sites(day: date) -> Iterator[Counted]:
    """By commune and for the whole; a place without a site on the register has no figure, not zero."""
    sites = list(
        Site.objects.published().attested().filter(kind__in=INDUSTRIAL).select_related("commune__subject")
    )
    active = Project.objects.published().attested().filter(gate__in=ACTIVE, site__isnull=False)
    busy = set(active.values_list("site_id", flat=True))
    places: dict[tuple[str, str], list[Site]] = defaultdict(list)
    for site in sites:
        places[EPCI].append(site)
        if site.commune:
            places["COM", site.commune.subject.code].append(site)
    month = month_of(day)
    for place, held in places.items():
        with_project = [site for site in held if site.pk in busy]
        yield Counted(SITES, *place, month, len(held), tuple(map(entry, held)))
        yield Counted(WITH_PROJECT, *place, month, len(with_project), tuple(map(entry, with_project)))


register_tally(
    Tally(
        code="sites",
        title="Sites industriels inscrits au registre",
        measures=(SITES, WITH_PROJECT),
        count=count_sites,
        stamp=trail_stamp,
    )
)
register_formula(
    Formula(
        measure="part-registre-sites-avec-projet",
        inputs={
            "with": Input(WITH_PROJECT, "sites du registre avec un projet en cours"),
            "all": Input(SITES, "sites industriels du registre"),
        },
        reckon=Ratio("with", "all", times=100, part=True),
        schemes=("EPCI",),
    )
)
