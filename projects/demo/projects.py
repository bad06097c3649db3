"""Fictional projects, prospects, jobs and promises on the fictional sites."""

from datetime import date, timedelta
from random import Random

from agglo.figures.vocabulary import Evidence
from projects.demo import invented
from projects.demo.batch import Batch
from projects.demo.invented import PREFIX, SOURCE
from projects.demo.sites import TOLD
from projects.models import (
    Axis,
    BudgetLine,
    Bulletin,
    Commitment,
    Gate,
    JobClaim,
    JobPool,
    Milestone,
    Organisation,
    Passage,
    PlannedDate,
    Project,
    Risk,
    Site,
    Status,
    Verdict,
)
from projects.models.project import HOLDS, PATH
from projects.subjects import own_subject, subject_of


def projects(batch: Batch, rng: Random, sites: list[Site], companies: list[Organisation]) -> list[Project]:
    return [_project(batch, number, rng, sites, companies) for number in range(1, invented.PROJECTS + 1)]


def _project(
    batch: Batch, number: int, rng: Random, sites: list[Site], companies: list[Organisation]
) -> Project:
    slug, name = f"{PREFIX}projet-{number:03d}", invented.project_name(number, rng.choice(invented.TRADES))
    project = Project.objects.create(
        slug=slug,
        name=name,
        kind=Project.Kind.IMPLANTATION if number % 2 else rng.choice(Project.Kind.values),
        axis=rng.choice(Axis.values),
        lead=rng.choice(companies),
        site=rng.choice(sites),
        subject=subject_of("PROJET", slug, name),
        about="Ce projet n’existe pas.",
        published=True,
        **TOLD,
    )
    own_subject(project.subject, project.get_absolute_url(), "projet fictif")
    day, delivered = _passages(batch, project, rng)
    _follow(batch, project, day, rng)
    _jobs(batch, project, day, delivered, rng)
    return project


def _passages(batch: Batch, project: Project, rng: Random) -> tuple[date, bool]:
    day = date(2021, 1, 1) + timedelta(days=rng.randrange(900))
    gates = PATH[: rng.randrange(1, len(PATH) + 1)]
    for gate in gates:
        batch.add(Passage, project=project, gate=gate, on=day, until=day, **TOLD)
        day += timedelta(days=rng.randrange(60, 300))
    if rng.random() < 0.15:
        gate = rng.choice(HOLDS)
        batch.add(Passage, project=project, gate=gate, on=day, until=day, reason="inventée", **TOLD)
    return day, Gate.DELIVERED in gates


def _follow(batch: Batch, project: Project, day: date, rng: Random) -> None:
    milestone = batch.add(Milestone, project=project, name="Mise en service")
    for step in range(rng.randrange(1, 4)):
        batch.add(
            PlannedDate,
            milestone=milestone,
            planned_on=day + timedelta(days=200 + 90 * step),
            decided_on=day - timedelta(days=300 - 100 * step),
            reason="retard inventé" if step else "",
            source=SOURCE,
        )
    batch.add(
        BudgetLine,
        project=project,
        label="Travaux",
        as_of=day,
        planned=rng.randrange(50, 5000) * 1000,
        **TOLD,
    )
    batch.add(
        Risk,
        project=project,
        words="risque inventé",
        likelihood=rng.randint(1, 3),
        impact=2,
        opened_on=day,
        **TOLD,
    )
    weather = rng.choice(Bulletin.Weather.values)
    batch.add(Bulletin, project=project, as_of=day, weather=weather, synthesis="Inventée.", **TOLD)


def _jobs(batch: Batch, project: Project, day: date, delivered: bool, rng: Random) -> None:
    pool = batch.add(
        JobPool, slug=project.slug, name=f"Emplois de {project.name}", site=project.site, project=project
    )
    jobs = rng.randrange(5, 180)
    announced = day - timedelta(days=rng.choice([370, 730, 1100]))
    said = [("implantation", Evidence.ANNOUNCED, jobs, announced), ("aid", Evidence.COMMITTED, jobs - 2, day)]
    said += [("implantation", Evidence.OBSERVED, jobs * 2 // 3, day)] if delivered else []
    for scheme, evidence, number, on in said:
        confirmed = evidence == Evidence.OBSERVED and rng.random() < 0.7
        batch.add(
            JobClaim,
            pool=pool,
            scheme=scheme,
            evidence=evidence,
            number=number,
            as_of=on,
            horizon=rng.choice([12, 24, 36]),
            organisation=project.lead,
            confirmed_by=f"Direction, {project.lead}" if confirmed else "",
            confirmed_on=on if confirmed else None,
            **TOLD,
        )


def promises(rng: Random, projects: list[Project]) -> None:
    for number, project in enumerate(projects[: invented.PROMISES], start=1):
        made = date(2022, 1, number)
        promise = Commitment.objects.create(
            slug=f"{PREFIX}promesse-{number:03d}",
            promise=f"Promesse fictive {number:03d}",
            promiser=project.lead,
            made_on=made,
            made_until=made,
            due_on=made + timedelta(days=700),
            counted_unit="emplois",
            target=rng.randrange(5, 80),
            project=project,
            site=project.site,
            published=True,
            **TOLD,
        )
        if number % 2:
            Verdict.objects.create(
                commitment=promise,
                on=date(2024, 1, 1),
                status=rng.choice(Status.values),
                evidence="preuve inventée",
                said_by=SOURCE,
                **TOLD,
            )
