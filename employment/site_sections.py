"""What this room says on the page of a site: the redundancy plans that were decided there."""

from agglo.figures.vocabulary import Origin
from projects.beside import Row, Section, on_sites
from projects.models import Site

from .models import RedundancyPlan


@on_sites
def plans(site: Site) -> Section:
    found = RedundancyPlan.objects.published().filter(site_code=site.slug).prefetch_related("events")
    if site.origin == Origin.DEMO:
        found = found.none()
    return Section("plans", "Plans sociaux", [_row(plan) for plan in found])


def _row(plan: RedundancyPlan) -> Row:
    events = list(plan.events.all())
    told = events[-1] if events else None
    return Row(
        what=f"Plan de sauvegarde de l’emploi, {plan}",
        href=plan.path,
        when=f"{events[0].on:%Y} – {events[-1].until:%Y}" if told else "",
        why=f"{told.words} ({told.source})" if told else "Aucune date n’est encore connue.",
    )
