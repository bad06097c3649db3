"""What is without news for too long: nothing paused, finished or dropped, nothing that waits for a reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Greatest

from agglo.figures.vocabulary import Origin, Review
from projects.models import Following, Gate, LifeStage, Project, Site, Stage, Taste, Update
from projects.models.told import in_span

AT_REST = (Gate.DELIVERED, Gate.PAUSED, Gate.DROPPED)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that its reader wants news of. `last_on` is None when it never had any."""

    target: Project | Site
    last_on: date | None
    waited: int | None
    tracked: bool = True

    @property
    def address(self) -> str:
        kind = "projets" if isinstance(self.target, Project) else "sites"
        return f"/equipe/mises-a-jour/{kind}/{self.target.slug}/"

    @property
    def sentence(self) -> str:
        said = f"sans nouvelle depuis {self.waited} jours" if self.last_on else "jamais mis à jour"
        return said if self.tracked else f"{said}\u00a0; personne ne le suit"


def taste_of(person) -> Taste:
    return Taste.objects.filter(person=person).first() or Taste(person=person)


def due(person, today: date) -> list[Due]:
    """What this person follows and nobody told of for long enough; a bounded number of queries."""
    days = taste_of(person).days
    wanted = {
        ("project" if one.project_id else "site", one.project_id or one.site_id): one.days or days
        for one in Following.objects.filter(person=person, muted=False)
    }
    found = []
    for kind, rows in (("project", active_projects()), ("site", active_sites(today))):
        keys = [pk for name, pk in wanted if name == kind]
        found += _late(rows.filter(pk__in=keys), today, lambda row, kind=kind: wanted[kind, row.pk])
    return found


def orphans(today: date, days: int) -> list[Due]:
    """Attested projects that nobody follows and nobody told of."""
    held = Following.objects.filter(project=OuterRef("pk"), muted=False)
    rows = active_projects().exclude(origin=Origin.DEMO).exclude(Exists(held))
    return _late(rows, today, lambda row: days, tracked=False)


def active_projects():
    """Neither finished, paused nor dropped, and nothing about them waits for a decision."""
    return (
        Project.objects.with_gate()
        .filter(Q(gate__isnull=True) | ~Q(gate__in=AT_REST))
        .exclude(Exists(_waiting(project=OuterRef("pk"))))
        .annotate(last_on=Max("bulletins__as_of"))
    )


def active_sites(today: date):
    """Not yet converted; what is published of their projects is news of them too."""
    done = LifeStage.objects.filter(in_span(today), site=OuterRef("pk"), stage=Stage.CONVERTED, lot=None)
    own = Max("updates__as_of", filter=Q(updates__review=Review.APPROVED))
    return (
        Site.objects.exclude(Exists(done))
        .exclude(Exists(_waiting(site=OuterRef("pk"))))
        .annotate(last_on=Greatest(own, Max("projects__bulletins__as_of")))
    )


def _waiting(**of):
    return Update.objects.filter(review=Review.SUBMITTED, **of)


def _late(rows: Iterable, today: date, days_of, tracked: bool = True) -> list[Due]:
    """The longest silence first."""
    found = []
    for row in rows:
        waited = (today - row.last_on).days if row.last_on else None
        if waited is None or waited >= days_of(row):
            found.append(Due(row, row.last_on, waited, tracked))
    return sorted(found, key=lambda one: (one.last_on or date.min, str(one.target)))
