"""All that the page of a site says, read in a bounded number of queries."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from agglo.figures.known_on import KnownOn
from agglo.opendata.lateness import lateness_of
from projects.beside import sections_of
from projects.commitment_page import with_standing
from projects.inventory import park_page
from projects.job_table import job_table
from projects.ledger import figures_of
from projects.lot_map import map_of_lots
from projects.models import Gate, JobClaim, Lot, LotState, Project, Site, Update
from projects.models.attachment import documents_of
from projects.models.life import goes_back
from projects.occupancy_bars import laid_out

LATEST = 12  # pieces of news; the pages of projects hold all of theirs


def site_page(site: Site, known: KnownOn) -> dict[str, object]:
    stages = list(site.stages.select_related("lot"))
    owners = sorted(site.ownerships.select_related("owner", "lot"), key=lambda one: one.start or date.min)
    today = timezone.localdate()
    figures = figures_of(site.subject, known.day)
    news = list(Update.objects.about_site(site).published().with_all()[:LATEST])
    occupants, lots = list(site.occupancies.select_related("occupant", "lot")), _lots(site)
    return {
        "place": site,
        "park": park_page.one(site, today) if site.kind == Site.Kind.PARK else None,
        "known_on": known.day,
        "refusal": known.error,
        "stages": stages,
        "stages_now": list(dict.fromkeys(one.get_stage_display() for one in _holding(stages, today))),
        "back": goes_back(stages),
        "owners": owners,
        "owners_now": _holding(owners, today),
        "surfaces": list(site.surfaces.all()),
        "occupants": occupants,
        "axis": laid_out(occupants, today),
        "lots": lots,
        "lot_map": map_of_lots(site, [(lot, state) for lot, state, _ in lots]),
        "beside": sections_of(site),
        "projects": _projects(site),
        "prospects": list(site.prospects.announced().for_list()),
        "jobs": job_table(claims_of(site)),
        "commitments": with_standing(site.commitments.published().for_list()),
        "news": news,
        "documents": documents_of(news),
        "figures": figures,
        "lateness": None if known.day else lateness_of(figures),
    }


def _holding(rows: list, day) -> list:
    return [
        row for row in rows if (row.start is None or row.start <= day) and (row.end is None or row.end > day)
    ]


def _lots(site: Site) -> list[tuple[Lot, LotState | None, list[LotState]]]:
    """Each lot with the state that holds today, and its past, latest first, when that says more."""
    today = timezone.localdate()
    found = []
    for lot in site.lots.prefetch_related("states"):
        past = [state for state in lot.states.all() if state.since <= today]
        tells = len(past) > 1 or any(state.reason for state in past)
        found.append((lot, past[-1] if past else None, past[::-1] if tells else []))
    return found


def _projects(site: Site) -> list[Project]:
    found = list(site.projects.published().for_list())
    for one in found:
        one.gate_label = Gate(one.gate).label if one.gate else ""
    return found


def claims_of(site: Site) -> QuerySet:
    """Of the same class as the site itself: an invented job never stands on an attested page."""
    found = JobClaim.objects.filter(pool__site=site)
    return found if site.is_demo else found.attested()
